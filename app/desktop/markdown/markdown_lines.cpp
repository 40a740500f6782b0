// Where top-level blocks begin and end, line by line. The rule for all of it: cut only where the parser would end
// everything that is open, so that the pieces parsed one by one give what the whole text would give.
#include "app/desktop/markdown/markdown_document.h"

namespace patchbay {

namespace {

// A line is judged by its beginning once it is this long: it may go on for megabytes without an end.
constexpr qsizetype kLongLine = 2000;

} // namespace

void MarkdownDocument::readLines(bool final) {
    for (;;) {
        const qsizetype newline = m_text.indexOf(u'\n', qMax(m_lineBegin, m_searchedTo));
        const bool ended = newline >= 0;
        const qsizetype end = ended ? newline : m_text.size();
        m_searchedTo = end;
        if (!m_lineBegun) {
            const qsizetype length = end - m_lineBegin;
            if (!ended && (final ? length == 0 : length <= kLongLine))
                return;
            m_lineBegun = true;
            beginLine(view(m_lineBegin, qMin(end, m_lineBegin + kLongLine)), ended, length <= kLongLine);
        }
        limitPiece(end, ended);
        if (!ended && !final)
            return;
        endLine(ended ? end + 1 : end);
        m_lineBegun = false;
        m_lineBegin = m_searchedTo = ended ? end + 1 : end;
    }
}

void MarkdownDocument::beginLine(QStringView line, bool ended, bool whole) {
    switch (m_mode) {
    case Mode::None:
    case Mode::SingleLine:
        beginPiece(line, ended);
        break;
    case Mode::Paragraph:
    case Mode::Table:
        paragraphLine(line, ended);
        break;
    case Mode::List:
        listLine(line, ended);
        break;
    case Mode::Quote:
        quoteLine(line, ended);
        break;
    case Mode::Indented:
        if (!isBlankLine(line) && indentOf(line) < 4) {
            cut(m_lineBegin);
            beginPiece(line, ended);
        }
        break;
    case Mode::Mixed:
        mixedLine(line, ended);
        break;
    case Mode::Math:
        mathLine(line, ended);
        break;
    case Mode::Fence:
        fenceLine(line, whole);
        break;
    }
    m_blankBefore = isBlankLine(line);
}

void MarkdownDocument::beginPiece(QStringView line, bool ended) {
    m_pieceLines = 0;
    m_nestedFence = {};
    if (isBlankLine(line)) {
        m_mode = Mode::None;
        return;
    }
    if (indentOf(line) >= 4) {
        m_mode = Mode::Indented;
    } else if (const Fence fence = openingFence(line); fence.isOpen()) {
        openFence(fence);
    } else if (isAtxHeading(line) || isThematicBreak(line)) {
        m_mode = Mode::SingleLine;
    } else if (withoutIndent(line).startsWith(u'>')) {
        m_mode = Mode::Quote;
        followNestedFence(line);
    } else if (const ListMark mark = listMark(line, ended); mark.isValid()) {
        startList(mark, line);
        return;
    } else if (const QString close = openingMath(line); !close.isEmpty()) {
        m_mode = Mode::Math;
        m_mathClose = close;
    } else {
        m_mode = Mode::Paragraph;
    }
    m_lastListMark = {};
}

void MarkdownDocument::startList(const ListMark& mark, QStringView line) {
    // The number written counts for the first item only, as in the whole list.
    const bool goesOn = mark.isOrdered() && m_lastListMark == mark.mark && m_nextNumber >= 0;
    m_mode = Mode::List;
    m_list = mark;
    m_piece.firstNumber = goesOn ? m_nextNumber : -1;
    if (mark.isOrdered())
        m_nextNumber = (goesOn ? m_nextNumber : mark.number) + 1;
    m_lastListMark = mark.mark;
    if (mark.empty) { // the parser has rules of its own for what may follow
        mixFrom(line);
        return;
    }
    followNestedFence(line);
}

void MarkdownDocument::paragraphLine(QStringView line, bool ended) {
    if (isBlankLine(line)) {
        cut(m_lineBegin);
        m_mode = Mode::None;
        return;
    }
    if (indentOf(line) >= 4) {
        if (m_mode == Mode::Table)
            mixFrom(line);
        return;
    }
    const bool inTable = m_mode == Mode::Table;
    const ListMark mark = listMark(line, ended);
    const bool underline = !inTable && isSetextUnderline(line);
    const bool listBegins = mark.isValid() && !underline &&
                            (inTable || (!mark.bare && (!mark.isOrdered() || mark.number == 1)));
    if (openingFence(line).isOpen() || isAtxHeading(line) || withoutIndent(line).startsWith(u'>') || listBegins ||
        (isThematicBreak(line) && !underline) || !openingMath(line).isEmpty()) {
        cut(m_lineBegin);
        beginPiece(line, ended);
        return;
    }
    if (inTable)
        return;
    const bool afterDefinition = withoutIndent(view(m_piece.begin, m_lineBegin)).startsWith(u'[');
    if (m_pieceLines == 1 && isDelimiterRow(line) && !afterDefinition)
        m_mode = Mode::Table;
    else if (underline)
        afterDefinition ? mixFrom(line) : void(m_mode = Mode::SingleLine);
    else if (isDelimiterRow(line) || (afterDefinition && mark.isValid()))
        mixFrom(line);
}

void MarkdownDocument::listLine(QStringView line, bool ended) {
    if (isBlankLine(line))
        return;
    const int indent = indentOf(line);
    if (indent >= m_list.contentIndent) {
        followNestedFence(line);
        return;
    }
    if (m_nestedFence.isOpen() && closesFence(line, m_nestedFence)) { // md4c ends it without its indent
        m_nestedFence = {};
        mixFrom(line);
        return;
    }
    const bool mark = indent < 4 && listMark(line, ended).isValid();
    const bool block = indent < 4 && (openingFence(line).isOpen() || isAtxHeading(line) || isThematicBreak(line) ||
                                      withoutIndent(line).startsWith(u'>') || !openingMath(line).isEmpty());
    if (mark || block || m_blankBefore) {
        cut(m_lineBegin);
        beginPiece(line, ended);
        return;
    }
    mixFrom(line); // a lazy line, or a paragraph behind the list
}

void MarkdownDocument::quoteLine(QStringView line, bool ended) {
    if (isBlankLine(line)) {
        cut(m_lineBegin);
        m_mode = Mode::None;
        return;
    }
    if (indentOf(line) < 4 && withoutIndent(line).startsWith(u'>')) {
        followNestedFence(line);
        return;
    }
    if (m_nestedFence.isOpen() && closesFence(line, m_nestedFence)) {
        m_nestedFence = {};
        mixFrom(line);
        return;
    }
    if (indentOf(line) < 4 &&
        (openingFence(line).isOpen() || isAtxHeading(line) || isThematicBreak(line) || !openingMath(line).isEmpty())) {
        cut(m_lineBegin);
        beginPiece(line, ended);
        return;
    }
    mixFrom(line);
}

void MarkdownDocument::mixedLine(QStringView line, bool ended) {
    if (isBlankLine(line))
        return;
    const int indent = indentOf(line);
    if (m_nestedFence.isOpen()) { // perhaps closed by now with what it stood in: not told apart here
        followNestedFence(line);
        return;
    }
    if (indent > 0 && !(openingFence(line).isOpen() && indent < m_mixedIndent)) {
        if (const ListMark mark = listMark(line, ended); mark.isValid() && indent < 4)
            m_mixedIndent = qMin(m_mixedIndent, mark.contentIndent);
        followNestedFence(line);
        return;
    }
    const ListMark mark = listMark(line, ended);
    const bool item = mark.isValid() && !isThematicBreak(line);
    // Whether an ordered item goes on in the old list, only the parser knows here; of bullets it makes no difference.
    const bool free = m_blankBefore && (!item || !mark.isOrdered());
    if (free || openingFence(line).isOpen() || isAtxHeading(line)) {
        cut(m_lineBegin);
        beginPiece(line, ended);
        return;
    }
    if (item)
        m_mixedIndent = qMin(m_mixedIndent, mark.contentIndent);
    followNestedFence(line);
}

void MarkdownDocument::mixFrom(QStringView line) {
    const bool inList = m_mode == Mode::List;
    m_mode = Mode::Mixed;
    m_mixedIndent = inList ? qMin(4, m_list.contentIndent) : 4;
    if (const ListMark mark = listMark(line, true); mark.isValid())
        m_mixedIndent = qMin(m_mixedIndent, mark.contentIndent);
}

void MarkdownDocument::mathLine(QStringView line, bool ended) {
    const qsizetype close = line.indexOf(m_mathClose);
    if (close >= 0) {
        m_mode = isBlankLine(line.mid(close + m_mathClose.size())) ? Mode::SingleLine : Mode::Paragraph;
        return;
    }
    if (!isBlankLine(line) && !openingFence(line).isOpen())
        return;
    // It never ended: ordinary text after all, and whatever its lines are.
    if (isBlankLine(line)) {
        m_mode = Mode::Mixed;
        m_mixedIndent = 2;
        return;
    }
    cut(m_lineBegin);
    beginPiece(line, ended);
}

void MarkdownDocument::fenceLine(QStringView line, bool whole) {
    if (!whole || !closesFence(line, m_fence))
        return;
    dropPartialCode();
    m_mode = Mode::SingleLine;
}

/// Keeps track of code fences that stand inside the piece, behind list marks and quote marks.
void MarkdownDocument::followNestedFence(QStringView line) {
    QStringView text = withoutIndent(line);
    int marks = 0;
    while (!text.isEmpty() && marks++ < 20) {
        if (text.startsWith(u'>')) {
            text = withoutIndent(text.mid(1));
            continue;
        }
        const ListMark mark = m_nestedFence.isOpen() ? ListMark() : listMark(text, true);
        if (!mark.isValid() || mark.empty)
            break;
        text = text.mid(mark.contentBegin);
    }
    if (m_nestedFence.isOpen()) {
        if (closesFence(text, m_nestedFence))
            m_nestedFence = {};
        return;
    }
    m_nestedFence = openingFence(text);
    m_nestedFence.indent = indentOf(line);
}

void MarkdownDocument::endLine(qsizetype end) {
    ++m_pieceLines;
    if (m_mode == Mode::SingleLine)
        closePiece(end);
    else if (m_mode == Mode::None)
        m_piece.begin = end;
    else if (m_mode == Mode::Fence && m_pieceLines > 1)
        addCodeLine(view(m_lineBegin, end));
}

} // namespace patchbay
