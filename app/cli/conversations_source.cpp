#include "app/cli/conversations_source.h"

#include <fmt/format.h>

#include "app/cli/remote_api.h"
#include "base/strings.h"
#include "services/history_service.h"

namespace patchbay {
namespace {

class LocalConversations final : public ConversationsSource {
public:
    explicit LocalConversations(HistoryService& history) : m_history(history) {}

    awaitable<Result<json::object>> list(int limit, bool trash) override {
        auto page = co_await m_history.listConversations({.trash = trash, .limit = limit});
        if (!page)
            co_return page.error();
        json::array items;
        for (const Conversation& conversation : page->items)
            items.push_back(conversationToJson(conversation));
        co_return json::object{{"conversations", std::move(items)}};
    }

    awaitable<Result<json::object>> show(std::string id) override {
        auto tree = co_await m_history.tree(std::move(id));
        if (!tree)
            co_return tree.error();
        json::object body = conversationToJson(tree->conversation);
        json::array messages;
        for (const MessageRecord& record : tree->messages)
            messages.push_back(recordToJson(record));
        json::array path;
        for (const MessageRecord* record : activePathOf(*tree))
            path.push_back(json::value(record->id));
        body["messages"] = std::move(messages);
        body["active_path"] = std::move(path);
        co_return body;
    }

    awaitable<Result<json::object>> search(std::string text, int limit) override {
        auto page = co_await m_history.search(std::move(text), limit);
        if (!page)
            co_return page.error();
        json::array hits;
        for (const SearchHit& hit : page->hits)
            hits.push_back(json::object{{"conversation_id", hit.conversationId},
                                        {"title", hit.title},
                                        {"message_id", hit.messageId},
                                        {"role", hit.role},
                                        {"created_at", hit.createdAt},
                                        {"snippet", hit.snippet}});
        co_return json::object{{"hits", std::move(hits)}, {"total", page->totalText()}};
    }

    awaitable<Result<std::string>> exported(std::string id, std::string format) override {
        auto file = co_await m_history.exportConversation(std::move(id), *exportFormatFromName(format));
        if (!file)
            co_return file.error();
        co_return std::move(file->body);
    }

    awaitable<Result<void>> remove(std::string id, bool forGood) override {
        if (forGood)
            co_return co_await m_history.purgeConversation(std::move(id));
        co_return co_await m_history.removeConversation(std::move(id));
    }

private:
    HistoryService& m_history;
};

class RemoteConversations final : public ConversationsSource {
public:
    explicit RemoteConversations(RemoteApi& api) : m_api(api) {}

    awaitable<Result<json::object>> list(int limit, bool trash) override {
        co_return co_await m_api.call("GET",
                                      fmt::format("/api/conversations?limit={}{}", limit, trash ? "&trash=true" : ""));
    }
    awaitable<Result<json::object>> show(std::string id) override {
        co_return co_await m_api.call("GET", "/api/conversations/" + percentEncode(id));
    }
    awaitable<Result<json::object>> search(std::string text, int limit) override {
        co_return co_await m_api.call(
            "GET", fmt::format("/api/conversations/search?q={}&limit={}", percentEncode(text), limit));
    }
    awaitable<Result<std::string>> exported(std::string id, std::string format) override {
        co_return co_await m_api.text("GET",
                                      fmt::format("/api/conversations/{}/export?format={}", percentEncode(id), format));
    }
    awaitable<Result<void>> remove(std::string id, bool forGood) override {
        auto removed = co_await m_api.call("DELETE", "/api/conversations/" + percentEncode(id) +
                                                         (forGood ? "?permanent=true" : ""));
        if (!removed)
            co_return removed.error();
        co_return Result<void>();
    }

private:
    RemoteApi& m_api;
};

} // namespace

std::unique_ptr<ConversationsSource> localConversations(HistoryService& history) {
    return std::make_unique<LocalConversations>(history);
}

std::unique_ptr<ConversationsSource> remoteConversations(RemoteApi& api) {
    return std::make_unique<RemoteConversations>(api);
}

} // namespace patchbay
