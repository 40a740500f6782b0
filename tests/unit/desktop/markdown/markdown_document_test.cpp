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
        qInfo() << different << "of 3000 differ";
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
