// What the view reads of a row.
#include "app/desktop/chat/display_text.h"
#include "app/desktop/chat/timeline_model.h"

namespace patchbay {
namespace {

QString alignName(CellAlign align) {
    switch (align) {
    case CellAlign::Left:
        return QStringLiteral("left");
    case CellAlign::Center:
        return QStringLiteral("center");
    case CellAlign::Right:
        return QStringLiteral("right");
    default:
        return {};
    }
}

QVariantMap tableOf(const BlockTable& table, const QString& codeColor) {
    const auto cells = [&codeColor](const QStringList& texts) {
        QVariantList list;
        for (const QString& text : texts)
            list += withCodeColor(text, codeColor);
        return list;
    };
    QVariantList rows, align;
    for (const QStringList& row : table.rows)
        rows += QVariant::fromValue(cells(row));
    for (const CellAlign one : table.align)
        align += alignName(one);
    return {{"header", cells(table.header)}, {"rows", rows}, {"align", align}, {"continued", table.continued}};
}

bool tableContains(const BlockTable& table, const QString& text) {
    const auto in = [&text](const QStringList& cells) {
        return std::any_of(cells.begin(), cells.end(),
                           [&text](const QString& cell) { return cell.contains(text, Qt::CaseInsensitive); });
    };
    return in(table.plainHeader) || std::any_of(table.plainRows.begin(), table.plainRows.end(), in);
}

} // namespace

QHash<int, QByteArray> TimelineModel::roleNames() const {
    return {
        {KindRole, "kind"},
        {MessageIdRole, "messageId"},
        {BlockIdRole, "blockId"},
        {RoleRole, "role"},
        {FirstRole, "first"},
        {HtmlRole, "html"},
        {PlainRole, "plain"},
        {SourceRole, "source"},
        {LevelRole, "level"},
        {MarkerRole, "marker"},
        {LanguageRole, "language"},
        {CodeRole, "code"},
        {HighlightedRole, "highlighted"},
        {TableRole, "table"},
        {FoldedRole, "folded"},
        {ElapsedTextRole, "elapsedText"},
        {StreamingRole, "streaming"},
        {StatusRole, "status"},
        {ErrorTextRole, "errorText"},
        {ErrorHintRole, "errorHint"},
        {AttachmentsRole, "attachments"},
        {VersionIndexRole, "versionIndex"},
        {VersionCountRole, "versionCount"},
        {FooterRole, "footer"},
        {FeedbackRole, "feedback"},
        {ToolNameRole, "toolName"},
        {ToolArgumentsRole, "toolArguments"},
        {ToolResultRole, "toolResult"},
        {QuoteDepthRole, "quoteDepth"},
        {HighlightedMatchRole, "highlightedMatch"},
    };
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const TimelineRow& row = at(index.row());
    const TimelineMessage& message = *row.message;
    switch (role) {
    case KindRole:
        return row.kindName();
    case MessageIdRole:
        return message.id;
    case BlockIdRole:
        return row.blockId();
    case RoleRole:
        return toQt(std::string(roleName(message.record.message.role)));
    case FirstRole:
        return row.first;
    case FoldedRole:
        return row.folded;
    case ElapsedTextRole:
        return elapsedText(row);
    case StreamingRole:
        return message.growing && &row == &m_rows.back();
    case StatusRole:
        return toQt(std::string(messageStatusName(message.record.status)));
    case ErrorTextRole:
        return message.record.error ? toQt(message.record.error->message) : QString();
    case ErrorHintRole:
        return message.record.error ? toQt(message.record.error->hint) : QString();
    case VersionIndexRole:
        return message.version;
    case VersionCountRole:
        return message.versions;
    case FeedbackRole:
        return message.record.feedback;
    case FooterRole:
        return row.kind == RowKind::Footer ? footerOf(message) : QVariantMap();
    case HighlightedMatchRole:
        return !m_match.isEmpty() && matches(row);
    case AttachmentsRole:
        if (row.kind == RowKind::Image)
            return QVariantList{row.image};
        return row.kind == RowKind::User ? message.attachments : QVariantList();
    default:
        return row.kind == RowKind::User || row.kind == RowKind::Day ? userData(row, role) : blockData(row, role);
    }
}

QVariant TimelineModel::userData(const TimelineRow& row, int role) const {
    switch (role) {
    case Qt::DisplayRole:
    case PlainRole:
    case SourceRole:
        if (row.kind == RowKind::Day)
            return dayText(row.message->day, QDate::currentDate());
        return row.message->userText;
    case LevelRole:
    case QuoteDepthRole:
        return 0;
    case TableRole:
        return QVariantMap();
    default:
        return role > Qt::UserRole ? QVariant(QString()) : QVariant();
    }
}

QVariant TimelineModel::blockData(const TimelineRow& row, int role) const {
    const Block& block = row.block;
    const bool tool = row.kind == RowKind::Tool;
    switch (role) {
    case HtmlRole:
        return row.kind == RowKind::Block ? withCodeColor(block.html, m_inlineCodeColor) : QString();
    case Qt::DisplayRole:
    case PlainRole:
        return block.plain;
    case SourceRole:
        return row.kind == RowKind::Block ? block.source() : tool ? block.code : block.plain;
    case LevelRole:
        return block.kind == BlockKind::Heading ? block.level : std::max(block.level, block.listDepth);
    case MarkerRole:
        return block.marker;
    case LanguageRole:
        return tool ? QString() : block.language;
    case CodeRole:
        return tool ? QString() : block.code;
    case HighlightedRole:
        return row.highlighted;
    case TableRole:
        return block.kind == BlockKind::Table ? tableOf(block.table, m_inlineCodeColor) : QVariantMap();
    case ToolNameRole:
        return tool ? block.language : QString();
    case ToolArgumentsRole:
        return tool ? block.code : QString();
    case ToolResultRole:
        return tool ? m_toolResults.value(row.toolCallId) : QString();
    case QuoteDepthRole:
        return block.quoteDepth;
    default:
        return {};
    }
}

bool TimelineModel::matches(const TimelineRow& row) const {
    const auto has = [this](const QString& text) { return text.contains(m_match, Qt::CaseInsensitive); };
    switch (row.kind) {
    case RowKind::User:
        return has(row.message->userText);
    case RowKind::Block:
        return has(row.block.plain) || has(row.block.code) || tableContains(row.block.table, m_match);
    default:
        return false;
    }
}

int TimelineModel::rowOfMatch(const QString& messageId, const QString& text) const {
    const TimelineMessage* message = m_byId.value(messageId);
    if (!message)
        return -1;
    const std::size_t first = firstRowOf(message);
    for (std::size_t i = first; i < m_rows.size() && m_rows[i].message == message; ++i)
        if (text == m_match && matches(m_rows[i]))
            return modelRow(i);
    return first < m_rows.size() ? modelRow(first) : -1;
}

void TimelineModel::setMatch(const QString& text) {
    if (m_match == text)
        return;
    m_match = text;
    changedAll({HighlightedMatchRole});
}

void TimelineModel::setFolded(int row, bool folded) {
    if (row < 0 || row >= count() || at(row).folded == folded)
        return;
    at(row).folded = folded;
    m_folds.insert(at(row).blockId(), folded);
    Q_EMIT dataChanged(index(row), index(row), {FoldedRole});
}

void TimelineModel::setFeedback(const QString& messageId, int feedback) {
    TimelineMessage* message = m_byId.value(messageId);
    if (!message)
        return;
    message->record.feedback = feedback;
    for (std::size_t i = firstRowOf(message); i < m_rows.size() && m_rows[i].message == message; ++i)
        changed(i, 1, {FeedbackRole});
}

QString TimelineModel::textOf(int row) const {
    if (row < 0 || row >= count())
        return {};
    const TimelineRow& r = at(row);
    switch (r.kind) {
    case RowKind::User:
        return r.message->userText;
    case RowKind::Block:
        return r.block.kind == BlockKind::Code ? r.block.code : r.block.source();
    case RowKind::Reasoning:
        return r.block.plain;
    case RowKind::Tool:
        return r.block.language + QLatin1Char('\n') + r.block.code + QLatin1Char('\n') +
               m_toolResults.value(r.toolCallId);
    case RowKind::Error:
        return data(index(row), ErrorTextRole).toString() + QLatin1Char('\n') +
               data(index(row), ErrorHintRole).toString();
    default:
        return {};
    }
}

QString TimelineModel::lastCodeBlock() const {
    for (auto it = m_rows.rbegin(); it != m_rows.rend(); ++it)
        if (it->kind == RowKind::Block && it->block.kind == BlockKind::Code)
            return it->block.code;
    return {};
}

void TimelineModel::requestHighlight(int row) {
    if (row < 0 || row >= count() || at(row).block.kind != BlockKind::Code || at(row).kind != RowKind::Block)
        return;
    TimelineRow& r = at(row);
    r.wantsColours = true;
    m_highlighter.request(r.blockId(), r.block.code, r.block.language, r.message->growing);
}

void TimelineModel::onHighlighted(const QString& blockId, const QString& code, const QString& html, bool) {
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        TimelineRow& row = m_rows[i];
        if (row.block.kind != BlockKind::Code || row.kind != RowKind::Block || !row.block.code.startsWith(code) ||
            row.blockId() != blockId)
            continue;
        row.highlighted = html + plainCodeHtml(row.block.code.mid(code.size()));
        changed(i, 1, {HighlightedRole});
        return;
    }
}

void TimelineModel::setDarkCode(bool dark) {
    if (m_darkCode == dark)
        return;
    m_darkCode = dark;
    m_highlighter.setPalette(dark ? CodePalette::dark() : CodePalette::light());
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].wantsColours)
            requestHighlight(modelRow(i));
    Q_EMIT darkCodeChanged();
}

void TimelineModel::setInlineCodeColor(const QString& color) {
    if (m_inlineCodeColor == color)
        return;
    m_inlineCodeColor = color;
    changedAll({HtmlRole, TableRole});
    Q_EMIT inlineCodeColorChanged();
}

} // namespace patchbay
