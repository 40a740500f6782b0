#include "storage/conversation_store.h"

#include <charconv>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "storage/database.h"
#include "storage/message_store.h"
#include "storage/search_index.h"

namespace patchbay {
namespace {

#define PATCHBAY_CONVERSATION_COLUMNS                                                                                  \
    "id, title, title_is_auto, created_at, updated_at, model, system_prompt, parameters, folder, pinned, deleted_at, " \
    "active_leaf, draft"

Error noConversation(const std::string& id) {
    return makeError(ErrorCode::NotFound, fmt::format("There is no conversation {}.", id),
                     "It may have been deleted; list the conversations again.");
}

std::int64_t number(bool flag) {
    return flag ? 1 : 0;
}

Result<Conversation> fromRow(const SqlRow& row) {
    Conversation conversation{.id = row.text(0),
                              .title = row.text(1),
                              .titleIsAuto = row.integer(2) != 0,
                              .createdAt = row.integer(3),
                              .updatedAt = row.integer(4),
                              .model = row.text(5),
                              .systemPrompt = row.text(6),
                              .folder = row.text(8),
                              .pinned = row.integer(9) != 0,
                              .deletedAt = row.optionalInteger(10),
                              .activeLeaf = row.text(11),
                              .draft = row.text(12)};
    auto parameters = parseJsonObject(row.text(7));
    if (!parameters)
        return parameters.error();
    conversation.parameters = std::move(*parameters);
    return conversation;
}

/// "pinned.updated_at.id" of the last conversation of a page.
struct Cursor {
    std::int64_t pinned = 0;
    std::int64_t updatedAt = 0;
    std::string id;
};

std::string toText(const Conversation& last) {
    return fmt::format("{}.{}.{}", number(last.pinned), last.updatedAt, last.id);
}

std::optional<Cursor> parseCursor(std::string_view text) {
    const auto pieces = split(text, '.');
    if (pieces.size() != 3 || (pieces[0] != "0" && pieces[0] != "1") || pieces[2].empty())
        return std::nullopt;
    Cursor cursor{.pinned = pieces[0] == "1", .id = std::string(pieces[2])};
    const char* last = pieces[1].data() + pieces[1].size();
    if (std::from_chars(pieces[1].data(), last, cursor.updatedAt).ptr != last || pieces[1].empty())
        return std::nullopt;
    return cursor;
}

Result<ConversationPage> readPage(Connection& connection, const ConversationFilter& filter) {
    const int limit = std::clamp(filter.limit, 1, 500);
    SqlValue pinned = nullptr, updatedAt = nullptr, id = nullptr;
    if (!filter.cursor.empty()) {
        auto cursor = parseCursor(filter.cursor);
        if (!cursor)
            return makeError(ErrorCode::InvalidRequest, "The cursor is not one of this list.",
                             "Send the next_cursor of the page before.");
        pinned = cursor->pinned;
        updatedAt = cursor->updatedAt;
        id = std::move(cursor->id);
    }
    SqlValue folder = filter.folder ? SqlValue(*filter.folder) : SqlValue(nullptr);
    SqlValue onlyPinned = filter.pinned ? SqlValue(number(*filter.pinned)) : SqlValue(nullptr);
// Qt binds by position and miscounts a placeholder that is used twice, so values that are needed twice are bound twice.
#define PATCHBAY_LIST(where)                                                                                           \
    "SELECT " PATCHBAY_CONVERSATION_COLUMNS " FROM conversations WHERE " where                                         \
    " AND (? IS NULL OR folder = ?) AND (? IS NULL OR pinned = ?)"                                                     \
    " AND (? IS NULL OR (pinned, updated_at, id) < (?, ?, ?))"                                                         \
    " ORDER BY pinned DESC, updated_at DESC, id DESC LIMIT ?"
    const std::string_view sql =
        filter.trash ? PATCHBAY_LIST("deleted_at IS NOT NULL") : PATCHBAY_LIST("deleted_at IS NULL");
#undef PATCHBAY_LIST
    ConversationPage page;
    auto listed = connection.each(
        sql, {folder, folder, onlyPinned, onlyPinned, pinned, pinned, updatedAt, id, std::int64_t{limit} + 1},
        [&](const SqlRow& row) -> Result<void> {
            auto conversation = fromRow(row);
            if (!conversation)
                return conversation.error();
            page.items.push_back(std::move(*conversation));
            return {};
        });
    if (!listed)
        return listed.error();
    if (static_cast<int>(page.items.size()) > limit) {
        page.items.pop_back();
        page.nextCursor = toText(page.items.back());
    }
    return page;
}

Result<void> purgeOne(Connection& connection, const std::string& id) {
    if (auto taken = unindexConversation(connection, id); !taken)
        return taken;
    if (auto gone = connection.run("DELETE FROM journal WHERE message_id IN (SELECT id FROM messages WHERE "
                                   "conversation_id = ?)",
                                   {id});
        !gone)
        return gone;
    if (auto gone = connection.run("DELETE FROM messages WHERE conversation_id = ?", {id}); !gone)
        return gone;
    return connection.run("DELETE FROM conversations WHERE id = ?", {id});
}

Result<void> changeTitle(Connection& connection, const Conversation& conversation, const std::string& title) {
    if (auto taken = unindexTitle(connection, conversation.id, conversation.title); !taken)
        return taken;
    return indexTitle(connection, conversation.id, conversation.createdAt, title);
}

} // namespace

Result<void> insertConversation(Connection& connection, const Conversation& c) {
    auto inserted = connection.run("INSERT INTO conversations (" PATCHBAY_CONVERSATION_COLUMNS
                                   ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                   {c.id, c.title, number(c.titleIsAuto), c.createdAt, c.updatedAt, c.model,
                                    c.systemPrompt, writeJson(c.parameters), c.folder, number(c.pinned),
                                    sqlOrNull(c.deletedAt), sqlTextOrNull(c.activeLeaf), c.draft});
    if (!inserted)
        return inserted;
    return indexTitle(connection, c.id, c.createdAt, c.title);
}

Result<Conversation> readConversation(Connection& connection, std::string id) {
    auto found =
        connection.first("SELECT " PATCHBAY_CONVERSATION_COLUMNS " FROM conversations WHERE id = ?", {id}, fromRow);
    if (!found)
        return found.error();
    if (!*found)
        return noConversation(id);
    return std::move(**found);
}

awaitable<Result<void>> ConversationStore::create(Conversation conversation, std::vector<MessageRecord> messages) {
    return m_database.run([conversation = std::move(conversation),
                           messages = std::move(messages)](Connection& connection) -> Result<void> {
        return connection.transaction([&]() -> Result<void> {
            if (auto done = insertConversation(connection, conversation); !done)
                return done;
            for (const MessageRecord& message : messages)
                if (auto done = insertMessage(connection, message); !done)
                    return done;
            return {};
        });
    });
}

awaitable<Result<ConversationPage>> ConversationStore::list(ConversationFilter filter) {
    return m_database.run(
        [filter = std::move(filter)](Connection& connection) { return readPage(connection, filter); });
}

awaitable<Result<Conversation>> ConversationStore::get(std::string id) {
    return m_database.run([id = std::move(id)](Connection& connection) { return readConversation(connection, id); });
}

awaitable<Result<ConversationTree>> ConversationStore::tree(std::string id) {
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<ConversationTree> {
        auto conversation = readConversation(connection, id);
        if (!conversation)
            return conversation.error();
        auto messages = readMessages(connection, id);
        if (!messages)
            return messages.error();
        return ConversationTree{.conversation = std::move(*conversation), .messages = std::move(*messages)};
    });
}

awaitable<Result<Conversation>> ConversationStore::patch(std::string id, ConversationPatch patch) {
    return m_database.run([id = std::move(id),
                           patch = std::move(patch)](Connection& connection) -> Result<Conversation> {
        return connection.transaction([&]() -> Result<Conversation> {
            auto before = readConversation(connection, id);
            if (!before)
                return before;
            if (patch.title)
                if (auto done = changeTitle(connection, *before, *patch.title); !done)
                    return done.error();
            auto done = connection.run(
                "UPDATE conversations SET title = coalesce(?, title), "
                "title_is_auto = CASE WHEN ? THEN 0 ELSE title_is_auto END, model = coalesce(?, model), "
                "system_prompt = coalesce(?, system_prompt), parameters = coalesce(?, parameters), "
                "folder = coalesce(?, folder), pinned = coalesce(?, pinned), draft = coalesce(?, draft) "
                "WHERE id = ?",
                {sqlOrNull(patch.title), number(patch.title.has_value()), sqlOrNull(patch.model),
                 sqlOrNull(patch.systemPrompt),
                 patch.parameters ? SqlValue(writeJson(*patch.parameters)) : SqlValue(nullptr), sqlOrNull(patch.folder),
                 patch.pinned ? SqlValue(number(*patch.pinned)) : SqlValue(nullptr), sqlOrNull(patch.draft), id});
            if (!done)
                return done.error();
            return readConversation(connection, id);
        });
    });
}

awaitable<Result<void>> ConversationStore::setAutoTitle(std::string id, std::string title) {
    return m_database.run([id = std::move(id), title = std::move(title)](Connection& connection) -> Result<void> {
        return connection.transaction([&]() -> Result<void> {
            auto before = readConversation(connection, id);
            if (!before)
                return before.error();
            if (!before->titleIsAuto)
                return {};
            if (auto done = changeTitle(connection, *before, title); !done)
                return done;
            return connection.run("UPDATE conversations SET title = ? WHERE id = ?", {title, id});
        });
    });
}

awaitable<Result<void>> ConversationStore::moveToTrash(std::string id, std::int64_t now) {
    return m_database.run([id = std::move(id), now](Connection& connection) -> Result<void> {
        if (auto found = readConversation(connection, id); !found)
            return found.error();
        return connection.run("UPDATE conversations SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?", {now, id});
    });
}

awaitable<Result<void>> ConversationStore::restore(std::string id) {
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<void> {
        if (auto found = readConversation(connection, id); !found)
            return found.error();
        return connection.run("UPDATE conversations SET deleted_at = NULL WHERE id = ?", {id});
    });
}

awaitable<Result<void>> ConversationStore::purge(std::string id) {
    return m_database.run([id = std::move(id)](Connection& connection) -> Result<void> {
        return connection.transaction([&]() -> Result<void> {
            if (auto found = readConversation(connection, id); !found)
                return found.error();
            return purgeOne(connection, id);
        });
    });
}

awaitable<Result<int>> ConversationStore::purgeTrash(std::int64_t before) {
    return m_database.run([before](Connection& connection) -> Result<int> {
        std::vector<std::string> ids;
        auto listed = connection.each("SELECT id FROM conversations WHERE deleted_at IS NOT NULL AND deleted_at < ?",
                                      {before}, [&ids](const SqlRow& row) -> Result<void> {
                                          ids.push_back(row.text(0));
                                          return {};
                                      });
        if (!listed)
            return listed.error();
        for (const std::string& id : ids)
            if (auto done = connection.transaction([&] { return purgeOne(connection, id); }); !done)
                return done.error();
        if (!ids.empty())
            if (auto shrunk = connection.run("PRAGMA incremental_vacuum(1000)"); !shrunk)
                return shrunk.error();
        return static_cast<int>(ids.size());
    });
}

awaitable<Result<std::vector<std::string>>> ConversationStore::folders() {
    return m_database.run([](Connection& connection) -> Result<std::vector<std::string>> {
        std::vector<std::string> names;
        auto listed = connection.each("SELECT DISTINCT folder FROM conversations WHERE folder <> '' AND deleted_at IS "
                                      "NULL ORDER BY folder",
                                      {}, [&names](const SqlRow& row) -> Result<void> {
                                          names.push_back(row.text(0));
                                          return {};
                                      });
        if (!listed)
            return listed.error();
        return names;
    });
}

} // namespace patchbay
