#include "app/desktop/transfer/clipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QUrl>
#include <QtTest>

#include "app/desktop/transfer/file_names.h"

using namespace patchbay;

class ClipboardTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void markdownIsCopiedAsItIs() {
        Clipboard clipboard;
        const QString markdown = QStringLiteral("# 标题\n\n**bold** `code`\n");
        clipboard.copyMarkdown(markdown);
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QCOMPARE(data->text(), markdown);
        QCOMPARE(QString::fromUtf8(data->data("text/markdown")), markdown);
        QVERIFY(!data->hasHtml());
    }

    void richTextBringsItsOtherForms() {
        Clipboard clipboard;
        clipboard.copyRich(QStringLiteral("some **bold** words"));
        const QMimeData* data = QGuiApplication::clipboard()->mimeData();
        QVERIFY(data->hasHtml());
        QVERIFY2(data->html().contains("bold"), qPrintable(data->html()));
        QVERIFY(data->text().contains("bold"));
        QCOMPARE(data->data("text/markdown"), QByteArray("some **bold** words"));
    }

    void plainTextIsAlone() {
        const auto data = Clipboard::mimeData("text", "words");
        QCOMPARE(data->formats(), QStringList("text/plain"));
    }

    void pastingWithoutFormattingGivesWords() {
        QMimeData both;
        both.setText("plain");
        both.setHtml("<b>rich</b>");
        QCOMPARE(Clipboard::textOf(both), QString("plain"));
        QMimeData html;
        html.setHtml("<p>one <b>two</b></p><p>three</p>");
        QCOMPARE(Clipboard::textOf(html), QString("one two\nthree"));
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile("/tmp/文件.txt"), QUrl("https://example.com/a")});
        QCOMPARE(Clipboard::textOf(files), QString("/tmp/文件.txt\nhttps://example.com/a"));
        Clipboard clipboard;
        clipboard.copyText("exactly\n  this");
        QVERIFY(clipboard.hasText());
        QCOMPARE(clipboard.text(), QString("exactly\n  this"));
    }

    void fileNamesAreSafeEverywhere_data() {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << "Notes" << "Notes";
        QTest::newRow("chinese") << QStringLiteral("长城有多长？") << QStringLiteral("长城有多长？");
        QTest::newRow("separators") << "a/b\\c: d?" << "a b c d";
        QTest::newRow("only forbidden") << "///" << "fallback";
        QTest::newRow("empty") << "" << "fallback";
        QTest::newRow("dots") << "../../etc/passwd" << "etc passwd";
        QTest::newRow("hidden") << ".profile" << "profile";
        QTest::newRow("trailing") << "name. . " << "name";
        QTest::newRow("device") << "con" << "_con";
        QTest::newRow("device with ending") << "LPT1.txt" << "_LPT1.txt";
        QTest::newRow("right to left") << QStringLiteral("cod\u202Efdp.exe") << "cod fdp.exe";
        QTest::newRow("line break") << "one\ntwo\tthree" << "one two three";
        QTest::newRow("emoji") << QStringLiteral("\U0001F600 hi") << QStringLiteral("\U0001F600 hi");
    }
    void fileNamesAreSafeEverywhere() {
        QFETCH(QString, title);
        QFETCH(QString, name);
        QCOMPARE(safeFileName(title, "fallback"), name);
    }

    void longNamesAreCutBetweenCharacters() {
        QVERIFY(safeFileName(QString(500, u'x'), "f").size() <= 100);
        const QString long_ = safeFileName(QStringLiteral("长").repeated(300), "f");
        QVERIFY(long_.toUtf8().size() <= 200);
        QVERIFY(!long_.contains(QChar::ReplacementCharacter));
    }

    void equalNamesAreNumbered() {
        QSet<QString> used;
        QCOMPARE(uniqueFileName("Chat", ".md", used), QString("Chat.md"));
        QCOMPARE(uniqueFileName("chat", ".md", used), QString("chat (2).md"));
        QCOMPARE(uniqueFileName("Chat", ".md", used), QString("Chat (3).md"));
    }
};

QTEST_MAIN(ClipboardTest)
#include "clipboard_test.moc"
