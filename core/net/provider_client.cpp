#include "net/provider_client.h"

#include <algorithm>

#include "base/worker.h"
#include "chat/token_estimate.h"
#include "providers/reply_limits.h"
#include "providers/vendor_error.h"
#include "providers/vendor_features.h"

namespace patchbay {
namespace {

// How long the last chunk of a finished reply may take before its connection is given up.
constexpr Milliseconds kReleaseLimit{250};
constexpr std::size_t kMaxErrorBytes = 1U << 20U;
constexpr Milliseconds kCountTimeout{30'000};

template <class Value> Result<Value> withoutSecrets(Result<Value> result, const Endpoint& endpoint) {
    if (!result)
        return withoutSecrets(result.error(), endpoint);
    return result;
}

/// Counts the output of a reply whose vendor may turn out not to. Holds a few kilobytes, not the reply.
class OutputEstimate {
public:
    void add(const ChatEvent& event) {
        if (const auto* text = std::get_if<TextDelta>(&event))
            append(text->text);
        else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event))
            append(reasoning->text);
        else if (const auto* refusal = std::get_if<RefusalDelta>(&event))
            append(refusal->text);
        else if (const auto* call = std::get_if<ToolCallStarted>(&event))
            append(call->name);
        else if (const auto* arguments = std::get_if<ToolCallDelta>(&event))
            append(arguments->arguments);
    }
    std::int64_t tokens() const { return m_tokens + estimateTokens(m_pending); }

private:
    // Estimated in pieces of some size: each piece is rounded up.
    void append(std::string_view text) {
        m_pending += text;
        if (m_pending.size() > 4096) {
            m_tokens += estimateTokens(m_pending);
            m_pending.clear();
        }
    }
    std::int64_t m_tokens = 0;
    std::string m_pending;
};

HttpCallOptions optionsFor(const Endpoint& endpoint, bool loopbackOnly) {
    HttpCallOptions options;
    options.proxy = endpoint.proxy;
    options.loopbackOnly = loopbackOnly;
    return options;
}

HttpTimeouts httpTimeouts(const CallTimeouts& timeouts, bool stream) {
    HttpTimeouts http;
    http.connect = timeouts.connect;
    http.total = timeouts.total;
    if (stream) { // an answer that comes in one piece may take as long as the whole call
        http.idle = timeouts.idle;
        if (timeouts.idle) // a model that may think for two minutes may do so without a byte
            http.firstIdle = std::max(*timeouts.idle, timeouts.firstToken.value_or(Milliseconds::zero()));
        if (!timeouts.lastChance) {
            http.headers = timeouts.headers;
            http.firstOutput = timeouts.firstToken;
        }
    }
    return http;
}

/// The way of one reply from the socket to the sink.
class ReplyPump {
public:
    ReplyPump(ChatCall& call, HttpReply& reply, ReplyDecoder& decoder, Clock& clock)
        : m_call(call), m_reply(reply), m_decoder(decoder), m_clock(clock) {}

    awaitable<Outcome> run() {
        const bool refused = m_reply.head().status >= 400;
        std::size_t received = 0;
        std::optional<Error> broken;
        while (!m_decoder.complete()) {
            auto bytes = co_await m_reply.read();
            if (!bytes) {
                broken = bytes.error();
                break;
            }
            if (bytes->empty())
                break;
            received += bytes->size();
            EventBatch events;
            auto fed = m_decoder.feed(*bytes, events);
            if (auto limited = m_limits.add(events); !limited)
                co_return limited.error();
            auto emitted = co_await emit(std::move(events));
            if (!fed)
                co_return fed.error();
            if (!emitted)
                co_return emitted.error();
            if (refused && received > kMaxErrorBytes)
                break; // enough to tell what is wrong
        }
        co_return co_await finish(std::move(broken));
    }

private:
    awaitable<Outcome> finish(std::optional<Error> broken) {
        EventBatch events;
        Outcome outcome = m_decoder.finish(events);
        // A connection that broke after the finish reason has lost nothing; before it, how it broke is the better
        // explanation, unless the vendor has said what is wrong.
        if (!outcome && broken && !outcome.error().vendor)
            outcome = *broken;
        if (auto limited = m_limits.add(events); !limited)
            co_return limited.error();
        note(events);
        if (outcome && outcome->usage.empty() && !m_usageSeen) {
            outcome->usage = Usage{.inputTotal = estimatePromptTokens(*m_call.request),
                                   .outputTotal = m_estimate.tokens(),
                                   .estimated = true};
            events.push_back(UsageReported{outcome->usage});
        }
        auto emitted = co_await send(std::move(events));
        if (!emitted)
            co_return emitted.error();
        co_return outcome;
    }

    awaitable<Result<void>> emit(EventBatch events) {
        note(events);
        return send(std::move(events));
    }

    awaitable<Result<void>> send(EventBatch events) {
        if (events.empty() || !m_call.out)
            co_return Result<void>();
        co_return co_await m_call.out->emit(std::move(events));
    }

    void note(const EventBatch& events) {
        for (const ChatEvent& event : events) {
            m_usageSeen = m_usageSeen || std::holds_alternative<UsageReported>(event);
            m_estimate.add(event);
            if (m_firstSeen || !isModelOutput(event))
                continue;
            m_firstSeen = true;
            m_reply.markOutput();
            if (m_call.record && !m_call.record->firstToken)
                m_call.record->firstToken = m_clock.now();
        }
    }

    ChatCall& m_call;
    HttpReply& m_reply;
    ReplyDecoder& m_decoder;
    Clock& m_clock;
    OutputEstimate m_estimate;
    ReplyLimits m_limits;
    bool m_firstSeen = false;
    bool m_usageSeen = false;
};

} // namespace

awaitable<Outcome> ProviderClient::chat(ChatCall call, std::shared_ptr<const Endpoint> endpoint,
                                        CallTimeouts timeouts) {
    const ClientCodec& codec = clientCodec(endpoint->format);
    if (auto missing = missingFeature(*call.request, endpoint->format))
        co_return std::move(*missing);
    const bool large = m_workers && contentBytes(*call.request) >= kLargeJson;
    auto request = large ? co_await encodeInWorker(call.request, endpoint)
                         : codec.encodeChat(*call.request, *endpoint);
    if (!request)
        co_return request.error();
    HttpCallOptions options = optionsFor(*endpoint, m_loopbackOnly);
    options.timeouts = httpTimeouts(timeouts, call.request->stream);
    auto sent = co_await m_http.send(std::move(*request), std::move(options));
    if (!sent)
        co_return sent.error();
    std::unique_ptr<HttpReply> reply = std::move(*sent);
    auto decoder = codec.chatDecoder(reply->head(), *call.request, *endpoint);
    ReplyPump pump(call, *reply, *decoder, m_clock);
    Outcome outcome = co_await pump.run();
    if (!outcome)
        co_return withoutSecrets(outcome.error(), *endpoint);
    reply->release(kReleaseLimit);
    co_return outcome;
}

awaitable<Result<WireRequest>> ProviderClient::encodeInWorker(std::shared_ptr<const ChatRequest> request,
                                                              std::shared_ptr<const Endpoint> endpoint) {
    co_return co_await runInWorker(
        *m_workers, [request, endpoint] { return clientCodec(endpoint->format).encodeChat(*request, *endpoint); });
}

awaitable<Result<ProviderClient::Whole>>
ProviderClient::ask(WireRequest request, std::shared_ptr<const Endpoint> endpoint, Milliseconds total) {
    HttpCallOptions options = optionsFor(*endpoint, m_loopbackOnly);
    options.timeouts.total = total;
    auto sent = co_await m_http.send(std::move(request), std::move(options));
    if (!sent)
        co_return sent.error();
    std::unique_ptr<HttpReply> reply = std::move(*sent);
    auto body = co_await reply->readAll();
    if (!body)
        co_return body.error();
    co_return Whole{reply->head(), std::move(*body)};
}

awaitable<Result<std::vector<ModelInfo>>> ProviderClient::listModels(std::shared_ptr<const Endpoint> endpoint,
                                                                     Milliseconds total) {
    const ClientCodec& codec = clientCodec(endpoint->format);
    auto whole = co_await ask(codec.encodeListModels(*endpoint), endpoint, total);
    if (!whole)
        co_return whole.error();
    co_return withoutSecrets(codec.decodeListModels(whole->head, whole->body), *endpoint);
}

awaitable<Result<EmbeddingReply>> ProviderClient::embed(EmbeddingRequest request,
                                                        std::shared_ptr<const Endpoint> endpoint) {
    const ClientCodec& codec = clientCodec(endpoint->format);
    auto encoded = codec.encodeEmbedding(request, *endpoint);
    if (!encoded)
        co_return encoded.error();
    auto whole = co_await ask(std::move(*encoded), endpoint, CallTimeouts{}.total);
    if (!whole)
        co_return whole.error();
    co_return withoutSecrets(codec.decodeEmbedding(whole->head, whole->body), *endpoint);
}

awaitable<Result<std::int64_t>> ProviderClient::countTokens(ChatRequest request,
                                                            std::shared_ptr<const Endpoint> endpoint) {
    const ClientCodec& codec = clientCodec(endpoint->format);
    auto encoded = codec.encodeCountTokens(request, *endpoint);
    if (!encoded)
        co_return encoded.error();
    auto whole = co_await ask(std::move(*encoded), endpoint, kCountTimeout);
    if (!whole)
        co_return whole.error();
    co_return withoutSecrets(codec.decodeCountTokens(whole->head, whole->body), *endpoint);
}

} // namespace patchbay
