#include "server/chat_exchange.h"

#include "base/json_writer.h"
#include "base/worker.h"
#include "providers/request_limits.h"
#include "server/stopping.h"
#include "server/stream_sink.h"

namespace patchbay {
namespace {

// Sends events on and keeps a copy of what they add up to, for surfaces that store replies.
class TeeSink final : public EventSink {
public:
    explicit TeeSink(std::shared_ptr<EventSink> out) : m_out(std::move(out)) {}
    awaitable<Result<void>> emit(EventBatch batch) override {
        m_builder.add(batch);
        co_return co_await m_out->emit(std::move(batch));
    }
    ChatReply take() { return m_builder.take(); }

private:
    std::shared_ptr<EventSink> m_out;
    ReplyBuilder m_builder;
};

struct Exchange {
    ServerParts parts;
    ChatExchangeOptions options;
    ResponderPtr responder;
    const ServerCodec& codec;
    std::shared_ptr<const ChatRequest> request;
    std::shared_ptr<const ChatRequest> shown; // the same, as the reply repeats it
    ReplyIdentity identity;
    std::shared_ptr<CallRecord> record;
};

std::string closingComment(const CallRecord& record, const ChatSummary& summary) {
    json::object facts{{"trace_id", record.traceId},
                       {"deployment", record.deployment},
                       {"attempts", record.attempts},
                       {"fallbacks", record.fallbacks},
                       {"usage_estimated", summary.usage.estimated}};
    return "patchbay " + writeJson(facts);
}

awaitable<void> refuse(Exchange& exchange, const Error& error) {
    http::Response response = errorResponse(exchange.codec, error, exchange.record->traceId);
    addCallHeaders(response, *exchange.record, exchange.identity.model);
    co_await exchange.responder->respond(std::move(response));
}

// The surface sees the reply under the id that the client got.
awaitable<void> complete(Exchange& exchange, ChatReply reply) {
    reply.id = exchange.identity.id;
    co_await exchange.options.completed(*exchange.request, std::move(reply));
}

awaitable<void> answerStreamed(Exchange& exchange) {
    const auto record = exchange.record;
    const std::string model = exchange.identity.model;
    const auto executor = co_await asio::this_coro::executor;
    auto sink = std::make_shared<StreamSink>(
        exchange.responder, exchange.codec.chatEncoder(*exchange.shown, exchange.identity), exchange.parts.clock,
        [record, model](bool beforeReply) { return callHeaders(beforeReply ? unanswered(*record) : *record, model); },
        executor);
    std::shared_ptr<EventSink> out = sink;
    std::shared_ptr<TeeSink> tee;
    if (exchange.options.completed)
        out = tee = std::make_shared<TeeSink>(sink);

    const KeepAlive keepAlive(sink, executor);
    Outcome outcome = co_await untilStopped(exchange.parts.chat.chat(exchange.request, out, record));
    if (!outcome) {
        if (sink->begun())
            co_await sink->fail(outcome.error());
        else
            co_await refuse(exchange, outcome.error());
        co_return;
    }
    if (tee)
        co_await complete(exchange, tee->take());
    co_await sink->finish(*outcome, closingComment(*record, *outcome));
}

awaitable<void> answerWhole(Exchange& exchange) {
    auto sink = std::make_shared<CollectSink>();
    Outcome outcome = co_await exchange.parts.chat.chat(exchange.request, sink, exchange.record);
    if (!outcome) {
        co_await refuse(exchange, outcome.error());
        co_return;
    }
    ChatReply reply = sink->take();
    reply.usage = outcome->usage;
    http::Response response = toHttpResponse(exchange.codec.encodeReply(*exchange.shown, exchange.identity, reply));
    addCallHeaders(response, *exchange.record, exchange.identity.model);
    if (reply.usage.estimated)
        response.headers.push_back({"x-patchbay-estimated", "1"});
    if (exchange.options.completed)
        co_await complete(exchange, std::move(reply));
    co_await exchange.responder->respond(std::move(response));
}

// The request or why there is none, on the heap: a coroutine's frame lives as long as the stream.
using Decoded = std::pair<std::shared_ptr<ChatRequest>, std::unique_ptr<Error>>;

Decoded decode(const ServerCodec& codec, http::Request& request) {
    auto decoded = codec.decodeChat(toClientRequest(request));
    if (decoded)
        if (auto limited = checkRequestLimits(*decoded); !limited)
            decoded = limited.error();
    request.body.clear();
    request.body.shrink_to_fit(); // a long stream must not keep a 30 MB body alive
    if (!decoded)
        return {nullptr, std::make_unique<Error>(decoded.error())};
    return {std::make_shared<ChatRequest>(std::move(*decoded)), nullptr};
}

awaitable<Decoded> decodeInWorker(asio::thread_pool& workers, const ServerCodec& codec, RequestPtr request) {
    co_return co_await runInWorker(workers, [&codec, request] { return decode(codec, *request); });
}

} // namespace

awaitable<void> exchangeChat(ServerParts parts, ChatExchangeOptions options, RequestPtr request,
                             ResponderPtr responder) {
    Exchange exchange{.parts = parts,
                      .options = std::move(options),
                      .responder = std::move(responder),
                      .codec = serverCodec(options.format),
                      .request = {},
                      .shown = {},
                      .identity = {},
                      .record = parts.chat.newRecord()};
    auto [asked, refused] = request->body.size() < kLargeJson
                                ? decode(exchange.codec, *request)
                                : co_await decodeInWorker(parts.workers, exchange.codec, request);
    if (!asked) {
        co_await refuse(exchange, *refused);
        co_return;
    }
    exchange.request = asked;
    exchange.identity = ReplyIdentity{
        .id = exchange.options.idPrefix.empty() ? std::string() : parts.ids.nextToken(exchange.options.idPrefix),
        .model = asked->model,
        .created = toUnixSeconds(parts.clock.wallNow()),
        .requestId = exchange.record->traceId};
    if (exchange.options.shortcut) {
        if (auto reply = exchange.options.shortcut(*asked, exchange.identity)) {
            if (*reply)
                co_await exchange.responder->respond(toHttpResponse(std::move(**reply)));
            else
                co_await refuse(exchange, reply->error());
            co_return;
        }
    }
    if (exchange.options.prepare) {
        if (auto prepared = co_await exchange.options.prepare(*asked); !prepared) {
            co_await refuse(exchange, prepared.error());
            co_return;
        }
    }
    exchange.shown = exchange.options.shown ? exchange.options.shown() : exchange.request;
    if (asked->stream)
        co_await answerStreamed(exchange);
    else
        co_await answerWhole(exchange);
}

} // namespace patchbay
