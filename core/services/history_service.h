// The history of conversations for every front: what was asked and answered, as trees that can be edited, asked again,
// branched, searched and exported. Ids, times and titles are made here; the stores below only keep them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/ids.h"
#include "services/conversation_export.h"
#include "services/reply_recorder.h"
#include "storage/conversation_store.h"
#include "storage/message_store.h"
#include "storage/records.h"
#include "storage/search_store.h"

namespace patchbay {

class Database;

inline constexpr std::int64_t kTrashLifetimeMs = std::int64_t{30} * 24 * 60 * 60 * 1000;

struct NewConversation {
    std::string title; ///< empty = made from the first message
    std::string model;
    std::string systemPrompt;
    json::object parameters;
    std::string folder;
};

struct HistoryStart {
    int interrupted = 0; ///< replies that the last program left unfinished
    bool searchRebuilt = false;
};

struct HistoryCleanUp {
    int conversations = 0; ///< gone from the trash for good
    int responses = 0;     ///< expired
};

class HistoryService {
public:
    /// Exports are written on `workers`, everything else runs on the caller's executor and the storage thread.
    HistoryService(Database& database, Clock& clock, IdGenerator& ids, asio::any_io_executor workers);

    /// Once, before the first reply: makes interrupted messages of what a killed program left.
    awaitable<Result<HistoryStart>> start();
    /// Empties the trash of what is older than 30 days and forgets expired responses; at the start and once a day.
    awaitable<Result<HistoryCleanUp>> cleanUp();

    awaitable<Result<Conversation>> createConversation(NewConversation wish);
    awaitable<Result<ConversationPage>> listConversations(ConversationFilter filter);
    awaitable<Result<std::vector<std::string>>> listFolders();
    awaitable<Result<Conversation>> conversation(std::string id);
    awaitable<Result<ConversationTree>> tree(std::string id);
    awaitable<Result<Conversation>> patchConversation(std::string id, ConversationPatch patch);
    /// Into the trash, for 30 days.
    awaitable<Result<void>> removeConversation(std::string id);
    awaitable<Result<void>> restoreConversation(std::string id);
    awaitable<Result<void>> purgeConversation(std::string id);

    /// Adds a message below the active leaf, or below `parentId` (empty = as a root). The first user message gives an
    /// untitled conversation its title.
    awaitable<Result<MessageRecord>> appendMessage(std::string conversationId, Message message,
                                                   std::optional<std::string> parentId = {});
    /// Begins a reply below the active leaf, or below `parentId`. `model` is the name that was asked for.
    awaitable<Result<std::shared_ptr<ReplyRecorder>>> beginReply(std::string conversationId, std::string model,
                                                                 std::optional<std::string> parentId = {});
    /// A sibling with other content; it becomes the active leaf. For a user message, begin a reply next.
    awaitable<Result<MessageRecord>> editMessage(std::string messageId, Message message);
    /// Another reply beside an assistant message, or a first one below any other message.
    awaitable<Result<std::shared_ptr<ReplyRecorder>>> regenerate(std::string messageId, std::string model);
    /// Makes the branch through the message active; the id of its leaf.
    awaitable<Result<std::string>> selectBranch(std::string messageId);
    /// A new conversation with a copy of the path to that message.
    awaitable<Result<Conversation>> branch(std::string messageId);
    awaitable<Result<MessageRecord>> message(std::string messageId);
    /// At most `limit` messages from that one upwards, newest first; costs the same in a conversation of any length.
    awaitable<Result<PathPage>> pathUp(std::string messageId, int limit);
    /// Ids of a message's versions, its own too, oldest first.
    awaitable<Result<std::vector<std::string>>> versions(std::string messageId);
    /// What a conversation cost so far; nullopt = unknown.
    awaitable<Result<std::optional<std::int64_t>>> costOf(std::string conversationId);
    awaitable<Result<void>> setFeedback(std::string messageId, int feedback);

    /// What a model is to be sent to go on below `leafId` (nullopt = the active leaf): system prompt, then the path
    /// without empty or failed replies and without tool calls that never got a result.
    awaitable<Result<std::vector<Message>>> requestMessages(std::string conversationId,
                                                            std::optional<std::string> leafId = {});

    awaitable<Result<ConversationExport>> exportConversation(std::string id, ExportFormat format);
    awaitable<Result<SearchPage>> search(std::string text, int limit = 20, std::string cursor = {});

private:
    std::int64_t now() const { return toUnixMilliseconds(m_clock.wallNow()); }

    Database& m_database;
    Clock& m_clock;
    IdGenerator& m_ids;
    asio::any_io_executor m_workers;
    ConversationStore m_conversations;
    MessageStore m_messages;
    SearchStore m_search;
};

/// The part of requestMessages that needs no database.
std::vector<Message> messagesForRequest(const Conversation& conversation, const std::vector<MessageRecord>& path);

} // namespace patchbay
