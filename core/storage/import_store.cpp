#include "storage/import_store.h"

#include <unordered_set>

#include "storage/conversation_store.h"
#include "storage/database.h"
#include "storage/message_store.h"

namespace patchbay {
namespace {

using Ids = std::unordered_set<std::string>;

Result<Ids> messageIds(Connection& connection, const std::string& conversationId) {
    Ids ids;
    auto listed = connection.each("SELECT id FROM messages WHERE conversation_id = ?", {conversationId},
                                  [&ids](const SqlRow& row) -> Result<void> {
                                      ids.insert(row.text(0));
                                      return {};
                                  });
    if (!listed)
        return listed.error();
    return ids;
}

Result<int> addMissing(Connection& connection, const Ids& present, const std::vector<MessageRecord>& messages) {
    int added = 0;
    for (const MessageRecord& message : messages) {
        if (present.contains(message.id))
            continue;
        if (auto done = insertMessage(connection, message); !done)
            return done.error();
        ++added;
    }
    return added;
}

Result<ImportedAs> extend(Connection& connection, const Conversation& here, const Conversation& source,
                          const std::vector<MessageRecord>& messages) {
    if (here.deletedAt)
        return ImportedAs{.outcome = ImportedAs::Outcome::InTrash};
    auto present = messageIds(connection, here.id);
    if (!present)
        return present.error();
    auto added = addMissing(connection, *present, messages);
    if (!added)
        return added.error();
    if (*added == 0)
        return ImportedAs{.outcome = ImportedAs::Outcome::Unchanged};
    // Our active leaf is one of the source's messages, and new ones hang below it: nobody went on here.
    const bool follows = present->size() + static_cast<std::size_t>(*added) == messages.size();
    auto touched =
        connection.run("UPDATE conversations SET active_leaf = coalesce(?, active_leaf), "
                       "updated_at = max(updated_at, ?) WHERE id = ?",
                       {follows ? sqlTextOrNull(source.activeLeaf) : SqlValue(nullptr), source.updatedAt, here.id});
    if (!touched)
        return touched.error();
    return ImportedAs{.outcome = ImportedAs::Outcome::Extended, .messages = *added};
}

Result<ImportedAs> putOne(Connection& connection, const Conversation& conversation,
                          const std::vector<MessageRecord>& messages) {
    auto here = readConversation(connection, conversation.id);
    if (here)
        return extend(connection, *here, conversation, messages);
    if (here.error().code != ErrorCode::NotFound)
        return here.error();
    if (auto done = insertConversation(connection, conversation); !done)
        return done.error();
    auto added = addMissing(connection, {}, messages);
    if (!added)
        return added.error();
    return ImportedAs{.outcome = ImportedAs::Outcome::Created, .messages = *added};
}

} // namespace

awaitable<Result<ImportedAs>> ImportStore::put(Conversation conversation, std::vector<MessageRecord> messages) {
    return m_database.run([conversation = std::move(conversation),
                           messages = std::move(messages)](Connection& connection) -> Result<ImportedAs> {
        return connection.transaction([&] { return putOne(connection, conversation, messages); });
    });
}

} // namespace patchbay
