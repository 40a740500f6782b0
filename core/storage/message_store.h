// The messages of conversations: a tree, of which one path is active.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/error.h"
#include "storage/records.h"

namespace patchbay {

class Connection;
class Database;

class MessageStore {
public:
    explicit MessageStore(Database& database) : m_database(database) {}

    /// Where a new message goes.
    enum class Place {
        UnderActiveLeaf, ///< record.parentId is ignored
        UnderParent,     ///< under record.parentId, which must be of the same conversation; empty = a root
    };
    /// Stores a message and makes it the active leaf. The record as stored.
    awaitable<Result<MessageRecord>> add(MessageRecord record, Place place);
    /// Replaces a streaming message by what it became and removes its journal, in one transaction. Conflict when it is
    /// finished already.
    awaitable<Result<void>> finish(MessageRecord record, std::int64_t now);

    awaitable<Result<MessageRecord>> get(std::string id);
    /// From the root to the active leaf.
    awaitable<Result<std::vector<MessageRecord>>> activePath(std::string conversationId);
    /// From the root to that message.
    awaitable<Result<std::vector<MessageRecord>>> pathTo(std::string messageId);
    /// At most `limit` messages from `messageId` upwards, without reading the rest of a long conversation.
    awaitable<Result<PathPage>> pathUp(std::string messageId, int limit);
    /// Ids of the messages below the same parent, that message's too, in order of creation.
    awaitable<Result<std::vector<std::string>>> versions(std::string messageId);
    /// What all replies of a conversation cost, those of every branch; nullopt = none has a known cost.
    awaitable<Result<std::optional<std::int64_t>>> costOf(std::string conversationId);
    /// Makes the branch through that message the active one: down from it, the newest child each time. The new leaf's
    /// id.
    awaitable<Result<std::string>> selectBranch(std::string messageId);
    awaitable<Result<void>> setFeedback(std::string messageId, int feedback);

private:
    Database& m_database;
};

// For other stores, inside their jobs.
Result<void> insertMessage(Connection& connection, const MessageRecord& record);
/// Rewrites everything that a finished reply has, removes its journal and makes it searchable.
Result<void> completeMessage(Connection& connection, const MessageRecord& record);
Result<MessageRecord> readMessage(Connection& connection, std::string id);
Result<std::vector<MessageRecord>> readMessages(Connection& connection, std::string conversationId);
Result<std::vector<MessageRecord>> readPath(Connection& connection, std::string messageId);

} // namespace patchbay
