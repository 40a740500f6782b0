// Colours of code: every language gets some, no character is lost, and nothing hangs.
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QtTest>

#include <cmath>

#include "app/desktop/markdown/code_highlighter.h"
#include "app/desktop/markdown/highlight_engine.h"

using namespace patchbay;

namespace {

/// What StyledText shows of the html.
QString shown(QString html) {
    html.replace(QLatin1String("<br>"), QLatin1String("\n"));
    QString text;
    for (qsizetype i = 0; i < html.size(); ++i) {
        if (html[i] == u'<') {
            i = html.indexOf(u'>', i);
        } else if (html[i] == u'&') {
            const qsizetype end = html.indexOf(u';', i);
            const QString name = html.mid(i + 1, end - i - 1);
            text += name == QLatin1String("lt")     ? u'<'
                    : name == QLatin1String("gt")   ? u'>'
                    : name == QLatin1String("amp")  ? u'&'
                    : name == QLatin1String("quot") ? u'"'
                    : name == QLatin1String("nbsp") ? u' '
                                                    : u'?';
            i = end;
        } else {
            text += html[i];
        }
    }
    return text;
}

double luminance(const QString& color) {
    const uint rgb = color.mid(1).toUInt(nullptr, 16);
    const auto channel = [](uint value) {
        const double part = value / 255.0;
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(rgb >> 16) + 0.7152 * channel((rgb >> 8) & 255) + 0.0722 * channel(rgb & 255);
}

double contrast(const QString& one, const QString& other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}

struct Answer {
    QString html;
    bool colored = false;
};

Answer ask(CodeHighlighter& highlighter, const QString& code, const QString& language) {
    QSignalSpy spy(&highlighter, &CodeHighlighter::ready);
    highlighter.request(QStringLiteral("block"), code, language);
    if (!spy.isEmpty() || !spy.wait(20000))
        return {};
    return {spy[0][2].toString(), spy[0][3].toBool()};
}

} // namespace

class CodeHighlighterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyColorIsReadable() {
        for (int token = 1; token < int(CodeToken::Count); ++token) {
            const QString light = CodePalette::light().colors[token];
            const QString dark = CodePalette::dark().colors[token];
            QVERIFY2(contrast(light, QStringLiteral("#F3F3F1")) >= 4.5, qPrintable(light));
            QVERIFY2(contrast(dark, QStringLiteral("#131416")) >= 4.5, qPrintable(dark));
        }
    }

    void languagesAreColored_data() {
        QTest::addColumn<QString>("code");
        const auto add = [](const char* language, const char* code) {
            QTest::addRow("%s", language) << QString::fromUtf8(code);
        };
        add("c", "#include <stdio.h>\nint main(void) { return 0; } // end");
        add("c++", "template <class T> auto f(T x) -> int { return \"a\" ? 1 : 2; }");
        add("py", "def f(x):\n    return 'a' # comment");
        add("js", "const a = () => `x${1}`; // c");
        add("tsx", "interface A { b: string }");
        add("typescript", "type A = string | number; let b: A = 1;");
        add("java", "public class A { int b = 1; }");
        add("golang", "func main() { fmt.Println(\"hi\") }");
        add("rs", "fn main() { let x: i32 = 1; println!(\"{}\", x); }");
        add("c#", "public class A { string B => \"x\"; }");
        add("rb", "def a; puts 'x'; end");
        add("php", "<?php echo 'a'; function f() { return 1; }");
        add("swift", "func f() -> Int { return 1 }");
        add("kt", "fun main() { val a = \"x\" }");
        add("sql", "SELECT a FROM b WHERE c = 'd';");
        add("bash", "for f in *.txt; do echo \"$f\"; done # x");
        add("shell", "if [ -f x ]; then echo hi; fi");
        add("json", "{\"a\": [1, true, null]}");
        add("yml", "a: 1\nb:\n  - \"c\" # d");
        add("xml", "<a href=\"b\">c</a>");
        add("html", "<p class='x'>a &amp; b</p>");
        add("css", ".a { color: #fff; margin: 1px }");
        add("markdown", "# Title\n\n*a* `b`");
        add("dockerfile", "FROM debian:12\nRUN apt-get update");
        add("cmake", "add_library(a STATIC b.cpp) # c");
        add("diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y");
        add("toml", "[a]\nb = \"c\" # d");
        add("lua", "local a = 'b' -- c");
        add("make", "all: a\n\t$(CC) -o $@ a.c");
        add("qml", "Item { property int a: 1 }");
    }
    void languagesAreColored() {
        QFETCH(QString, code);
        const QString language = QString::fromLatin1(QTest::currentDataTag());
        QVERIFY(CodeHighlighter::knows(language));
        const Answer answer = ask(m_highlighter, code, language);
        QVERIFY(answer.colored);
        QVERIFY(answer.html.contains(QLatin1String("<font color=")));
        QCOMPARE(shown(answer.html), QString(code).replace(u'\t', QStringLiteral("    ")));
    }

    void anyTextKeepsItsCharacters() {
        QRandomGenerator random(99);
        const QStringList pieces{QStringLiteral(" "),  QStringLiteral("  "), QStringLiteral("\n"),   QStringLiteral("if"),
                                 QStringLiteral("("),  QStringLiteral("\""), QStringLiteral("'"),    QStringLiteral("<b>"),
                                 QStringLiteral("&"),  QStringLiteral("//"), QStringLiteral("/*"),   QStringLiteral("中"),
                                 QStringLiteral("12"), QStringLiteral("{"),  QStringLiteral("&lt;"), QStringLiteral("👍"),
                                 QStringLiteral("#"),  QStringLiteral("}"),  QStringLiteral("\\"),   QStringLiteral("</script>")};
        const QStringList languages{QStringLiteral("cpp"), QStringLiteral("html"), QStringLiteral("python"),
                                    QStringLiteral("bash"), QStringLiteral("markdown"), QStringLiteral("php"), QString()};
        for (int round = 0; round < 200; ++round) {
            QString code;
            for (int i = random.bounded(1, 40); i > 0; --i)
                code += pieces[random.bounded(int(pieces.size()))];
            const Answer answer = ask(m_highlighter, code, languages[round % languages.size()]);
            QCOMPARE(shown(answer.html), code);
        }
    }

    void longCodeIsColoredToItsEndAndInPiecesAsInOne() {
        const QString line = QStringLiteral("int f(int a) { return \"x\" ? 1 : 2; } /* over\nlines */ // end\n");
        const QString code = line.repeated(400);
        HighlightEngine engine;
        QVERIFY(engine.prepare());
        const auto once = engine.run(line, QStringLiteral("cpp"));
        const auto runs = engine.run(code, QStringLiteral("cpp"));
        QCOMPARE(styledCode(code, runs, CodePalette::light()),
                 styledCode(line, once, CodePalette::light()).repeated(400));
        // grown: the remembered beginning gives the same
        const QString more = code + QStringLiteral("/* a\n") + code;
        HighlightEngine fresh;
        QVERIFY(fresh.prepare());
        QCOMPARE(styledCode(more, engine.run(more, QStringLiteral("cpp")), CodePalette::light()),
                 styledCode(more, fresh.run(more, QStringLiteral("cpp")), CodePalette::light()));
    }

    void tabsGoToMultiplesOfFour() {
        QCOMPARE(shown(plainCodeHtml(QStringLiteral("\ta\tb\nab\tc"))), QStringLiteral("    a   b\nab  c"));
    }

    void unknownLanguageAndLongCodeStayPlain() {
        QVERIFY(!ask(m_highlighter, QStringLiteral("a = 1"), QStringLiteral("nosuchlanguage")).colored);
        QVERIFY(!CodeHighlighter::knows(QStringLiteral("nosuchlanguage")));
        const QString code = QStringLiteral("int a = 1;\n").repeated(20000);
        QVERIFY(code.size() > 200 * 1024);
        const Answer answer = ask(m_highlighter, code, QStringLiteral("c"));
        QVERIFY(!answer.colored);
        QCOMPARE(shown(answer.html), code);
    }

    void paletteColorsTheTokensAndMemoryAnswersAgain() {
        CodeHighlighter highlighter;
        const QString code = QStringLiteral("return 'x'");
        const QString light = ask(highlighter, code, QStringLiteral("js")).html;
        QVERIFY(light.contains(CodePalette::light().colors[int(CodeToken::Keyword)]));
        highlighter.setPalette(CodePalette::dark());
        const QString dark = ask(highlighter, code, QStringLiteral("js")).html;
        QVERIFY(dark.contains(CodePalette::dark().colors[int(CodeToken::Keyword)]));
        QCOMPARE(highlighter.runs(), 1);
    }

    void onlyTheNewestRequestOfABlockIsAnswered() {
        CodeHighlighter highlighter;
        QSignalSpy spy(&highlighter, &CodeHighlighter::ready);
        for (int i = 0; i < 50; ++i)
            highlighter.request(QStringLiteral("a"), QStringLiteral("let a = %1").arg(i), QStringLiteral("js"));
        highlighter.request(QStringLiteral("gone"), QStringLiteral("x"), QStringLiteral("js"));
        highlighter.cancel(QStringLiteral("gone"));
        highlighter.request(QStringLiteral("b"), QStringLiteral("let b"), QStringLiteral("js"));
        QVERIFY(spy.isEmpty()); // never from inside the call
        QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 2, 20000);
        QCOMPARE(spy[0][1].toString(), QStringLiteral("let a = 49"));
        QCOMPARE(spy[1][0].toString(), QStringLiteral("b"));
    }

    void growingBlocksAreSpacedAndTheLastStateComes() {
        CodeHighlighter highlighter;
        ask(highlighter, QStringLiteral("warm"), QStringLiteral("js"));
        const int before = highlighter.runs();
        QSignalSpy spy(&highlighter, &CodeHighlighter::ready);
        QString code;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < 500) {
            code += QStringLiteral("let a = 1;\n");
            highlighter.request(QStringLiteral("g"), code, QStringLiteral("js"), true);
            QTest::qWait(5); // tokens come
        }
        QTRY_VERIFY_WITH_TIMEOUT(!spy.isEmpty() && spy.last()[1].toString() == code, 20000);
        QVERIFY(highlighter.runs() - before <= 5);
        QVERIFY(highlighter.runs() - before >= 2);
    }

    void aRunOverTheLimitIsGivenUpAndTheNextOneWorks() {
        CodeHighlighter highlighter;
        highlighter.setTimeLimit(1);
        const QString code = QStringLiteral("int a = 1; // x\n").repeated(8000);
        const Answer slow = ask(highlighter, code, QStringLiteral("cpp"));
        QVERIFY(!slow.html.isEmpty());
        QVERIFY(!slow.colored);
        highlighter.setTimeLimit(20000);
        QVERIFY(ask(highlighter, QStringLiteral("int b = 2;"), QStringLiteral("cpp")).colored);
    }

    void destroyingWhileItRunsDoesNotWaitForIt() {
        QElapsedTimer timer;
        timer.start();
        {
            CodeHighlighter highlighter;
            highlighter.request(QStringLiteral("a"), QStringLiteral("int a = 1; // x\n").repeated(12000), QStringLiteral("cpp"));
            QCoreApplication::processEvents();
        }
        QVERIFY(timer.elapsed() < 1500);
    }

    void htmlOfAnotherTextIsRefused() {
        QVERIFY(HighlightEngine::runsOf(QStringLiteral("<span class=\"hljs-keyword\">if</span> x"), QStringLiteral("if y")).isEmpty());
        const auto runs = HighlightEngine::runsOf(QStringLiteral("<span class=\"hljs-keyword\">if</span> &lt;"), QStringLiteral("if <"));
        QCOMPARE(runs.size(), 2);
        QCOMPARE(runs[0].length, 2);
        QCOMPARE(runs[0].token, CodeToken::Keyword);
    }

private:
    CodeHighlighter m_highlighter;
};

QTEST_GUILESS_MAIN(CodeHighlighterTest)
#include "code_highlighter_test.moc"
