// The one entry to the models for every front: HTTP surfaces, WebSocket, command line and desktop.
#pragma once

#include <memory>
#include <vector>

#include "base/ids.h"
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
    ChatService(ChatHandler& pipeline, RoutingSource& routes, ProviderClient& client, IdGenerator& ids, Clock& clock)
        : m_pipeline(pipeline), m_routes(routes), m_client(client), m_ids(ids), m_clock(clock) {}

    /// A record with a fresh trace id, to be passed to chat() and read by the front.
    std::shared_ptr<CallRecord> newRecord();

    /// Answers the request; see ChatHandler.
    awaitable<Outcome> chat(std::shared_ptr<const ChatRequest> request, std::shared_ptr<EventSink> out,
                            std::shared_ptr<CallRecord> record) {
        return m_pipeline.handle({.request = std::move(request), .out = std::move(out), .record = std::move(record)});
    }

    /// Configured names first, then `provider/model` for what the providers list. Providers are asked at most every five
    /// minutes, all at once, for at most three seconds; one that does not answer is left out.
    awaitable<std::vector<ModelInfo>> listModels();
    /// Whether a request for this name could be routed now.
    Result<ModelInfo> findModel(std::string_view name) const;

    awaitable<Result<EmbeddingReply>> embed(EmbeddingRequest request);
    /// Asks the first deployment; estimates where its vendor cannot count.
    awaitable<Result<TokenCount>> countTokens(ChatRequest request);

private:
    struct Listing {
        std::shared_ptr<const RoutingTable> table;
        SteadyTime fetched{};
        std::vector<ModelInfo> models;
    };
    awaitable<void> listProvider(std::shared_ptr<const Endpoint> endpoint, std::shared_ptr<std::vector<ModelInfo>> into);

    ChatHandler& m_pipeline;
    RoutingSource& m_routes;
    ProviderClient& m_client;
    IdGenerator& m_ids;
    Clock& m_clock;
    Listing m_listing;
};

} // namespace patchbay
