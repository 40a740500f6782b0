#include "app/desktop/markdown/block_parser.h"

#include <md4c.h>

#include "app/desktop/markdown/inline_text.h"
#include "app/desktop/markdown/latex.h"
#include "app/desktop/markdown/prepared_text.h"

namespace patchbay {

namespace {

constexpr unsigned kFlags = MD_DIALECT_GITHUB | MD_FLAG_NOHTMLBLOCKS;

class BlockBuilder {
public:
    BlockBuilder(const PreparedText& prepared, qsizetype contextBytes, int firstNumber)
        : m_prepared(prepared), m_inline(prepared), m_contextBytes(contextBytes), m_firstNumber(firstNumber) {}

    QList<Block> take() {
        addSources();
        return std::move(m_blocks);
    }

    int enterBlock(MD_BLOCKTYPE type, void* detail);
    int leaveBlock(MD_BLOCKTYPE type);
    int enterSpan(MD_SPANTYPE type, void* detail) {
        m_inline.enter(type, detail);
        return 0;
    }
    int leaveSpan(MD_SPANTYPE type) {
        m_inline.leave(type);
        return 0;
    }
    int text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size);

private:
    struct Container {
        MD_BLOCKTYPE type; // UL, OL, LI or QUOTE
        int number = 0; // OL: of the next item
        QChar delimiter;
        QString marker; // LI; cleared when shown
        bool marked = true; // LI: its marker is still to be shown
        TaskState task = TaskState::None;
        bool ordered = false;
        int itemNumber = 0;
    };

    int depthOf(MD_BLOCKTYPE type) const {
        int depth = 0;
        for (const Container& container : m_containers)
            depth += container.type == type ? 1 : 0;
        return depth;
    }

    Block newRow(BlockKind kind) const {
        Block row;
        row.kind = kind;
        row.listDepth = depthOf(MD_BLOCK_LI);
        row.quoteDepth = depthOf(MD_BLOCK_QUOTE);
        return row;
    }

    void add(Block row, qsizetype begin, bool exact = false) {
        m_blocks.append(std::move(row));
        m_begins.append({begin, exact});
        m_rowBegin = -1;
    }

    /// The row of a list item that carries its marker; later rows of the item carry none.
    void mark(Block& row, Container& item) {
        row.level = row.listDepth;
        if (!item.marked)
            return;
        item.marked = false;
        row.marker = item.marker;
        row.task = item.task;
        row.ordered = item.ordered;
        row.number = item.itemNumber;
    }

    void flushText();
    /// Before a block begins inside a list item that has shown nothing yet: "- ```c".
    void flushMarker();
    void beginBlock() {
        flushText();
        flushMarker();
    }
    void addDisplayMath(const MathSpan& math, qsizetype begin);
    void addSources();

    const PreparedText& m_prepared;
    InlineText m_inline;
    qsizetype m_contextBytes;
    int m_firstNumber;
    QList<Block> m_blocks;
    struct Begin {
        qsizetype offset;
        bool exact;
    };
    QList<Begin> m_begins;
    QList<Container> m_containers;
    qsizetype m_rowBegin = -1; // first text of the row in the prepared text
    bool m_exactBegin = false;
    bool m_inCode = false;
    bool m_inTable = false;
    bool m_inHeading = false;
    int m_headingLevel = 0;
    QString m_language;
    bool m_fenced = false;
    QString m_code;
    Block m_table;
};

void BlockBuilder::flushText() {
    if (m_inline.isEmpty())
        return;
    const QString html = m_inline.html();
    const QString plain = m_inline.plain();
    const QString image = m_inline.onlyImage();
    m_inline.clear();
    if (html.isEmpty()) {
        m_rowBegin = -1;
        return;
    }
    const bool inItem = !m_containers.isEmpty() && m_containers.last().type == MD_BLOCK_LI;
    const bool inQuote = !m_containers.isEmpty() && m_containers.last().type == MD_BLOCK_QUOTE;
    Block row = newRow(inItem ? BlockKind::ListItem : inQuote ? BlockKind::Quote : BlockKind::Paragraph);
    if (inItem)
        mark(row, m_containers.last());
    else if (!inQuote && !image.isEmpty())
        row.kind = BlockKind::Image;
    if (row.kind == BlockKind::Image)
        row.url = image;
    row.html = html;
    row.plain = plain;
    add(std::move(row), m_rowBegin, m_exactBegin);
    m_exactBegin = false;
}

void BlockBuilder::flushMarker() {
    if (m_containers.isEmpty() || m_containers.last().type != MD_BLOCK_LI || !m_containers.last().marked)
        return;
    Block row = newRow(BlockKind::ListItem);
    mark(row, m_containers.last());
    add(std::move(row), -1);
}

int BlockBuilder::enterBlock(MD_BLOCKTYPE type, void* detail) {
    switch (type) {
    case MD_BLOCK_QUOTE:
        beginBlock();
        m_containers.append({type});
        break;
    case MD_BLOCK_UL:
        beginBlock();
        m_containers.append({type});
        break;
    case MD_BLOCK_OL: {
        beginBlock();
        const auto* list = static_cast<const MD_BLOCK_OL_DETAIL*>(detail);
        Container container{type};
        container.number = int(list->start);
        if (m_firstNumber >= 0 && m_containers.isEmpty())
            container.number = std::exchange(m_firstNumber, -1);
        container.delimiter = QChar::fromLatin1(list->mark_delimiter ? list->mark_delimiter : '.');
        m_containers.append(container);
        break;
    }
    case MD_BLOCK_LI: {
        const auto* detailed = static_cast<const MD_BLOCK_LI_DETAIL*>(detail);
        Container item{type};
        if (!m_containers.isEmpty() && m_containers.last().type == MD_BLOCK_OL) {
            Container& list = m_containers.last();
            item.ordered = true;
            item.itemNumber = list.number++;
            item.marker = QString::number(item.itemNumber) + (list.delimiter == u')' ? u')' : u'.');
        } else {
            static const QString bullets = QStringLiteral("•◦▪");
            item.marker = bullets.at(qMin(2, depthOf(MD_BLOCK_LI)));
        }
        if (detailed->is_task) {
            item.task = detailed->task_mark == ' ' ? TaskState::Open : TaskState::Done;
            item.marker = item.task == TaskState::Open ? QStringLiteral("☐") : QStringLiteral("☑");
        }
        m_containers.append(item);
        break;
    }
    case MD_BLOCK_HR:
        beginBlock();
        add(newRow(BlockKind::Rule), -1);
        break;
    case MD_BLOCK_H:
        beginBlock();
        m_inHeading = true;
        m_headingLevel = int(static_cast<const MD_BLOCK_H_DETAIL*>(detail)->level);
        break;
    case MD_BLOCK_CODE: {
        beginBlock();
        const auto* code = static_cast<const MD_BLOCK_CODE_DETAIL*>(detail);
        m_inCode = true;
        m_fenced = code->fence_char != 0;
        m_language = m_fenced ? languageOf(attributeText(code->info, m_prepared)) : QString();
        m_code.clear();
        break;
    }
    case MD_BLOCK_P:
        flushText();
        break;
    case MD_BLOCK_TABLE:
        beginBlock();
        m_inTable = true;
        m_table = newRow(BlockKind::Table);
        break;
    case MD_BLOCK_TR:
        if (!m_table.table.header.isEmpty()) {
            m_table.table.rows.append(QStringList());
            m_table.table.plainRows.append(QStringList());
        }
        break;
    case MD_BLOCK_TH: {
        const auto align = static_cast<const MD_BLOCK_TD_DETAIL*>(detail)->align;
        m_table.table.align.append(align == MD_ALIGN_LEFT     ? CellAlign::Left
                                   : align == MD_ALIGN_CENTER ? CellAlign::Center
                                   : align == MD_ALIGN_RIGHT  ? CellAlign::Right
                                                              : CellAlign::Default);
        break;
    }
    default:
        break;
    }
    return 0;
}

int BlockBuilder::leaveBlock(MD_BLOCKTYPE type) {
    switch (type) {
    case MD_BLOCK_QUOTE:
        flushText();
        m_containers.removeLast();
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        m_containers.removeLast();
        break;
    case MD_BLOCK_LI:
        flushText();
        flushMarker();
        m_containers.removeLast();
        break;
    case MD_BLOCK_H: {
        Block row = newRow(BlockKind::Heading);
        row.level = m_headingLevel;
        row.html = m_inline.html();
        row.plain = m_inline.plain();
        m_inline.clear();
        m_inHeading = false;
        add(std::move(row), m_rowBegin);
        break;
    }
    case MD_BLOCK_CODE: {
        Block row = newRow(BlockKind::Code);
        row.language = m_language;
        row.code = m_prepared.restore(m_code);
        if (row.code.endsWith(u'\n'))
            row.code.chop(1);
        row.plain = row.code;
        m_inCode = false;
        add(std::move(row), m_rowBegin);
        break;
    }
    case MD_BLOCK_P:
        flushText();
        break;
    case MD_BLOCK_TH:
        m_table.table.header.append(m_inline.html());
        m_table.table.plainHeader.append(m_inline.plain());
        m_inline.clear();
        break;
    case MD_BLOCK_TD:
        m_table.table.rows.last().append(m_inline.html());
        m_table.table.plainRows.last().append(m_inline.plain());
        m_inline.clear();
        break;
    case MD_BLOCK_TABLE: {
        QStringList lines{m_table.table.plainHeader.join(u'\t')};
        for (const QStringList& row : m_table.table.plainRows)
            lines.append(row.join(u'\t'));
        m_table.plain = lines.join(u'\n');
        m_inTable = false;
        add(std::move(m_table), m_rowBegin);
        m_table = {};
        break;
    }
    default:
        break;
    }
    return 0;
}

int BlockBuilder::text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size) {
    const char* const begin = m_prepared.utf8.constData();
    // Line ends and indentation are reported from constants of md4c.
    const bool inside = text >= begin && text < begin + m_prepared.utf8.size();
    const qsizetype offset = inside ? text - begin : -1;
    if (m_rowBegin < 0)
        m_rowBegin = offset;
    if (m_inCode) {
        m_code += type == MD_TEXT_NULLCHAR ? QString(QChar::ReplacementCharacter) : QString::fromUtf8(text, size);
        return 0;
    }
    QString decoded = QString::fromUtf8(text, size);
    if (m_inTable && type == MD_TEXT_CODE) // there is no other way to write | in a cell
        decoded.replace(QLatin1String("\\|"), QLatin1String("|"));
    const bool mayBreak = type == MD_TEXT_NORMAL && !m_inTable && !m_inHeading && !m_inline.inSpan();
    if (!mayBreak || !decoded.contains(QChar(kMathBegin))) {
        m_inline.add(type, decoded);
        return 0;
    }
    // A displayed formula stands by itself, also when it was written in the middle of a paragraph.
    qsizetype pieceBegin = 0;
    for (qsizetype i = 0; i < decoded.size();) {
        const qsizetype at = i;
        int number = -1;
        if (decoded[i].unicode() == kMathBegin)
            number = readPlaceholder(decoded, i);
        if (number < 0 || number >= m_prepared.math.size() || !m_prepared.math[number].display) {
            i = number < 0 ? at + 1 : i;
            continue;
        }
        m_inline.add(type, QStringView(decoded).mid(pieceBegin, at - pieceBegin));
        addDisplayMath(m_prepared.math[number], offset + QStringView(decoded).left(at).toUtf8().size());
        pieceBegin = i;
        if (i < decoded.size()) {
            m_rowBegin = offset + QStringView(decoded).left(i).toUtf8().size();
            m_exactBegin = true;
        }
    }
    if (pieceBegin < decoded.size())
        m_inline.add(type, QStringView(decoded).mid(pieceBegin));
    return 0;
}

void BlockBuilder::addDisplayMath(const MathSpan& math, qsizetype begin) {
    const bool first = m_inline.isEmpty() && !m_exactBegin;
    beginBlock();
    Block row = newRow(BlockKind::Math);
    row.code = math.latex;
    row.plain = latexToText(math.latex, true);
    row.html = escapedText(row.plain);
    add(std::move(row), begin, !first);
    m_exactBegin = true;
}

/// Each row owns the lines from its first text to the next row's; a formula in a paragraph owns its characters only.
void BlockBuilder::addSources() {
    const QByteArray& text = m_prepared.utf8;
    QList<qsizetype> starts;
    qsizetype previous = m_contextBytes;
    for (qsizetype i = 0; i < m_blocks.size(); ++i) {
        qsizetype start = m_begins[i].offset;
        if (start >= 0 && !m_begins[i].exact) {
            start = text.lastIndexOf('\n', start - 1) + 1;
            const bool fence = m_blocks[i].kind == BlockKind::Code && start > previous;
            if (fence && m_blocks[i].listDepth + m_blocks[i].quoteDepth > 0)
                start = start >= 2 ? text.lastIndexOf('\n', start - 2) + 1 : 0;
        }
        if (i == 0)
            start = m_contextBytes;
        if (start >= 0)
            previous = start = qMax(start, previous);
        starts.append(start);
    }
    qsizetype end = text.size();
    for (qsizetype i = m_blocks.size() - 1; i >= 0; --i) {
        Block& block = m_blocks[i];
        if (starts[i] >= 0) {
            block.markdown = m_prepared.restore(QString::fromUtf8(text.mid(starts[i], end - starts[i])));
            while (block.markdown.endsWith(u'\n') || block.markdown.endsWith(u' '))
                block.markdown.chop(1);
            end = starts[i];
        }
        if (block.kind == BlockKind::Code)
            block.markdown.clear(); // made from the code when asked for
        else if (block.markdown.trimmed().isEmpty())
            block.markdown = block.kind == BlockKind::Rule ? QStringLiteral("---") : block.marker;
    }
}

BlockBuilder* builder(void* data) {
    return static_cast<BlockBuilder*>(data);
}

} // namespace

QString languageOf(const QString& info) {
    QString word = info.simplified().section(u' ', 0, 0).toLower();
    while (word.startsWith(u'{') || word.startsWith(u'.'))
        word.remove(0, 1);
    for (qsizetype i = 0; i < word.size(); ++i)
        if (QStringView(u":,;{}").contains(word[i]))
            return word.left(i);
    return word;
}

ParseOutput parseBlocks(const ParseInput& input) {
    PreparedText prepared = prepareText(input.markdown);
    const QByteArray context = input.context.toUtf8();
    prepared.utf8.prepend(context);
    BlockBuilder rows(prepared, context.size(), input.firstNumber);
    MD_PARSER parser{};
    parser.flags = kFlags;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
        return builder(data)->enterBlock(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* data) { return builder(data)->leaveBlock(type); };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
        return builder(data)->enterSpan(type, detail);
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* data) { return builder(data)->leaveSpan(type); };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) {
        return builder(data)->text(type, text, size);
    };
    md_parse(prepared.utf8.constData(), MD_SIZE(prepared.utf8.size()), &parser, &rows);
    ParseOutput output{rows.take(), prepared.utf8.size()};
    output.blocks.remove(0, qMin(qsizetype(input.skippedRows), output.blocks.size()));
    return output;
}

} // namespace patchbay
