#include "storage/message_store.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "storage/conversation_store.h"
#include "storage/database.h"
#include "storage/message_json.h"
#include "storage/search_index.h"

namespace patchbay {
namespace {

#define PATCHBAY_MESSAGE_COLUMNS(m)                                                                                    \
    m "id, " m "conversation_id, " m "parent_id, " m "content, " m "model, " m "provider, " m "status, " m             \
      "finish_reason, " m "error, " m "usage, " m "cost_nano_usd, " m "trace_id, " m "created_at, " m                  \
      "first_token_ms, " m "duration_ms, " m "feedback"

constexpr int kMessageColumns = 16; // of the macro above

Error noMessage(const std::string& id) {
    return makeError(ErrorCode::NotFound, fmt::format("There is no message {}.", id),
                     "It may have been deleted with its conversation; load the conversation again.");
}

SqlValue errorValue(const MessageRecord& record) {
    return record.error ? SqlValue(writeJson(errorToJson(*record.error))) : SqlValue(nullptr);
}

SqlValue usageValue(const MessageRecord& record) {
    return record.usage == Usage{} ? SqlValue(nullptr) : SqlValue(writeJson(usageToJson(record.usage)));
}

Result<MessageRecord> fromRow(const SqlRow& row) {
    MessageRecord record{.id = row.text(0),
                         .conversationId = row.text(1),
                         .parentId = row.text(2),
                         .model = row.text(4),
                         .provider = row.text(5),
                         .status = messageStatusFromName(row.text(6)).value_or(MessageStatus::Interrupted),
                         .finishReason = row.text(7),
                         .costNanoUsd = row.optionalInteger(10),
                         .traceId = row.text(11),
                         .createdAt = row.integer(12),
                         .firstTokenMs = row.optionalInteger(13),
                         .durationMs = row.optionalInteger(14),
                         .feedback = static_cast<int>(row.integer(15))};
    auto content = parseJson(row.text(3));
    if (!content)
        return content.error();
    auto message = messageFromJson(*content);
    if (!message)
        return message.error();
    record.message = std::move(*message);
    if (!row.isNull(8))
        if (auto error = parseJsonObject(row.text(8)))
            record.error = errorFromJson(*error);
    if (!row.isNull(9))
        if (auto usage = parseJsonObject(row.text(9)))
            record.usage = usageFromJson(*usage);
    return record;
}

Result<std::vector<MessageRecord>> readAll(Connection& connection, std::string_view sql, SqlValues values) {
    std::vector<MessageRecord> records;
    auto listed = connection.each(sql, std::move(values), [&records](const SqlRow& row) -> Result<void> {
        auto record = fromRow(row);
        if (!record)
            return record.error();
        records.push_back(std::move(*record));
        return {};
    });
    if (!listed)
        return listed.error();
    return records;
}

Result<void> checkParent(Connection& connection, const MessageRecord& record) {
    if (record.parentId.empty())
        return {};
    auto parent = connection.text("SELECT conversation_id FROM messages WHERE id = ?", {record.parentId});
    if (!parent)
        return parent.error();
    return *parent == record.conversationId ? Result<void>() : noMessage(record.parentId);
}

Result<void> touch(Connection& connection, const std::string& conversationId, const std::string& leaf,
                   std::int64_t now) {
    return connection.run("UPDATE conversations SET active_leaf = coalesce(?, active_leaf), "
                          "updated_at = max(updated_at, ?) WHERE id = ?",
                          {sqlTextOrNull(leaf), now, conversationId});
}

} // namespace

std::string_view messageStatusName(MessageStatus status) {
    switch (status) {
    case MessageStatus::Complete:
        return "complete";
    case MessageStatus::Streaming:
        return "streaming";
    case MessageStatus::Stopped:
        return "stopped";
    case MessageStatus::Error:
        return "error";
    case MessageStatus::Interrupted:
        return "interrupted";
    }
    return "error";
}

std::optional<MessageStatus> messageStatusFromName(std::string_view name) {
    for (const auto status : {MessageStatus::Complete, MessageStatus::Streaming, MessageStatus::Stopped,
                              MessageStatus::Error, MessageStatus::Interrupted})
        if (messageStatusName(status) == name)
            return status;
    return std::nullopt;
}

Result<void> insertMessage(Connection& connection, const MessageRecord& record) {
    auto inserted = connection.run(
        "INSERT INTO messages (" PATCHBAY_MESSAGE_COLUMNS("") ", role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                                                              "?, ?, ?, ?)",
        {record.id, record.conversationId, sqlTextOrNull(record.parentId), writeJson(messageToJson(record.message)),
         record.model, record.provider, std::string(messageStatusName(record.status)), record.finishReason,
         errorValue(record), usageValue(record), sqlOrNull(record.costNanoUsd), record.traceId, record.createdAt,
         sqlOrNull(record.firstTokenMs), sqlOrNull(record.durationMs), std::int64_t{record.feedback},
         std::string(roleName(record.message.role))});
    if (!inserted || record.status == MessageStatus::Streaming)
        return inserted;
    return indexMessage(connection, record.conversationId, record.id, record.createdAt, record.message);
}

Result<void> completeMessage(Connection& connection, const MessageRecord& record) {
    auto updated = connection.run(
        "UPDATE messages SET content = ?, model = ?, provider = ?, status = ?, finish_reason = ?, error = ?, usage = "
        "?, "
        "cost_nano_usd = ?, trace_id = ?, first_token_ms = ?, duration_ms = ? WHERE id = ? AND status = 'streaming'",
        {writeJson(messageToJson(record.message)), record.model, record.provider,
         std::string(messageStatusName(record.status)), record.finishReason, errorValue(record), usageValue(record),
         sqlOrNull(record.costNanoUsd), record.traceId, sqlOrNull(record.firstTokenMs), sqlOrNull(record.durationMs),
         record.id});
    if (!updated)
        return updated;
    if (connection.changes() == 0) {
        if (auto existing = readMessage(connection, record.id); !existing)
            return existing.error();
        return makeError(ErrorCode::Conflict, "This reply is finished already.", "Load the conversation again.");
    }
    if (auto gone = connection.run("DELETE FROM journal WHERE message_id = ?", {record.id}); !gone)
        return gone;
    return indexMessage(connection, record.conversationId, record.id, record.createdAt, record.message);
}

Result<MessageRecord> readMessage(Connection& connection, std::string id) {
    auto found = connection.first("SELECT " PATCHBAY_MESSAGE_COLUMNS("") " FROM messages WHERE id = ?", {id}, fromRow);
    if (!found)
        return found.error();
    if (!*found)
        return noMessage(id);
    return std::move(**found);
}

Result<std::vector<MessageRecord>> readMessages(Connection& connection, std::string conversationId) {
    return readAll(connection,
                   "SELECT " PATCHBAY_MESSAGE_COLUMNS("") " FROM messages WHERE conversation_id = ? ORDER BY id",
                   {std::move(conversationId)});
}

Result<std::vector<MessageRecord>> readPath(Connection& connection, std::string messageId) {
    return readAll(connection,
                   "WITH RECURSIVE up (id, parent_id, height) AS ("
                   " SELECT id, parent_id, 0 FROM messages WHERE id = ?"
                   " UNION ALL SELECT p.id, p.parent_id, up.height + 1 FROM messages p JOIN up ON p.id = up.parent_id)"
                   " SELECT " PATCHBAY_MESSAGE_COLUMNS("m.") " FROM up JOIN messages m ON m.id = up.id "
                                                             "ORDER BY up.height DESC",
                   {std::move(messageId)});
}

awaitable<Result<MessageRecord>> MessageStore::add(MessageRecord record, Place place) {
    return m_database.run([record = std::move(record), place](Connection& connection) mutable -> Result<MessageRecord> {
        return connection.transaction([&]() -> Result<MessageRecord> {
            auto conversation = readConversation(connection, record.conversationId);
            if (!conversation)
                return conversation.error();
            if (place == Place::UnderActiveLeaf)
                record.parentId = conversation->activeLeaf;
            else if (auto checked = checkParent(connection, record); !checked)
                return checked.error();
            if (auto done = insertMessage(connection, record); !done)
                return done.error();
            if (auto done = touch(connection, record.conversationId, record.id, record.createdAt); !done)
                return done.error();
            return record;
        });
    });
}

awaitable<Result<void>> MessageStore::finish(MessageRecord record, std::int64_t now) {
    return m_database.run([record = std::move(record), now](Connection& connection) -> Result<void> {
        return connection.transaction([&]() -> Result<void> {
            if (auto done = completeMessage(connection, record); !done)
                return done;
            return touch(connection, record.conversationId, {}, now);
        });
    });
}

awaitable<Result<MessageRecord>> MessageStore::get(std::string id) {
    return m_database.run([id = std::move(id)](Connection& connection) { return readMessage(connection, id); });
}

awaitable<Result<std::vector<MessageRecord>>> MessageStore::activePath(std::string conversationId) {
    return m_database.run(
        [id = std::move(conversationId)](Connection& connection) -> Result<std::vector<MessageRecord>> {
            auto conversation = readConversation(connection, id);
            if (!conversation)
                return conversation.error();
            return readPath(connection, conversation->activeLeaf);
        });
}

awaitable<Result<std::vector<MessageRecord>>> MessageStore::pathTo(std::string messageId) {
    return m_database.run([id = std::move(messageId)](Connection& connection) -> Result<std::vector<MessageRecord>> {
        auto path = readPath(connection, id);
        if (path && path->empty())
            return noMessage(id);
        return path;
    });
}

awaitable<Result<PathPage>> MessageStore::pathUp(std::string messageId, int limit) {
    return m_database.run([id = std::move(messageId), limit](Connection& connection) -> Result<PathPage> {
        PathPage page;
        // The plus keeps SQLite from going through all messages of the conversation instead of the parent's few.
        auto listed = connection.each(
            "WITH RECURSIVE up (id, parent_id, height) AS ("
            " SELECT id, parent_id, 0 FROM messages WHERE id = ?"
            " UNION ALL SELECT p.id, p.parent_id, up.height + 1 FROM messages p JOIN up ON p.id = up.parent_id LIMIT ?)"
            " SELECT " PATCHBAY_MESSAGE_COLUMNS("m.") ", "
            "(SELECT count(*) FROM messages s WHERE s.parent_id IS m.parent_id AND +s.conversation_id = "
            "m.conversation_id), "
            "(SELECT count(*) FROM messages s WHERE s.parent_id IS m.parent_id AND +s.conversation_id = "
            "m.conversation_id AND s.id <= m.id) "
            "FROM up JOIN messages m ON m.id = up.id ORDER BY up.height",
            {id, std::int64_t{std::max(limit, 1)}}, [&page](const SqlRow& row) -> Result<void> {
                auto record = fromRow(row);
                if (!record)
                    return record.error();
                page.messages.push_back({.record = std::move(*record),
                                         .version = static_cast<int>(row.integer(kMessageColumns + 1)),
                                         .versions = static_cast<int>(row.integer(kMessageColumns))});
                return {};
            });
        if (!listed)
            return listed.error();
        if (page.messages.empty())
            return noMessage(id);
        page.more = !page.messages.back().record.parentId.empty();
        return page;
    });
}

awaitable<Result<std::vector<std::string>>> MessageStore::versions(std::string messageId) {
    return m_database.run([id = std::move(messageId)](Connection& connection) -> Result<std::vector<std::string>> {
        std::vector<std::string> ids;
        auto listed = connection.each("SELECT s.id FROM messages m JOIN messages s ON s.parent_id IS m.parent_id AND "
                                      "+s.conversation_id = m.conversation_id WHERE m.id = ? ORDER BY s.id",
                                      {id}, [&ids](const SqlRow& row) -> Result<void> {
                                          ids.push_back(row.text(0));
                                          return {};
                                      });
        if (!listed)
            return listed.error();
        if (ids.empty())
            return noMessage(id);
        return ids;
    });
}

awaitable<Result<std::optional<std::int64_t>>> MessageStore::costOf(std::string conversationId) {
    return m_database.run(
        [id = std::move(conversationId)](Connection& connection) -> Result<std::optional<std::int64_t>> {
            auto sum = connection.first("SELECT sum(cost_nano_usd) FROM messages WHERE conversation_id = ?", {id},
                                        [](const SqlRow& row) { return row.optionalInteger(0); });
            if (!sum)
                return sum.error();
            return sum->value_or(std::nullopt);
        });
}

awaitable<Result<std::string>> MessageStore::selectBranch(std::string messageId) {
    return m_database.run([id = std::move(messageId)](Connection& connection) -> Result<std::string> {
        return connection.transaction([&]() -> Result<std::string> {
            auto conversation = connection.text("SELECT conversation_id FROM messages WHERE id = ?", {id});
            if (!conversation)
                return conversation;
            if (conversation->empty())
                return noMessage(id);
            std::string leaf = id;
            for (;;) {
                auto child =
                    connection.text("SELECT id FROM messages WHERE parent_id = ? ORDER BY id DESC LIMIT 1", {leaf});
                if (!child)
                    return child;
                if (child->empty())
                    break;
                leaf = std::move(*child);
            }
            if (auto done =
                    connection.run("UPDATE conversations SET active_leaf = ? WHERE id = ?", {leaf, *conversation});
                !done)
                return done.error();
            return leaf;
        });
    });
}

awaitable<Result<void>> MessageStore::setFeedback(std::string messageId, int feedback) {
    return m_database.run([id = std::move(messageId), feedback](Connection& connection) -> Result<void> {
        auto done = connection.run("UPDATE messages SET feedback = ? WHERE id = ?",
                                   {std::int64_t{std::clamp(feedback, -1, 1)}, id});
        if (done && connection.changes() == 0)
            return noMessage(id);
        return done;
    });
}

} // namespace patchbay
