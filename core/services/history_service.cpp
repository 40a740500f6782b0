#include "services/history_service.h"

#include <set>

#include <boost/asio/co_spawn.hpp>

#include "services/conversation_title.h"
#include "storage/database.h"
#include "storage/journal_store.h"
#include "storage/response_store.h"
#include "storage/search_index.h"

namespace patchbay {
namespace {

awaitable<ConversationExport> writeExport(ConversationTree tree, ExportFormat format) {
    co_return exportConversation(tree, format);
}

MessageStore::Place placeOf(const std::optional<std::string>& parentId) {
    return parentId ? MessageStore::Place::UnderParent : MessageStore::Place::UnderActiveLeaf;
}

std::set<std::string> answeredCalls(const std::vector<MessageRecord>& path) {
    std::set<std::string> ids;
    for (const MessageRecord& record : path)
        for (const ContentPart& part : record.message.parts)
            if (const auto* result = std::get_if<ToolResultPart>(&part))
                ids.insert(result->toolCallId);
    return ids;
}

} // namespace

std::vector<Message> messagesForRequest(const Conversation& conversation, const std::vector<MessageRecord>& path) {
    std::vector<Message> messages;
    if (!conversation.systemPrompt.empty())
        messages.push_back(textMessage(Role::System, conversation.systemPrompt));
    const std::set<std::string> answered = answeredCalls(path);
    for (std::size_t i = 0; i < path.size(); ++i) {
        const MessageRecord& record = path[i];
        Message message = record.message;
        // Vendors refuse a tool call without its result. The last message's calls are about to be answered.
        const bool mayBeOpen = i + 1 == path.size() && record.status == MessageStatus::Complete;
        if (!mayBeOpen)
            std::erase_if(message.parts, [&answered](const ContentPart& part) {
                const auto* call = std::get_if<ToolCallPart>(&part);
                return call && !answered.contains(call->id);
            });
        // Thinking that broke off has no signature, and thinking alone is no answer.
        if (record.status != MessageStatus::Complete)
            std::erase_if(message.parts,
                          [](const ContentPart& part) { return std::holds_alternative<ReasoningPart>(part); });
        if (record.message.role == Role::Assistant && message.parts.empty())
            continue;
        messages.push_back(std::move(message));
    }
    return messages;
}

HistoryService::HistoryService(Database& database, Clock& clock, IdGenerator& ids, asio::any_io_executor workers)
    : m_database(database), m_clock(clock), m_ids(ids), m_workers(std::move(workers)), m_conversations(database),
      m_messages(database), m_search(database) {
}

awaitable<Result<HistoryStart>> HistoryService::start() {
    JournalStore journal(m_database);
    // Titles and messages first: recovering a reply makes it searchable.
    auto rebuilt =
        co_await m_database.run([](Connection& connection) { return rebuildSearchIndexIfOutdated(connection); });
    if (!rebuilt)
        co_return rebuilt.error();
    auto recovered = co_await journal.recover();
    if (!recovered)
        co_return recovered.error();
    HistoryStart report{.interrupted = *recovered, .searchRebuilt = *rebuilt};
    co_return report;
}

awaitable<Result<HistoryCleanUp>> HistoryService::cleanUp() {
    ResponseStore responses(m_database);
    auto conversations = co_await m_conversations.purgeTrash(now() - kTrashLifetimeMs);
    if (!conversations)
        co_return conversations.error();
    auto expired = co_await responses.purgeExpired(now());
    if (!expired)
        co_return expired.error();
    HistoryCleanUp report{.conversations = *conversations, .responses = *expired};
    co_return report;
}

awaitable<Result<Conversation>> HistoryService::createConversation(NewConversation wish) {
    Conversation conversation{.id = m_ids.next(),
                              .title = std::move(wish.title),
                              .createdAt = now(),
                              .updatedAt = now(),
                              .model = std::move(wish.model),
                              .systemPrompt = std::move(wish.systemPrompt),
                              .parameters = std::move(wish.parameters),
                              .folder = std::move(wish.folder)};
    conversation.titleIsAuto = conversation.title.empty();
    auto created = co_await m_conversations.create(conversation);
    if (!created)
        co_return created.error();
    co_return conversation;
}

awaitable<Result<ConversationPage>> HistoryService::listConversations(ConversationFilter filter) {
    return m_conversations.list(std::move(filter));
}

awaitable<Result<std::vector<std::string>>> HistoryService::listFolders() {
    return m_conversations.folders();
}

awaitable<Result<Conversation>> HistoryService::conversation(std::string id) {
    return m_conversations.get(std::move(id));
}

awaitable<Result<ConversationTree>> HistoryService::tree(std::string id) {
    return m_conversations.tree(std::move(id));
}

awaitable<Result<Conversation>> HistoryService::patchConversation(std::string id, ConversationPatch patch) {
    return m_conversations.patch(std::move(id), std::move(patch));
}

awaitable<Result<void>> HistoryService::removeConversation(std::string id) {
    return m_conversations.moveToTrash(std::move(id), now());
}

awaitable<Result<void>> HistoryService::restoreConversation(std::string id) {
    return m_conversations.restore(std::move(id));
}

awaitable<Result<void>> HistoryService::purgeConversation(std::string id) {
    return m_conversations.purge(std::move(id));
}

awaitable<Result<MessageRecord>> HistoryService::appendMessage(std::string conversationId, Message message,
                                                               std::optional<std::string> parentId) {
    MessageRecord record{.id = m_ids.next(),
                         .conversationId = std::move(conversationId),
                         .parentId = parentId.value_or(std::string()),
                         .message = std::move(message),
                         .createdAt = now()};
    auto stored = co_await m_messages.add(std::move(record), placeOf(parentId));
    if (!stored || stored->message.role != Role::User)
        co_return stored;
    auto conversation = co_await m_conversations.get(stored->conversationId);
    if (!conversation)
        co_return conversation.error();
    if (conversation->titleIsAuto && conversation->title.empty()) {
        auto titled = co_await m_conversations.setAutoTitle(conversation->id, titleFromMessage(stored->message));
        if (!titled)
            co_return titled.error();
    }
    co_return stored;
}

awaitable<Result<std::shared_ptr<ReplyRecorder>>>
HistoryService::beginReply(std::string conversationId, std::string model, std::optional<std::string> parentId) {
    const auto executor = co_await asio::this_coro::executor;
    MessageRecord record{.id = m_ids.next(),
                         .conversationId = std::move(conversationId),
                         .parentId = parentId.value_or(std::string()),
                         .message = {.role = Role::Assistant},
                         .model = std::move(model),
                         .status = MessageStatus::Streaming,
                         .createdAt = now()};
    auto stored = co_await m_messages.add(std::move(record), placeOf(parentId));
    if (!stored)
        co_return stored.error();
    co_return std::make_shared<ReplyRecorder>(m_database, m_clock, executor, std::move(*stored));
}

awaitable<Result<MessageRecord>> HistoryService::editMessage(std::string messageId, Message message) {
    auto original = co_await m_messages.get(std::move(messageId));
    if (!original)
        co_return original;
    if (original->status == MessageStatus::Streaming)
        co_return makeError(ErrorCode::Conflict, "This reply is still streaming.", "Stop it first.");
    co_return co_await appendMessage(original->conversationId, std::move(message), original->parentId);
}

awaitable<Result<std::shared_ptr<ReplyRecorder>>> HistoryService::regenerate(std::string messageId, std::string model) {
    auto original = co_await m_messages.get(std::move(messageId));
    if (!original)
        co_return original.error();
    const bool beside = original->message.role == Role::Assistant;
    co_return co_await beginReply(original->conversationId, std::move(model),
                                  beside ? original->parentId : original->id);
}

awaitable<Result<std::string>> HistoryService::selectBranch(std::string messageId) {
    return m_messages.selectBranch(std::move(messageId));
}

awaitable<Result<Conversation>> HistoryService::branch(std::string messageId) {
    auto path = co_await m_messages.pathTo(std::move(messageId));
    if (!path)
        co_return path.error();
    auto original = co_await m_conversations.get(path->front().conversationId);
    if (!original)
        co_return original.error();
    Conversation copy = *original;
    copy.id = m_ids.next();
    copy.createdAt = copy.updatedAt = now();
    copy.pinned = false;
    copy.deletedAt.reset();
    copy.draft.clear();
    std::erase_if(*path, [](const MessageRecord& record) { return record.status == MessageStatus::Streaming; });
    std::string parent;
    for (MessageRecord& record : *path) {
        record.id = m_ids.next();
        record.conversationId = copy.id;
        record.parentId = std::exchange(parent, record.id);
    }
    copy.activeLeaf = std::move(parent);
    auto created = co_await m_conversations.create(copy, std::move(*path));
    if (!created)
        co_return created.error();
    co_return copy;
}

awaitable<Result<MessageRecord>> HistoryService::message(std::string messageId) {
    return m_messages.get(std::move(messageId));
}

awaitable<Result<PathPage>> HistoryService::pathUp(std::string messageId, int limit) {
    return m_messages.pathUp(std::move(messageId), limit);
}

awaitable<Result<std::vector<std::string>>> HistoryService::versions(std::string messageId) {
    return m_messages.versions(std::move(messageId));
}

awaitable<Result<std::optional<std::int64_t>>> HistoryService::costOf(std::string conversationId) {
    return m_messages.costOf(std::move(conversationId));
}

awaitable<Result<void>> HistoryService::setFeedback(std::string messageId, int feedback) {
    return m_messages.setFeedback(std::move(messageId), feedback);
}

awaitable<Result<std::vector<Message>>> HistoryService::requestMessages(std::string conversationId,
                                                                        std::optional<std::string> leafId) {
    auto conversation = co_await m_conversations.get(conversationId);
    if (!conversation)
        co_return conversation.error();
    if (!leafId) {
        auto active = co_await m_messages.activePath(std::move(conversationId));
        if (!active)
            co_return active.error();
        co_return messagesForRequest(*conversation, *active);
    }
    if (leafId->empty())
        co_return messagesForRequest(*conversation, {});
    auto path = co_await m_messages.pathTo(std::move(*leafId));
    if (!path)
        co_return path.error();
    if (path->front().conversationId != conversation->id)
        co_return makeError(ErrorCode::NotFound, "The message belongs to another conversation.",
                            "Load the conversation again.");
    co_return messagesForRequest(*conversation, *path);
}

awaitable<Result<ConversationExport>> HistoryService::exportConversation(std::string id, ExportFormat format) {
    auto tree = co_await m_conversations.tree(std::move(id));
    if (!tree)
        co_return tree.error();
    auto written = co_await asio::co_spawn(m_workers, writeExport(std::move(*tree), format), asio::use_awaitable);
    co_return written;
}

awaitable<Result<SearchPage>> HistoryService::search(std::string text, int limit, std::string cursor) {
    return m_search.search(std::move(text), limit, std::move(cursor));
}

} // namespace patchbay
