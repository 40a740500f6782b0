// The one entry to the models for every front: HTTP surfaces, WebSocket, command line and desktop.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "base/ids.h"
#include "base/log.h"
#include "chat/chat_handler.h"
#include "routing/routing_table.h"

namespace patchbay {

/// A count and whether it is ours instead of the vendor's.
struct TokenCount {
    std::int64_t tokens = 0;
    bool estimated = false;
};

class ChatService {
public:
    /// `log` hears of embeddings, counts and lists of models; chats have a layer for that. nullptr = nobody does.
    ChatService(ChatHandler& pipeline, RoutingSource& routes, ProviderClient& client, IdGenerator& ids, Clock& clock,
                Log* log = nullptr)
        : m_pipeline(pipeline), m_routes(routes), m_client(client), m_ids(ids), m_clock(clock), m_log(log) {}

    /// A record with a fresh trace id, to be passed to chat() and read by the front.
    std::shared_ptr<CallRecord> newRecord();

    /// Answers the request; see ChatHandler.
    awaitable<Outcome> chat(std::shared_ptr<const ChatRequest> request, std::shared_ptr<EventSink> out,
                            std::shared_ptr<CallRecord> record) {
        return m_pipeline.handle({.request = std::move(request), .out = std::move(out), .record = std::move(record)});
    }

    /// Configured names first, then `provider/model` for what the providers list. Providers are asked at most every five
    /// minutes, all at once, for at most three seconds. For one that fails its last good list stands in, and it is
    /// asked again after ten seconds.
    awaitable<std::vector<ModelInfo>> listModels();
    /// Whether a request for this name could be routed now.
    Result<ModelInfo> findModel(std::string_view name) const;

    /// Usage that the vendor does not report is estimated and marked so. `record` (see newRecord) tells who answered.
    awaitable<Result<EmbeddingReply>> embed(EmbeddingRequest request, std::shared_ptr<CallRecord> record);
    /// Asks the first deployment; estimates where its vendor cannot count.
    awaitable<Result<TokenCount>> countTokens(ChatRequest request, std::shared_ptr<CallRecord> record);

private:
    /// What one provider lists.
    struct Listing {
        std::shared_ptr<const Endpoint> endpoint;
        SteadyTime askAgain{};
        std::vector<ModelInfo> models;
        std::string failure; ///< why it could not be asked the last time; empty = it could
    };
    awaitable<void> listProvider(std::shared_ptr<const Endpoint> endpoint);
    /// The listing of that provider, emptied if the name now stands for something else.
    Listing& listingOf(const std::shared_ptr<const Endpoint>& endpoint);
    awaitable<Result<EmbeddingReply>> embedSomewhere(EmbeddingRequest request, std::shared_ptr<CallRecord> record);
    void logCall(std::string_view name, const CallRecord& record, const std::optional<Error>& error,
                 json::value inputTokens) const;

    ChatHandler& m_pipeline;
    RoutingSource& m_routes;
    ProviderClient& m_client;
    IdGenerator& m_ids;
    Clock& m_clock;
    Log* m_log;
    std::map<std::string, Listing> m_listings; ///< by provider id
};

} // namespace patchbay
