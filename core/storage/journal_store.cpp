#include "storage/journal_store.h"

#include "base/json_writer.h"
#include "chat/reply_builder.h"
#include "storage/database.h"
#include "storage/message_json.h"
#include "storage/message_store.h"

namespace patchbay {
namespace {

void join(std::vector<JournalRow>& rows, std::string_view kind, int part, const std::string& text) {
    if (rows.empty() || rows.back().kind != kind || rows.back().part != part)
        rows.push_back({.kind = std::string(kind), .part = part});
    rows.back().delta += text;
}

struct JournalAppender {
    std::vector<JournalRow>& rows;

    void operator()(const ReplyStarted&) {}
    void operator()(const TextDelta& e) { join(rows, "text", 0, e.text); }
    void operator()(const ReasoningDelta& e) { join(rows, "reasoning", e.block, e.text); }
    void operator()(const RefusalDelta& e) { join(rows, "refusal", 0, e.text); }
    void operator()(const ToolCallDelta& e) { join(rows, "tool_delta", e.index, e.arguments); }
    void operator()(const ReasoningSignature& e) {
        add("signature", e.block, {{"signature", e.signature}, {"redacted", e.redacted}, {"id", e.id}});
    }
    void operator()(const ToolCallStarted& e) {
        add("tool_start", e.index, {{"id", e.id}, {"name", e.name}, {"signature", e.signature}, {"custom", e.custom}});
    }
    void operator()(const UsageReported& e) { add("usage", 0, usageToJson(e.usage)); }
    void operator()(const ReplyFinished& e) { add("finish", static_cast<int>(e.reason), {{"raw", e.raw}}); }

    void add(std::string_view kind, int part, json::object value) {
        rows.push_back({.kind = std::string(kind), .part = part, .delta = writeJson(value)});
    }
};

int choiceOf(const ChatEvent& event) {
    return std::visit(
        [](const auto& e) {
            if constexpr (requires { e.choice; })
                return e.choice;
            else
                return 0;
        },
        event);
}

std::string text(const json::object& object, std::string_view key) {
    return std::string(stringOr(object, key));
}

std::optional<ChatEvent> eventOf(const JournalRow& row) {
    if (row.kind == "text")
        return TextDelta{.text = row.delta};
    if (row.kind == "reasoning")
        return ReasoningDelta{.text = row.delta, .block = row.part};
    if (row.kind == "refusal")
        return RefusalDelta{.text = row.delta};
    if (row.kind == "tool_delta")
        return ToolCallDelta{.index = row.part, .arguments = row.delta};
    const auto value = parseJsonObject(row.delta);
    if (!value)
        return std::nullopt;
    if (row.kind == "signature")
        return ReasoningSignature{.signature = text(*value, "signature"),
                                  .redacted = text(*value, "redacted"),
                                  .id = text(*value, "id"),
                                  .block = row.part};
    if (row.kind == "tool_start")
        return ToolCallStarted{.index = row.part,
                               .id = text(*value, "id"),
                               .name = text(*value, "name"),
                               .signature = text(*value, "signature"),
                               .custom = findBool(*value, "custom").value_or(false)};
    if (row.kind == "usage")
        return UsageReported{.usage = usageFromJson(*value)};
    if (row.kind == "finish")
        return ReplyFinished{
            .reason = static_cast<FinishReason>(std::clamp(row.part, 0, static_cast<int>(FinishReason::Other))),
            .raw = text(*value, "raw")};
    return std::nullopt;
}

Result<std::vector<JournalRow>> readJournal(Connection& connection, const std::string& messageId) {
    std::vector<JournalRow> rows;
    auto listed = connection.each(
        "SELECT kind, part, delta FROM journal WHERE message_id = ? ORDER BY seq", {messageId},
        [&rows](const SqlRow& row) -> Result<void> {
            rows.push_back({.kind = row.text(0), .part = static_cast<int>(row.integer(1)), .delta = row.text(2)});
            return {};
        });
    if (!listed)
        return listed.error();
    return rows;
}

Result<void> recoverOne(Connection& connection, const std::string& messageId) {
    auto record = readMessage(connection, messageId);
    if (!record)
        return record.error();
    auto rows = readJournal(connection, messageId);
    if (!rows)
        return rows.error();
    ReplyBuilder builder;
    builder.add(eventsOfJournal(*rows));
    ChatReply reply = builder.take();
    record->message.parts = std::move(reply.choices.front().message.parts);
    record->usage = reply.usage;
    record->status = MessageStatus::Interrupted;
    return completeMessage(connection, *record);
}

} // namespace

void appendToJournal(std::vector<JournalRow>& rows, const ChatEvent& event) {
    if (choiceOf(event) == 0)
        std::visit(JournalAppender{rows}, event);
}

EventBatch eventsOfJournal(const std::vector<JournalRow>& rows) {
    EventBatch events;
    for (const JournalRow& row : rows)
        if (auto event = eventOf(row))
            events.push_back(std::move(*event));
    return events;
}

awaitable<Result<void>> JournalStore::append(std::string messageId, std::int64_t firstSeq,
                                             std::vector<JournalRow> rows) {
    return m_database.run([messageId = std::move(messageId), firstSeq,
                           rows = std::move(rows)](Connection& connection) -> Result<void> {
        return connection.transaction([&]() -> Result<void> {
            std::int64_t seq = firstSeq;
            for (const JournalRow& row : rows) {
                auto done =
                    connection.run("INSERT INTO journal (message_id, seq, kind, part, delta) VALUES (?, ?, ?, ?, ?)",
                                   {messageId, seq++, row.kind, std::int64_t{row.part}, row.delta});
                if (!done)
                    return done;
            }
            return {};
        });
    });
}

awaitable<Result<int>> JournalStore::recover() {
    return m_database.run([](Connection& connection) -> Result<int> {
        std::vector<std::string> ids;
        auto listed = connection.each("SELECT id FROM messages WHERE status = 'streaming'", {},
                                      [&ids](const SqlRow& row) -> Result<void> {
                                          ids.push_back(row.text(0));
                                          return {};
                                      });
        if (!listed)
            return listed.error();
        for (const std::string& id : ids)
            if (auto done = connection.transaction([&] { return recoverOne(connection, id); }); !done)
                return done.error();
        return static_cast<int>(ids.size());
    });
}

} // namespace patchbay
