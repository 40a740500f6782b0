#include "app/desktop/markdown/markdown_document.h"

#include <utility>

#include "app/desktop/markdown/block_parser.h"
#include "app/desktop/markdown/inline_text.h"
#include "app/desktop/markdown/latex.h"
#include "app/desktop/markdown/prepared_text.h"

namespace patchbay {

namespace {

// What the parser reads again with every token is never longer than this; a longer block goes on in a second one. A
// paragraph of 4000 characters fills more than a screen.
constexpr qsizetype kParagraphLimit = 4000;
constexpr qsizetype kOtherLimit = 6000;

QString withLineFeeds(QStringView delta, bool& pendingReturn) {
    QString result;
    result.reserve(delta.size() + 1);
    for (const QChar c : delta) {
        if (pendingReturn) {
            pendingReturn = false;
            result += u'\n';
            if (c == u'\n')
                continue;
        }
        if (c == u'\r')
            pendingReturn = true;
        else
            result += c;
    }
    return result;
}

} // namespace

MarkdownDocument::MarkdownDocument(QStringView markdown) {
    append(markdown);
    finish();
}

template <class Step> BlockChange MarkdownDocument::track(Step step) {
    const int before = count();
    const int tail = m_piece.row;
    const bool fence = m_fence.isOpen();
    // An open code block may be long; it is not copied to be compared.
    const QList<Block> old = fence ? QList<Block>() : m_blocks.mid(tail);
    m_codeChanged = false;
    m_dirtyRow = -1;
    step();
    int first = tail;
    if (fence) {
        first += m_codeChanged ? 0 : 1;
    } else {
        while (first - tail < old.size() && first < count() && old[first - tail] == m_blocks[first])
            ++first;
    }
    if (m_dirtyRow >= 0)
        first = qMin(first, m_dirtyRow);
    first = qMin(first, qMin(before, count()));
    return {first, before - first, count() - first};
}

BlockChange MarkdownDocument::append(QStringView delta) {
    return track([&] {
        if (m_finished)
            clearParsed();
        if (m_pendingReturn || delta.contains(u'\r'))
            m_text += withLineFeeds(delta, m_pendingReturn);
        else
            m_text += delta;
        readLines(false);
        showTail();
    });
}

BlockChange MarkdownDocument::finish() {
    return track([&] {
        if (m_finished)
            return;
        if (std::exchange(m_pendingReturn, false))
            m_text += u'\n';
        readLines(true);
        closePiece(m_text.size());
        m_finished = true;
    });
}

void MarkdownDocument::clearParsed() {
    const qint64 parsed = m_parsedBytes;
    QString text = std::move(m_text);
    *this = MarkdownDocument();
    m_text = std::move(text);
    m_parsedBytes = parsed;
    m_dirtyRow = 0;
}

void MarkdownDocument::cut(qsizetype at) {
    closePiece(at);
}

void MarkdownDocument::closePiece(qsizetype end) {
    if (m_fence.isOpen())
        dropPartialCode();
    Piece piece = std::exchange(m_piece, Piece());
    piece.end = end;
    if (m_fence.isOpen()) {
        m_blocks[piece.row].open = false;
        m_codeChanged = true;
        m_fence = {};
    } else if (const QStringView text = view(piece.begin, end); !isBlankLine(text)) {
        const QStringList defined = m_definitions.collect(text, m_parsedBytes);
        const QList<Block> blocks = parse(piece);
        replaceRows(piece.row, count() - piece.row, blocks);
        piece.rows = int(blocks.size());
        renewUsersOf(defined);
        if (text.contains(u'[')) {
            for (const QString& label : LinkDefinitions::labelsIn(text))
                m_users[label].append(int(m_linking.size()));
            m_linking.append(piece);
        }
    } else {
        replaceRows(piece.row, count() - piece.row, {});
    }
    m_mode = Mode::None;
    m_piece.begin = end;
    m_piece.row = count();
    m_shownBegin = -1;
}

QList<Block> MarkdownDocument::parse(const Piece& piece) {
    const QStringView text = view(piece.begin, piece.end);
    ParseInput input{text, m_definitions.contextFor(text) + piece.context, piece.skippedRows, piece.firstNumber};
    ParseOutput output = parseBlocks(input);
    m_parsedBytes += output.bytes;
    if (piece.continued && !output.blocks.isEmpty() && output.blocks.first().kind == BlockKind::Table)
        output.blocks.first().table.continued = true;
    return output.blocks;
}

void MarkdownDocument::replaceRows(int row, int count, const QList<Block>& blocks) {
    const int common = qMin(count, int(blocks.size()));
    for (int i = 0; i < common; ++i)
        m_blocks[row + i] = blocks[i];
    if (count > common)
        m_blocks.remove(row + common, count - common);
    for (int i = common; i < blocks.size(); ++i)
        m_blocks.insert(row + i, blocks[i]);
}

/// A definition came after its use: CommonMark lets it count all the same.
void MarkdownDocument::renewUsersOf(const QStringList& labels) {
    QList<int> users;
    for (const QString& label : labels)
        for (const int user : m_users.value(label))
            if (!users.contains(user))
                users.append(user);
    for (const int user : users) {
        Piece& piece = m_linking[user];
        const QList<Block> blocks = parse(piece);
        replaceRows(piece.row, piece.rows, blocks);
        m_dirtyRow = m_dirtyRow < 0 ? piece.row : qMin(m_dirtyRow, piece.row);
        const int shift = int(blocks.size()) - piece.rows;
        piece.rows = int(blocks.size());
        for (int later = user + 1; shift != 0 && later < m_linking.size(); ++later)
            m_linking[later].row += shift;
    }
}

void MarkdownDocument::limitPiece(qsizetype end, bool ended) {
    while (m_mode != Mode::Fence && m_mode != Mode::None) {
        const qsizetype limit =
            m_mode == Mode::Paragraph || m_mode == Mode::SingleLine ? kParagraphLimit : kOtherLimit;
        if (end - m_piece.begin <= limit)
            return;
        if (m_lineBegin > m_piece.begin)
            cutBeforeLine(ended);
        else
            cutInsideLine(limit);
    }
}

/// The piece has become too long: it ends here, and the line goes on in surroundings made up for it.
void MarkdownDocument::cutBeforeLine(bool ended) {
    const Mode mode = m_mode;
    const QStringView line = view(m_lineBegin, qMin(m_text.size(), m_lineBegin + 2000)).split(u'\n').first();
    Piece next;
    if (mode == Mode::Table) {
        next.context = m_piece.context;
        if (!m_piece.continued)
            for (const QStringView header : view(m_piece.begin, m_lineBegin).split(u'\n').mid(0, 2))
                next.context += header.toString() + u'\n';
        // As the parser wants it: short delimiter rows are mended in the text only.
        const PreparedText head = prepareText(next.context);
        next.context = head.restore(QString::fromUtf8(head.utf8));
        next.continued = true;
    } else if (mode == Mode::List) {
        const QString space(qBound(1, m_list.contentIndent - 1, 4), u' ');
        next.context = u'-' + space + QStringLiteral("x\n\n");
        next.skippedRows = 1;
        if (m_nestedFence.isOpen())
            next.context += u' ' + space + QString(m_nestedFence.length, m_nestedFence.mark) +
                            m_nestedFence.info + u'\n';
    }
    const Fence nested = m_nestedFence;
    closePiece(m_lineBegin);
    if (mode != Mode::Table && mode != Mode::List) {
        beginPiece(line, ended);
        return;
    }
    m_mode = mode;
    m_nestedFence = nested;
    m_pieceLines = 2;
    next.begin = m_piece.begin;
    next.row = m_piece.row;
    m_piece = next;
}

/// A paragraph without line ends: behind a sentence, a space, or anywhere.
void MarkdownDocument::cutInsideLine(qsizetype limit) {
    const qsizetype begin = m_piece.begin;
    qsizetype space = -1;
    qsizetype at = -1;
    for (qsizetype i = begin + limit; i > begin + limit / 2 && at < 0; --i) {
        const QChar before = m_text[i - 1];
        const bool letter = m_text[i].isLetterOrNumber() || m_text[i].isSurrogate();
        if (!letter || m_text[i].isLowSurrogate())
            continue;
        if (QStringView(u"。！？；").contains(before) ||
            (before == u' ' && QStringView(u".!?").contains(m_text[i - 2])))
            at = i;
        else if (before == u' ' && space < 0 && m_text[i].isLetter())
            space = i;
    }
    if (at < 0)
        at = space;
    if (at < 0)
        at = begin + limit - (m_text[begin + limit].isLowSurrogate() ? 1 : 0);
    closePiece(at);
    m_mode = Mode::Paragraph;
    m_pieceLines = 0;
}

void MarkdownDocument::openFence(const Fence& fence) {
    m_mode = Mode::Fence;
    m_fence = fence;
    m_codeLines = 0;
    m_codeLength = 0;
    Block block;
    block.kind = BlockKind::Code;
    block.language = languageOf(fence.info);
    block.open = true;
    replaceRows(m_piece.row, count() - m_piece.row, {block});
    m_codeChanged = true;
}

QString MarkdownDocument::codeText(QStringView line) const {
    return withoutColumns(line, m_fence.indent).toString().replace(QChar(u'\0'), QChar(QChar::ReplacementCharacter));
}

void MarkdownDocument::dropPartialCode() {
    QString& code = m_blocks[m_piece.row].code;
    if (code.size() == m_codeLength)
        return;
    code.truncate(m_codeLength);
    m_codeChanged = true;
}

void MarkdownDocument::showPartialCode(QStringView line) {
    dropPartialCode();
    const QStringView text = withoutIndent(line);
    bool mayClose = !text.isEmpty();
    for (const QChar c : text)
        mayClose = mayClose && c == m_fence.mark;
    if (mayClose || line.isEmpty())
        return;
    QString& code = m_blocks[m_piece.row].code;
    if (m_codeLines > 0)
        code += u'\n';
    code += codeText(line);
    m_codeChanged = true;
}

void MarkdownDocument::addCodeLine(QStringView line) {
    dropPartialCode();
    QString& code = m_blocks[m_piece.row].code;
    if (m_codeLines++ > 0)
        code += u'\n';
    if (line.endsWith(u'\n'))
        line.chop(1);
    code += codeText(line);
    m_codeLength = code.size();
    m_codeChanged = true;
}

/// What is shown of the open piece: not the signs at its end that can still become anything, nor a line that will be a
/// fence, a formula or the head of a table.
qsizetype MarkdownDocument::shownEnd() const {
    const qsizetype end = m_text.size();
    if (m_lineBegun || m_lineBegin < m_piece.begin)
        return end;
    const QStringView partial = view(m_lineBegin, end);
    const bool tableHead = m_mode == Mode::None ? withoutIndent(partial).startsWith(u'|')
                                                : m_mode == Mode::Paragraph && m_pieceLines == 1 && isUndecided(partial) &&
                                                      withoutIndent(view(m_piece.begin, m_lineBegin)).startsWith(u'|');
    if (tableHead)
        return m_piece.begin;
    if (isUndecided(partial) || openingFence(partial).isOpen() || !openingMath(partial).isEmpty())
        return m_lineBegin;
    return end;
}

void MarkdownDocument::showTail() {
    if (m_mode == Mode::Fence) {
        if (m_pieceLines >= 1)
            showPartialCode(view(m_lineBegin, m_text.size()));
        return;
    }
    const qsizetype end = shownEnd();
    if (m_shownBegin == m_piece.begin && m_shownEnd == end)
        return;
    m_shownBegin = m_piece.begin;
    m_shownEnd = end;
    QList<Block> blocks;
    Piece piece = m_piece;
    piece.end = end;
    if (m_mode == Mode::Math) {
        const QString source = view(piece.begin, end).trimmed().toString();
        Block block;
        block.kind = BlockKind::Math;
        block.open = true;
        block.markdown = source;
        block.code = source.mid(2).trimmed();
        block.plain = latexToText(block.code, true);
        block.html = escapedText(block.plain);
        blocks.append(block);
    } else if (!isBlankLine(view(piece.begin, end))) {
        blocks = parse(piece);
    }
    replaceRows(piece.row, count() - piece.row, blocks);
}

} // namespace patchbay
