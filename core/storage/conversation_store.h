// The conversations themselves: list, create, change, trash. Their messages are in message_store.h.
#pragma once

#include <string>
#include <vector>

#include "base/async.h"
#include "base/error.h"
#include "storage/records.h"

namespace patchbay {

class Connection;
class Database;

class ConversationStore {
public:
    explicit ConversationStore(Database& database) : m_database(database) {}

    /// Stores a conversation together with its first messages (none, or a copied branch) in one transaction. Parents
    /// must stand before their children. Conflict when the id exists.
    awaitable<Result<void>> create(Conversation conversation, std::vector<MessageRecord> messages = {});
    awaitable<Result<ConversationPage>> list(ConversationFilter filter);
    /// NotFound when there is none; one in the trash is found.
    awaitable<Result<Conversation>> get(std::string id);
    awaitable<Result<ConversationTree>> tree(std::string id);
    /// The conversation as it is afterwards.
    awaitable<Result<Conversation>> patch(std::string id, ConversationPatch patch);
    /// Sets a title only while nobody has given one.
    awaitable<Result<void>> setAutoTitle(std::string id, std::string title);
    /// Into the trash, from where restore brings it back.
    awaitable<Result<void>> moveToTrash(std::string id, std::int64_t now);
    awaitable<Result<void>> restore(std::string id);
    /// Removes it and its messages for good.
    awaitable<Result<void>> purge(std::string id);
    /// Purges what was put into the trash before `before`; the number of conversations.
    awaitable<Result<int>> purgeTrash(std::int64_t before);
    /// Names of the folders in use, sorted.
    awaitable<Result<std::vector<std::string>>> folders();

private:
    Database& m_database;
};

// For other stores, inside their jobs.
Result<Conversation> readConversation(Connection& connection, std::string id);
Result<void> insertConversation(Connection& connection, const Conversation& conversation);

} // namespace patchbay
