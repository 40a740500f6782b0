// One provider call: codec.encode -> HttpClient -> codec.decode -> emit. Runs the first-token clock; the HTTP clocks
// run in HttpClient.
#pragma once

#include <boost/asio/thread_pool.hpp>

#include "chat/chat_handler.h"
#include "net/http_client.h"
#include "providers/codec.h"

namespace patchbay {

/// The five clocks of one deployment. nullopt = off.
struct CallTimeouts {
    Milliseconds connect{10'000};
    std::optional<Milliseconds> headers;
    std::optional<Milliseconds> firstToken; ///< streams only; any model output counts, reasoning too
    std::optional<Milliseconds> idle{20'000}; ///< before the first token at least as long as firstToken
    Milliseconds total{600'000};
    /// Nobody else could answer instead: `headers` and `firstToken` do not fire, since giving up would help nobody.
    bool lastChance = false;
};

class ProviderClient {
public:
    /// Large requests are written on `workers`; without any, on the engine's thread.
    ProviderClient(HttpClient& http, Clock& clock, asio::thread_pool* workers = nullptr)
        : m_http(http), m_clock(clock), m_workers(workers) {}

    /// Asks the endpoint and emits the reply's events to call.out as they come, one batch per network read. Reads no
    /// further while emit is suspended. Sets record.firstToken. The error is the vendor's or names the clock that ran
    /// out.
    awaitable<Outcome> chat(ChatCall call, std::shared_ptr<const Endpoint> endpoint, CallTimeouts timeouts);
    awaitable<Result<std::vector<ModelInfo>>> listModels(std::shared_ptr<const Endpoint> endpoint, Milliseconds total);
    awaitable<Result<EmbeddingReply>> embed(EmbeddingRequest request, std::shared_ptr<const Endpoint> endpoint);
    awaitable<Result<std::int64_t>> countTokens(ChatRequest request, std::shared_ptr<const Endpoint> endpoint);

    /// The offline switch, for calls begun from now on: only loopback and private addresses are connected to.
    void setLoopbackOnly(bool loopbackOnly) { m_loopbackOnly = loopbackOnly; }

private:
    struct Whole {
        WireReplyHead head;
        std::string body;
    };
    awaitable<Result<WireRequest>> encodeInWorker(std::shared_ptr<const ChatRequest> request,
                                                  std::shared_ptr<const Endpoint> endpoint);
    awaitable<Result<Whole>> ask(WireRequest request, std::shared_ptr<const Endpoint> endpoint, Milliseconds total);

    HttpClient& m_http;
    Clock& m_clock;
    asio::thread_pool* m_workers;
    bool m_loopbackOnly = false;
};

} // namespace patchbay
