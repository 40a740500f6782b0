// The growing document: whatever the steps in which a text comes, the blocks are those of the whole text.
#include <QRandomGenerator>
#include <QtTest>

#include "app/desktop/markdown/block_parser.h"
#include "app/desktop/markdown/markdown_document.h"
#include "markdown_samples.h"

using namespace patchbay;

namespace {

QString described(const Block& block, bool source) {
    QStringList parts{blockKindName(block.kind),
                      QString::number(block.level),
                      QString::number(block.listDepth),
                      QString::number(block.quoteDepth),
                      block.marker,
                      block.html,
                      block.plain,
                      block.language,
                      block.code,
                      block.url,
                      block.table.header.join(u'|')};
    if (block.kind == BlockKind::Code)
        parts[6].clear(); // its plain text is its code; only nested ones have both
    for (const QStringList& row : block.table.rows)
        parts.append(row.join(u'|'));
    if (source)
        parts.append(block.source());
    return parts.join(QStringLiteral(" ~ "));
}

QStringList described(const QList<Block>& blocks, bool source = true) {
    QStringList result;
    for (const Block& block : blocks)
        result.append(described(block, source));
    return result;
}

/// A model that only does what the changes say.
struct Follower {
    QList<Block> rows;
    void apply(const MarkdownDocument& document, const BlockChange& change) {
        const int common = qMin(change.removed, change.added);
        QVERIFY(change.first + change.removed <= rows.size());
        for (int i = 0; i < common; ++i)
            rows[change.first + i] = document.block(change.first + i);
        for (int i = common; i < change.removed; ++i)
            rows.removeAt(change.first + common);
        for (int i = common; i < change.added; ++i)
            rows.insert(change.first + i, document.block(change.first + i));
    }
};

QString randomText(QRandomGenerator& random, bool displayMath = true) {
    QStringList pieces = test::fragments();
    if (!displayMath) {
        pieces.removeAll(QStringLiteral("\n$$\n"));
        pieces.removeAll(QStringLiteral("\\")); // "\[" opens a formula
    }
    QString text;
    const int count = random.bounded(2, 24);
    for (int i = 0; i < count; ++i)
        text += pieces[random.bounded(int(pieces.size()))];
    return text;
}

} // namespace

class MarkdownDocumentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wholeTextEqualsOneRunOfTheParser_data() { samples(); }
    void wholeTextEqualsOneRunOfTheParser() {
        QFETCH(QString, text);
        if (text.contains(QLatin1String("\n$$\nunfinished"))) // a formula that never ends is a paragraph of its own here
            return;
        QCOMPARE(described(MarkdownDocument(text).blocks(), false), described(parseBlocks({text, {}, 0, -1}).blocks, false));
    }

    void everySplitGivesTheSame_data() { samples(); }
    void everySplitGivesTheSame() {
        QFETCH(QString, text);
        const QStringList expected = described(MarkdownDocument(text).blocks());
        for (qsizetype split = 0; split <= text.size(); ++split) {
            MarkdownDocument document;
            document.append(text.left(split));
            document.append(text.mid(split));
            document.finish();
            QCOMPARE(described(document.blocks()), expected);
        }
    }

    void characterByCharacterGivesTheSameAndFollowersAgree_data() { samples(); }
    void characterByCharacterGivesTheSameAndFollowersAgree() {
        QFETCH(QString, text);
        MarkdownDocument document;
        Follower follower;
        for (qsizetype i = 0; i < text.size(); ++i) {
            follower.apply(document, document.append(text.mid(i, 1)));
            QCOMPARE(described(follower.rows), described(document.blocks()));
            MarkdownDocument stopped = document;
            stopped.finish();
            QCOMPARE(described(stopped.blocks()), described(MarkdownDocument(text.left(i + 1)).blocks()));
        }
        follower.apply(document, document.finish());
        QCOMPARE(described(follower.rows), described(MarkdownDocument(text).blocks()));
    }

    void randomTextsGiveTheSameInAnySteps() {
        QRandomGenerator random(20240611);
        for (int round = 0; round < 3000; ++round) {
            const QString text = randomText(random);
            const QStringList expected = described(MarkdownDocument(text).blocks());
            MarkdownDocument document;
            Follower follower;
            for (qsizetype at = 0; at < text.size();) {
                const qsizetype step = random.bounded(1, 9);
                follower.apply(document, document.append(text.mid(at, step)));
                at += step;
            }
            follower.apply(document, document.finish());
            if (described(document.blocks()) != expected)
                qWarning() << "text:" << text;
            QCOMPARE(described(document.blocks()), expected);
            QCOMPARE(described(follower.rows), expected);
        }
    }

    void randomTextsEqualOneRunOfTheParser() {
        QRandomGenerator random(7);
        int different = 0;
        for (int round = 0; round < 3000; ++round) {
            const QString text = randomText(random, false);
            const QStringList ours = described(MarkdownDocument(text).blocks(), false);
            const QStringList theirs = described(parseBlocks({text, {}, 0, -1}).blocks, false);
            if (ours != theirs && ++different < qEnvironmentVariableIntValue("SHOW"))
                qWarning().noquote() << "text:" << QString(text).replace(u'\n', QStringLiteral("⏎\n")) << "\nours"
                                     << ours.join(u'\n') << "\ntheirs" << theirs.join(u'\n');
        }
        // Code fences that are never closed inside lists which may or may not go on: there we may cut elsewhere.
        QVERIFY2(different <= 15, qPrintable(QString::number(different)));
    }

    /// Bytes given to the parser, not seconds: a token must cost the same at the end of a reply as at its beginning.
    void aTokenCostsTheSameAtTheEndOfALongReply_data() {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<int>("atMost"); // bytes for one token
        const auto add = [](const char* name, const QString& unit, int atMost) { QTest::addRow("%s", name) << unit << atMost; };
        add("mixed", QStringLiteral("## Part\n\nSome *text* that goes on for a while, [with](https://e.example) links.\n\n"
                                    "1. first\n2. second\n   ```c\n   int x;\n   ```\n\n- a\n- b\n\n```py\ndef f():\n  pass\n```\n\n"),
            2000);
        add("paragraph without end", QStringLiteral("words and more words, "), 9000);
        add("chinese paragraph without end", QStringLiteral("这是一个没有换行的很长的段落。"), 26000);
        add("lines without end", QStringLiteral("a line of a poem\n"), 9000);
        add("one list", QStringLiteral("- item of a list\n  with text\n\n  and more\n"), 2000);
        add("one ordered list", QStringLiteral("1. item\n\n   ```c\n   code();\n\n   ```\n"), 2000);
        add("deep item", QStringLiteral("  - sub item\n    more\n"), 14000);
        add("quote", QStringLiteral("> said something\n"), 14000);
        add("table row", QStringLiteral("| a cell | **another** | 3 |\n"), 14000);
        add("indented code", QStringLiteral("    code();\n"), 14000);
        add("formula", QStringLiteral("\\alpha + x^2 \\\\\n"), 14000);
        add("brackets", QStringLiteral("[[["), 14000);
        add("stars", QStringLiteral("**a*"), 14000);
        add("backticks", QStringLiteral("`a``b"), 14000);
        add("blank lines", QStringLiteral("\n"), 10);
        add("html", QStringLiteral("<div>\n"), 14000);
    }
    void aTokenCostsTheSameAtTheEndOfALongReply() {
        QFETCH(QString, unit);
        QFETCH(int, atMost);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        MarkdownDocument document;
        if (name == QLatin1String("deep item"))
            document.append(u"- item\n");
        if (name == QLatin1String("table row"))
            document.append(u"| a | b | c |\n|---|---|---|\n");
        if (name == QLatin1String("formula"))
            document.append(u"$$\n");
        const QString text = unit.repeated(20000 / int(unit.size()) + 1);
        qint64 most = 0;
        for (qsizetype at = 0; at < text.size(); at += 7) {
            const qint64 before = document.parsedBytes();
            document.append(QStringView(text).mid(at, 7));
            most = qMax(most, document.parsedBytes() - before);
        }
        document.finish();
        QVERIFY2(most <= atMost, qPrintable(QString::number(most)));
    }

    void anOpenCodeBlockIsNotParsedAtAll() {
        MarkdownDocument document;
        document.append(u"```python\n");
        QString code;
        const qint64 before = document.parsedBytes();
        for (int i = 0; i < 20000; ++i) {
            const QString line = QStringLiteral("print(%1)\n").arg(i);
            code += line;
            const BlockChange change = document.append(line);
            QCOMPARE(change.first, 0);
            QCOMPARE(change.removed, 1);
            QCOMPARE(change.added, 1);
        }
        QVERIFY(document.block(0).open);
        document.append(u"```\n");
        QVERIFY(!document.block(0).open);
        QCOMPARE(document.parsedBytes(), before);
        QCOMPARE(document.block(0).code + u'\n', code);
        QCOMPARE(document.block(0).language, QStringLiteral("python"));
    }

    void longBlocksLoseNothing() {
        QString paragraph;
        for (int i = 0; i < 5000; ++i)
            paragraph += QStringLiteral("word%1 ").arg(i);
        QString table = QStringLiteral("| a | b |\n|---|---|\n");
        QString list = QStringLiteral("- item\n  ```c\n");
        for (int i = 0; i < 2000; ++i) {
            table += QStringLiteral("| cell%1 | x |\n").arg(i);
            list += QStringLiteral("  line%1();\n").arg(i);
        }
        QString words;
        const MarkdownDocument paragraphDocument(paragraph);
        for (const Block& block : paragraphDocument.blocks())
            words += block.plain + u' ';
        QCOMPARE(words, paragraph);
        int rows = 0;
        bool continued = false;
        const MarkdownDocument tableDocument(table);
        for (const Block& block : tableDocument.blocks()) {
            QCOMPARE(block.kind, BlockKind::Table);
            QCOMPARE(block.table.header.size(), 2);
            QCOMPARE(block.table.continued, continued);
            continued = true;
            for (const QStringList& row : block.table.rows)
                QCOMPARE(row[0], QStringLiteral("cell%1").arg(rows++));
        }
        QCOMPARE(rows, 2000);
        QStringList lines;
        const MarkdownDocument listDocument(list);
        for (const Block& block : listDocument.blocks())
            if (block.kind == BlockKind::Code)
                lines += block.code.split(u'\n');
        QCOMPARE(lines.size(), 2000);
        QCOMPARE(lines.last(), QStringLiteral("line1999();"));
    }

    void longBlocksAreTheSameInAnySteps() {
        QRandomGenerator random(5);
        for (int round = 0; round < 12; ++round) {
            QString text;
            while (text.size() < 30000)
                text += round % 3 == 0   ? QStringLiteral("sentence number %1. ").arg(text.size())
                        : round % 3 == 1 ? QStringLiteral("- a %1\n  - b\n\n    ```\n    c\n").arg(text.size())
                                         : test::fragments()[random.bounded(int(test::fragments().size()))].simplified() + u' ';
            const QStringList expected = described(MarkdownDocument(text).blocks());
            MarkdownDocument document;
            for (qsizetype at = 0; at < text.size();) {
                const qsizetype step = random.bounded(1, 4000);
                document.append(text.mid(at, step));
                at += step;
            }
            document.finish();
            QCOMPARE(described(document.blocks()), expected);
        }
    }

    void lineEndsOfAnyKindAreTheSame() {
        const QString text = QStringLiteral("# a\n\nb\nc\n\n```\nd\n\n```\n- e\n");
        const QStringList expected = described(MarkdownDocument(text).blocks());
        for (const QString& end : {QStringLiteral("\r\n"), QStringLiteral("\r")}) {
            QString other = text;
            other.replace(u'\n', end);
            MarkdownDocument document;
            for (const QChar character : other)
                document.append(QStringView(&character, 1));
            document.finish();
            QCOMPARE(described(document.blocks()), expected);
            QCOMPARE(document.text(), text);
        }
    }

    void appendingAfterTheEndGoesOn() {
        MarkdownDocument document(u"# He");
        const BlockChange change = document.append(u"llo\n\ntext");
        document.finish();
        QCOMPARE(change.first, 0);
        QCOMPARE(described(document.blocks()), described(MarkdownDocument(u"# Hello\n\ntext").blocks()));
    }

    void undecidedSignsAreHeldBack() {
        MarkdownDocument document;
        document.append(u"foo\n-");
        QCOMPARE(document.count(), 1);
        QCOMPARE(document.block(0).kind, BlockKind::Paragraph); // not a heading for a moment
        document.append(u" bar");
        QCOMPARE(document.count(), 2);
        MarkdownDocument table;
        table.append(u"| a | b |\n|--");
        QCOMPARE(table.count(), 0);
        table.append(u"-|---|\n");
        QCOMPARE(table.block(0).kind, BlockKind::Table);
        MarkdownDocument code;
        code.append(u"```c\nx\n``");
        QCOMPARE(code.block(0).code, QStringLiteral("x"));
    }

private:
    static void samples() {
        QTest::addColumn<QString>("text");
        int number = 0;
        for (const QString& text : test::hardSamples())
            QTest::addRow("sample %d", number++) << text;
    }
};

QTEST_APPLESS_MAIN(MarkdownDocumentTest)
#include "markdown_document_test.moc"
