#include "server/native_surface.h"

#include "base/json_writer.h"
#include "base/worker.h"
#include "providers/openai/openai_fields.h"
#include "server/native_turn.h"
#include "server/stopping.h"
#include "server/stream_sink.h"
#include "wire/sse_writer.h"

namespace patchbay {
namespace {

// The native events as a format among the others, so that StreamSink serves them too.
class NativeReplyEncoder final : public ReplyEncoder {
public:
    explicit NativeReplyEncoder(std::shared_ptr<const Turn> turn) : m_turn(std::move(turn)) {}

    std::string_view contentType() const override { return "text/event-stream; charset=utf-8"; }
    void encode(const ChatEvent& event, std::string& out) override {
        std::vector<NativeEvent> events;
        m_events.encode(event, events);
        append(events, out);
    }
    void finish(const ChatSummary& summary, std::string& out) override { close(summary, out); }
    void fail(const Error& error, std::string& out) override { close(error, out); }

private:
    static void append(const std::vector<NativeEvent>& events, std::string& out) {
        for (const NativeEvent& event : events)
            appendSseEvent(out, event.name, writeJson(event.data));
    }
    void close(const Outcome& outcome, std::string& out) {
        std::vector<NativeEvent> events;
        if (outcome)
            m_events.flush(events); // half a tool call is none
        append(events, out);
        append(closingEvents(outcome, *m_turn), out);
    }

    std::shared_ptr<const Turn> m_turn;
    NativeEventEncoder m_events;
};

std::vector<http::Header> turnHeaders(const Turn& turn, bool beforeReply = false) {
    std::vector<http::Header> headers = callHeaders(beforeReply ? unanswered(*turn.record) : *turn.record, turn.model);
    if (!turn.conversationId.empty())
        headers.push_back({"x-patchbay-conversation-id", turn.conversationId});
    if (!turn.messageId.empty())
        headers.push_back({"x-patchbay-message-id", turn.messageId});
    return headers;
}

awaitable<void> refuse(ResponderPtr responder, Error error, std::shared_ptr<const Turn> turn) {
    http::Response response = nativeError(error);
    if (turn) {
        // A request that was wrong in itself has met no provider.
        if (turn->begun)
            for (http::Header& header : turnHeaders(*turn))
                response.headers.push_back(std::move(header));
        else
            response.headers.push_back({"x-patchbay-trace-id", turn->record->traceId});
        json::object body{{"error", errorJson(error)}};
        const json::object ids = turnIds(*turn);
        body.insert(ids.begin(), ids.end());
        response.body = writeJson(body);
    }
    co_await responder->respond(std::move(response));
}

awaitable<void> answerStreamed(ServerParts parts, ConversationChat& chats, TurnRequest request,
                               std::shared_ptr<Turn> turn, ResponderPtr responder) {
    const auto executor = co_await asio::this_coro::executor;
    auto sink = std::make_shared<StreamSink>(
        responder, std::make_unique<NativeReplyEncoder>(turn), parts.clock,
        [turn](bool beforeReply) { return turnHeaders(*turn, beforeReply); }, executor);
    const KeepAlive keepAlive(sink, executor);
    const Outcome outcome = co_await untilStopped(chats.run(std::move(request), sink, turn));
    if (outcome)
        co_await sink->finish(*outcome, {});
    else if (sink->begun())
        co_await sink->fail(outcome.error());
    else
        co_await refuse(std::move(responder), outcome.error(), std::move(turn));
}

awaitable<void> answerWhole(ConversationChat& chats, TurnRequest request, std::shared_ptr<Turn> turn,
                            ResponderPtr responder) {
    auto sink = std::make_shared<CollectSink>();
    const Outcome outcome = co_await chats.run(std::move(request), sink, turn);
    if (!outcome) {
        co_await refuse(std::move(responder), outcome.error(), std::move(turn));
        co_return;
    }
    http::Response response = jsonResponse(200, replyJson(sink->take(), *outcome, *turn));
    response.headers = turnHeaders(*turn);
    co_await responder->respond(std::move(response));
}

Result<NativeTurn> decode(http::Request& request) {
    auto body = parseOpenAiBody(request.body);
    request.body.clear();
    request.body.shrink_to_fit(); // a long stream must not keep a 30 MB body alive
    return body ? decodeTurn(std::move(*body)) : Result<NativeTurn>(body.error());
}

awaitable<Result<NativeTurn>> decodeInWorker(asio::thread_pool& workers, RequestPtr request) {
    co_return co_await runInWorker(workers, [request] { return decode(*request); });
}

awaitable<void> chat(ServerParts parts, ConversationChat& chats, RequestPtr request, ResponderPtr responder) {
    Result<NativeTurn> decoded = request->body.size() < kLargeJson
                                     ? decode(*request)
                                     : co_await decodeInWorker(parts.workers, std::move(request));
    if (!decoded) {
        co_await refuse(std::move(responder), decoded.error(), nullptr);
        co_return;
    }
    auto turn = chats.newTurn();
    if (decoded->stream)
        co_await answerStreamed(parts, chats, std::move(decoded->request), std::move(turn), std::move(responder));
    else
        co_await answerWhole(chats, std::move(decoded->request), std::move(turn), std::move(responder));
}

} // namespace

std::vector<http::Route> nativeRoutes(ServerParts parts, ConversationChat& chats) {
    return {route("POST", "/api/chat/stream", AccessRole::Member,
                  [parts, &chats](RequestPtr request, ResponderPtr responder) {
                      return chat(parts, chats, std::move(request), std::move(responder));
                  })};
}

} // namespace patchbay
