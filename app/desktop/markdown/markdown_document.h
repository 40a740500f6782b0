// A reply as it grows. append() parses only the last top-level block that is not finished, so a token costs the same at
// the end of a long reply as at its beginning; what came of it is the same as if the whole text had come at once.
//
//     MarkdownDocument document;
//     BlockChange change = document.append(delta); // then dataChanged / insertRows / removeRows for these rows
//     change = document.finish();                  // the reply is complete
//
// Block i is the same block for good once a later one has begun, so "message id + index" identifies it. (One exception:
// a link reference definition that comes late renews the blocks that use it.)
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringView>

#include "app/desktop/markdown/block.h"
#include "app/desktop/markdown/line_rules.h"
#include "app/desktop/markdown/link_definitions.h"

namespace patchbay {

/// Rows first..first+removed-1 were replaced by first..first+added-1: the rows in common changed, the others came or
/// went at the end. Rows before `first` are as they were.
struct BlockChange {
    int first = 0;
    int removed = 0;
    int added = 0;

    bool isEmpty() const { return removed == 0 && added == 0; }
};

class MarkdownDocument {
public:
    MarkdownDocument() = default;
    /// The whole text at once, finished.
    explicit MarkdownDocument(QStringView markdown);

    /// Adds what came. Line ends may be CR, LF or both; a delta may end anywhere, in a surrogate pair too.
    BlockChange append(QStringView delta);
    /// No more will come: what was held back (a lone `-` that could become anything) is shown. An append() after it
    /// reads the whole text once more.
    BlockChange finish();

    const QList<Block>& blocks() const { return m_blocks; }
    int count() const { return int(m_blocks.size()); }
    const Block& block(int index) const { return m_blocks.at(index); }
    /// All that came, with LF line ends.
    const QString& text() const { return m_text; }
    /// Bytes that were given to the parser so far: what appending costs.
    qint64 parsedBytes() const { return m_parsedBytes; }

private:
    /// What the open piece is; it decides where it ends. Mixed: lines whose nesting only the parser knows.
    enum class Mode { None, SingleLine, Paragraph, Table, List, Quote, Indented, Mixed, Fence, Math };

    /// A finished run of text that was parsed by itself; kept only when it may be parsed again.
    struct Piece {
        qsizetype begin = 0;
        qsizetype end = 0;
        int row = 0;
        int rows = 0;
        QString context;
        int skippedRows = 0;
        int firstNumber = -1;
        bool continued = false;
    };

    QStringView view(qsizetype begin, qsizetype end) const { return QStringView(m_text).mid(begin, end - begin); }
    template <class Step> BlockChange track(Step step);
    void clearParsed();

    // Lines (markdown_lines.cpp)
    void readLines(bool final);
    void beginLine(QStringView line, bool ended, bool whole);
    void beginPiece(QStringView line, bool ended);
    void paragraphLine(QStringView line, bool ended);
    void listLine(QStringView line, bool ended);
    void quoteLine(QStringView line, bool ended);
    void mixedLine(QStringView line, bool ended);
    void mixFrom(QStringView line);
    void mathLine(QStringView line, bool ended);
    void fenceLine(QStringView line, bool whole);
    void endLine(qsizetype end);
    void followNestedFence(QStringView line);
    void startList(const ListMark& mark, QStringView line);

    // Pieces (markdown_document.cpp)
    void cut(qsizetype at);
    void closePiece(qsizetype end);
    void limitPiece(qsizetype end, bool ended);
    void cutBeforeLine(bool ended);
    void cutInsideLine(qsizetype limit);
    void openFence(const Fence& fence);
    QString codeText(QStringView line) const;
    void addCodeLine(QStringView line);
    void showPartialCode(QStringView line);
    void dropPartialCode();
    void showTail();
    qsizetype shownEnd() const;
    QList<Block> parse(const Piece& piece);
    void replaceRows(int row, int count, const QList<Block>& blocks);
    void renewUsersOf(const QStringList& labels);

    QString m_text;
    QList<Block> m_blocks;
    qint64 m_parsedBytes = 0;
    bool m_pendingReturn = false; // a CR that may be half of a line end
    bool m_finished = false;

    Mode m_mode = Mode::None;
    Piece m_piece; // the open one; its rows are the last ones
    qsizetype m_lineBegin = 0; // the first line that has not ended
    qsizetype m_searchedTo = 0; // no line end between m_lineBegin and here
    bool m_lineBegun = false; // its kind is decided
    int m_pieceLines = 0; // finished lines of the piece
    bool m_blankBefore = false;
    ListMark m_list;
    int m_nextNumber = -1; // of an item that follows the last one directly
    QChar m_lastListMark;
    int m_mixedIndent = 4; // Mixed: less than this is not in any list that may be open
    Fence m_nestedFence; // inside a list item or quote
    Fence m_fence;
    int m_codeLines = 0;
    qsizetype m_codeLength = 0; // of the finished lines
    bool m_codeChanged = false;
    QString m_mathClose;
    qsizetype m_shownBegin = -1; // what the open piece's rows were made of
    qsizetype m_shownEnd = -1;
    int m_dirtyRow = -1; // a row before the open piece that was renewed

    LinkDefinitions m_definitions;
    QList<Piece> m_linking; // finished pieces with [labels]
    QHash<QString, QList<int>> m_users; // label -> m_linking
};

} // namespace patchbay
