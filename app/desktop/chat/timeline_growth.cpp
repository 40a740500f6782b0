// How the newest message grows: only the rows at its end change.
#include "app/desktop/chat/display_text.h"
#include "app/desktop/chat/timeline_model.h"

namespace patchbay {
namespace {

bool isKind(const TimelineRow& a, const TimelineRow& b) {
    return a.kind == b.kind && a.block.kind == b.block.kind;
}

// What of a row's content changes while it grows.
QList<int> growingRoles(const TimelineRow& row) {
    using Model = TimelineModel;
    switch (row.kind) {
    case RowKind::Reasoning:
        return {Model::PlainRole, Model::SourceRole};
    case RowKind::Tool:
        return {Model::ToolNameRole, Model::ToolArgumentsRole, Model::SourceRole};
    default:
        break;
    }
    switch (row.block.kind) {
    case BlockKind::Code:
        return {Model::CodeRole, Model::HighlightedRole, Model::LanguageRole, Model::PlainRole, Model::SourceRole};
    case BlockKind::Table:
        return {Model::TableRole, Model::PlainRole, Model::SourceRole};
    case BlockKind::Math:
        return {Model::CodeRole, Model::PlainRole, Model::SourceRole};
    default:
        return {Model::HtmlRole, Model::PlainRole, Model::SourceRole, Model::LevelRole, Model::MarkerRole};
    }
}

} // namespace

void TimelineModel::beginGrowing(TimelineMessage& message) {
    message.growing = true;
    m_growing = std::make_unique<GrowingReply>();
    m_growing->message = &message;
    m_growing->waiting = true; // makeRows of a message without content gives its footer
}

void TimelineModel::setWaiting(bool waiting) {
    if (m_growing->waiting == waiting)
        return;
    m_growing->waiting = waiting;
    if (!waiting)
        dropRows(m_rows.size() - 1, 1);
}

void TimelineModel::grow(const QString& messageId, const Message& soFar) {
    if (!m_growing || m_growing->message->id != messageId)
        return;
    for (std::size_t i = 0; i < soFar.parts.size(); ++i)
        growPart(static_cast<int>(i), soFar.parts[i]);
    updateLastRow();
}

void TimelineModel::growPart(int number, const ContentPart& content) {
    auto& parts = m_growing->parts;
    const auto at = static_cast<std::size_t>(number);
    if (at == parts.size()) {
        parts.push_back(std::make_unique<GrowingPart>());
        parts.back()->since.start();
    }
    GrowingPart& part = *parts[at];
    TimelineMessage& message = *m_growing->message;
    const auto* text = std::get_if<TextPart>(&content);
    const auto* refusal = std::get_if<RefusalPart>(&content);
    if (text || refusal) {
        const QString fresh = part.take(text ? text->text : refusal->text);
        if (fresh.isEmpty())
            return;
        const BlockChange change = part.document.append(fresh);
        if (change.isEmpty())
            return;
        applyChange(at, change);
        return;
    }
    std::size_t bytes = 0;
    if (const auto* reasoning = std::get_if<ReasoningPart>(&content))
        bytes = reasoning->text.size();
    else if (const auto* call = std::get_if<ToolCallPart>(&content))
        bytes = call->arguments.size() + 1;
    else
        bytes = 1; // a picture: comes as a whole
    if (bytes == part.taken)
        return;
    part.taken = bytes;
    Rows rows = rowsOfPart(message, number, content);
    if (rows.empty() && part.rows == 0)
        return;
    setWaiting(false);
    const std::size_t base = firstRowOfPart(at);
    const std::size_t before = std::exchange(part.rows, rows.size());
    replaceRows(base, before, std::move(rows));
}

std::size_t TimelineModel::firstRowOfPart(std::size_t number) const {
    std::size_t base = m_rows.size(); // a reply that grows is the newest message
    for (std::size_t i = number; i < m_growing->parts.size(); ++i)
        base -= m_growing->parts[i]->rows;
    return base;
}

void TimelineModel::applyChange(std::size_t number, const BlockChange& change) {
    GrowingPart& part = *m_growing->parts[number];
    Rows rows;
    for (int i = change.first; i < change.first + change.added; ++i) {
        TimelineRow& row = rows.emplace_back();
        row.message = m_growing->message;
        row.part = static_cast<int>(number);
        row.index = i;
        row.block = part.document.block(i);
    }
    setWaiting(false);
    const std::size_t base = firstRowOfPart(number);
    part.rows = static_cast<std::size_t>(part.document.count());
    replaceRows(base + static_cast<std::size_t>(change.first), static_cast<std::size_t>(change.removed),
                std::move(rows));
}

void TimelineModel::replaceRows(std::size_t at, std::size_t removed, Rows rows) {
    std::size_t i = 0;
    for (; i < std::min(removed, rows.size()); ++i) {
        TimelineRow& old = m_rows[at + i];
        TimelineRow& fresh = rows[i];
        if (!isKind(old, fresh)) {
            // Another delegate: a view chooses it when the row appears.
            fresh.first = old.first;
            dropRows(at + i, 1);
            Rows one;
            one.push_back(std::move(fresh));
            addRows(at + i, std::move(one));
            continue;
        }
        if (!old.highlighted.isEmpty() && fresh.block.code != old.block.code) {
            // The colours lag behind; until they come, what is new has none.
            if (fresh.block.code.startsWith(old.block.code))
                old.highlighted += plainCodeHtml(fresh.block.code.mid(old.block.code.size()));
            else
                old.highlighted.clear();
        }
        old.block = std::move(fresh.block);
        old.toolCallId = std::move(fresh.toolCallId);
        if (old.wantsColours)
            m_highlighter.request(old.blockId(), old.block.code, old.block.language, true);
        changed(at + i, 1, growingRoles(old));
    }
    if (i < removed) {
        dropRows(at + i, removed - i);
    } else if (i < rows.size()) {
        rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(i));
        const bool startsMessage = at + i == 0 || m_rows[at + i - 1].message != rows.front().message ||
                                   m_rows[at + i - 1].kind == RowKind::Day;
        rows.front().first = startsMessage;
        addRows(at + i, std::move(rows));
    }
}

// The role `streaming` belongs to the newest row; it moves when a new one begins.
void TimelineModel::updateLastRow() {
    if (!m_growing || m_rows.empty())
        return;
    const QString last = m_rows.back().blockId();
    if (last != m_lastGrowing) {
        for (std::size_t i = m_rows.size(); i-- > 0 && m_rows[i].message == m_growing->message;)
            if (m_rows[i].blockId() == m_lastGrowing) {
                if (m_rows[i].kind == RowKind::Reasoning)
                    m_rows[i].elapsed =
                        durationText(m_growing->parts[static_cast<std::size_t>(m_rows[i].part)]->since.elapsed());
                changed(i, 1, {StreamingRole, ElapsedTextRole});
                break;
            }
        m_lastGrowing = last;
    }
    if (m_rows.back().kind == RowKind::Reasoning) {
        if (!m_elapsed.isActive())
            m_elapsed.start();
    } else {
        m_elapsed.stop();
    }
}

void TimelineModel::updateElapsed() {
    if (m_growing && !m_rows.empty() && m_rows.back().kind == RowKind::Reasoning)
        changed(m_rows.size() - 1, 1, {ElapsedTextRole});
    else
        m_elapsed.stop();
}

QString TimelineModel::elapsedText(const TimelineRow& row) const {
    if (row.kind != RowKind::Reasoning)
        return {};
    if (m_growing && &row == &m_rows.back()) {
        const qint64 elapsed = m_growing->parts[static_cast<std::size_t>(row.part)]->since.elapsed();
        return tr("Thinking for %1").arg(secondsText(elapsed));
    }
    return row.elapsed.isEmpty() ? tr("Thought") : tr("Thought for %1").arg(row.elapsed);
}

void TimelineModel::finish(PathMessage path) {
    TimelineMessage* message = m_byId.value(toQt(path.record.id));
    if (!message)
        return;
    const bool growing = m_growing && m_growing->message == message;
    if (growing) {
        grow(message->id, path.record.message);
        for (std::size_t i = 0; i < m_growing->parts.size(); ++i)
            if (const BlockChange change = m_growing->parts[i]->document.finish(); !change.isEmpty())
                applyChange(i, change);
        setWaiting(false);
        m_lastGrowing.clear();
        if (!m_rows.empty() && m_rows.back().kind == RowKind::Reasoning && m_rows.back().message == message)
            m_rows.back().elapsed =
                durationText(m_growing->parts[static_cast<std::size_t>(m_rows.back().part)]->since.elapsed());
        m_growing.reset();
        m_elapsed.stop();
    }
    message->growing = false;
    message->record = std::move(path.record);
    message->record.message.parts = {};
    message->version = path.version;
    message->versions = path.versions;
    const std::size_t first = firstRowOf(message);
    if (!growing) {
        for (std::size_t i = first; i < m_rows.size() && m_rows[i].message == message; ++i)
            changed(i, 1);
        return;
    }
    if (!m_rows.empty() && m_rows.back().message == message)
        changed(m_rows.size() - 1, 1, {StreamingRole, StatusRole, ElapsedTextRole});
    Rows rows = closingRows(*message);
    rows.front().first = first == m_rows.size();
    addRows(m_rows.size(), std::move(rows));
}

} // namespace patchbay
