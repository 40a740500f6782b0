#include "app/desktop/markdown/rich_html.h"

#include <QList>

#include "app/desktop/markdown/markdown_document.h"

namespace patchbay {

namespace {

/// Puts flat rows back into the lists and quotes they came from.
class RichHtml {
public:
    QString write(const QList<Block>& blocks) {
        for (const Block& block : blocks)
            add(block);
        closeLists(0);
        setQuoteDepth(0);
        return m_html;
    }

private:
    struct List {
        bool ordered;
        int next;
    };

    void add(const Block& block) {
        setQuoteDepth(block.quoteDepth);
        if (block.kind == BlockKind::ListItem && !block.marker.isEmpty()) {
            beginItem(block);
            const QString box = block.task == TaskState::None ? QString() : block.marker + u' ';
            m_html += box + inlineHtml(block.html);
            return;
        }
        closeLists(block.listDepth);
        switch (block.kind) {
        case BlockKind::Heading: {
            const QString tag = QStringLiteral("h%1").arg(block.level);
            m_html += u'<' + tag + u'>' + inlineHtml(block.html) + QStringLiteral("</") + tag + u'>';
            break;
        }
        case BlockKind::Code:
            m_html += QStringLiteral("<pre style=\"font-family:monospace\"><code>") + block.code.toHtmlEscaped() +
                      QStringLiteral("</code></pre>");
            break;
        case BlockKind::Table:
            addTable(block.table);
            break;
        case BlockKind::Rule:
            m_html += QStringLiteral("<hr>");
            break;
        default:
            m_html += QStringLiteral("<p>") + inlineHtml(block.html) + QStringLiteral("</p>");
        }
        m_html += u'\n';
    }

    static QString inlineHtml(QString html) {
        return html.replace(QLatin1String("<code>"), QLatin1String("<code style=\"font-family:monospace\">"));
    }

    void addTable(const BlockTable& table) {
        m_html += QStringLiteral("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\">\n");
        if (!table.continued)
            addRow(table, table.header, QStringLiteral("th"));
        for (const QStringList& row : table.rows)
            addRow(table, row, QStringLiteral("td"));
        m_html += QStringLiteral("</table>");
    }

    void addRow(const BlockTable& table, const QStringList& cells, const QString& tag) {
        m_html += QStringLiteral("<tr>");
        for (qsizetype i = 0; i < cells.size(); ++i) {
            const CellAlign align = table.align.value(i, CellAlign::Default);
            m_html += u'<' + tag;
            if (align != CellAlign::Default)
                m_html += align == CellAlign::Left     ? QStringLiteral(" align=\"left\"")
                          : align == CellAlign::Center ? QStringLiteral(" align=\"center\"")
                                                       : QStringLiteral(" align=\"right\"");
            m_html += u'>' + inlineHtml(cells[i]) + QStringLiteral("</") + tag + u'>';
        }
        m_html += QStringLiteral("</tr>\n");
    }

    void beginItem(const Block& block) {
        closeLists(block.level);
        if (m_lists.size() == block.level) {
            const List list = m_lists.last();
            if (list.ordered != block.ordered || (block.ordered && list.next != block.number))
                closeLists(block.level - 1);
            else
                m_html += QStringLiteral("</li>\n");
        }
        while (m_lists.size() < block.level) {
            const bool ordered = block.ordered && m_lists.size() == block.level - 1;
            m_html += !ordered            ? QStringLiteral("<ul>\n")
                      : block.number == 1 ? QStringLiteral("<ol>\n")
                                          : QStringLiteral("<ol start=\"%1\">\n").arg(block.number);
            m_lists.append({ordered, block.number});
            if (m_lists.size() < block.level)
                m_html += QStringLiteral("<li>");
        }
        m_lists.last().next = block.number + 1;
        m_html += QStringLiteral("<li>");
    }

    void closeLists(int depth) {
        while (m_lists.size() > depth)
            m_html += m_lists.takeLast().ordered ? QStringLiteral("</li>\n</ol>\n") : QStringLiteral("</li>\n</ul>\n");
    }

    void setQuoteDepth(int depth) {
        if (depth == m_quotes)
            return;
        closeLists(0);
        for (; m_quotes < depth; ++m_quotes)
            m_html += QStringLiteral("<blockquote>\n");
        for (; m_quotes > depth; --m_quotes)
            m_html += QStringLiteral("</blockquote>\n");
    }

    QString m_html;
    QList<List> m_lists; // each with an open <li>
    int m_quotes = 0;
};

QString plainBlock(const Block& block) {
    if (block.kind == BlockKind::Rule)
        return QStringLiteral("———");
    QString text = block.kind == BlockKind::Code ? block.code : block.plain;
    const int depth = block.kind == BlockKind::ListItem ? block.level - 1 : block.listDepth;
    const QString indent(2 * qMax(0, depth), u' ');
    const QString behindMark = block.kind == BlockKind::ListItem ? QStringLiteral("  ") : QString();
    text.replace(u'\n', u'\n' + indent + behindMark);
    return indent + (block.marker.isEmpty() ? behindMark : block.marker + u' ') + text;
}

} // namespace

QString blocksToRichHtml(const QString& markdown) {
    return RichHtml().write(MarkdownDocument(markdown).blocks());
}

QString plainText(const QString& markdown) {
    QString result;
    const MarkdownDocument document(markdown);
    const Block* previous = nullptr;
    for (const Block& block : document.blocks()) {
        const bool together = previous && previous->kind == BlockKind::ListItem && block.kind == BlockKind::ListItem &&
                              !block.marker.isEmpty();
        if (previous)
            result += together ? QStringLiteral("\n") : QStringLiteral("\n\n");
        result += plainBlock(block);
        previous = &block;
    }
    return result;
}

} // namespace patchbay
