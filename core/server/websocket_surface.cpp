#include "server/websocket_surface.h"

#include <map>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/json_writer.h"
#include "server/native_turn.h"
#include "server/stopping.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxIdSize = 128;

using SocketPtr = std::shared_ptr<http::WebSocket>;

// The client's id is a string or a number; it is given back as it came. Null where a message has none.
std::string textOf(std::string_view type, const json::value& id, const json::object& members) {
    json::object message{{"id", id}, {"type", type}};
    message.insert(members.begin(), members.end());
    return writeJson(message);
}

// Sends a reply's events under the chat's id.
class SocketSink final : public EventSink {
public:
    SocketSink(SocketPtr socket, json::value id) : m_socket(std::move(socket)), m_id(std::move(id)) {}

    awaitable<Result<void>> emit(EventBatch batch) override {
        std::vector<NativeEvent> events;
        for (const ChatEvent& event : batch)
            m_encoder.encode(event, events);
        co_return co_await send(std::move(events));
    }
    awaitable<Result<void>> finish(Outcome outcome, std::shared_ptr<const Turn> turn) {
        std::vector<NativeEvent> events;
        if (outcome)
            m_encoder.flush(events); // half a tool call is none
        for (NativeEvent& event : closingEvents(outcome, *turn))
            events.push_back(std::move(event));
        co_return co_await send(std::move(events));
    }

private:
    awaitable<Result<void>> send(std::vector<NativeEvent> events) {
        for (const NativeEvent& event : events)
            if (auto sent = co_await m_socket->send(textOf(event.name, m_id, event.data)); !sent)
                co_return sent;
        co_return Result<void>();
    }

    SocketPtr m_socket;
    json::value m_id;
    NativeEventEncoder m_encoder;
};

// One connection and the chats that run on it.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(ConversationChat& chats, SocketPtr socket, const asio::any_io_executor& executor)
        : m_chats(chats), m_socket(std::move(socket)), m_executor(executor),
          m_idle(executor, asio::steady_timer::time_point::max()) {}

    /// Answers what is wrong, starts what is right. An error means that the client is gone.
    awaitable<Result<void>> take(std::string text) {
        auto message = parseJsonObject(text);
        if (!message)
            co_return co_await refuse(nullptr, makeError(ErrorCode::InvalidRequest, "the message is not a JSON object",
                                                         "Send {\"type\":\"chat\",\"id\":\"…\",\"message\":\"…\"}."));
        const json::value* found = find(*message, "id");
        const json::value id = found ? *found : json::value(nullptr);
        const std::string_view type = find(*message, "type") ? stringOr(*message, "type") : "chat";
        if (type == "ping")
            co_return co_await m_socket->send(textOf("pong", id, {}));
        const std::string key = writeJson(id);
        if (!(id.is_string() || id.is_int64() || id.is_uint64()) || key.size() > kMaxIdSize || key == "\"\"")
            co_return co_await refuse(nullptr, makeError(ErrorCode::InvalidRequest, "the message has no usable id",
                                                         "Send an id: a short string or an integer."));
        if (type == "cancel") {
            cancel(key);
            co_return Result<void>();
        }
        if (type == "chat")
            co_return co_await begin(key, id, std::move(*message));
        co_return co_await refuse(id, makeError(ErrorCode::InvalidRequest,
                                                "there is no message type \"" + std::string(type) + "\"",
                                                "Send chat, cancel or ping."));
    }

    /// With `stopping`, the chats end with the error that says so, else as stopped by their client.
    void cancelAll(bool stopping) {
        m_stopping = m_stopping || stopping;
        const auto chats = m_byId; // a cancelled chat leaves the map
        for (const auto& [key, chat] : chats)
            stop(*chat);
    }

    /// Until no chat runs any more; the caller's cancellation cancels them.
    awaitable<void> waitUntilIdle() {
        while (m_running > 0) {
            boost::system::error_code woken;
            co_await m_idle.async_wait(asio::redirect_error(asio::use_awaitable, woken));
            if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none)
                cancelAll(m_socket->stopping());
        }
    }

private:
    struct Chat {
        asio::cancellation_signal signal;
        bool stopped = false;
    };

    awaitable<Result<void>> refuse(json::value id, Error error) {
        json::object members = errorJson(error);
        members["refused"] = true;
        co_return co_await m_socket->send(textOf("error", id, members));
    }

    static void stop(Chat& chat) {
        if (!std::exchange(chat.stopped, true)) // a second signal would disturb the bookkeeping
            chat.signal.emit(asio::cancellation_type::terminal);
    }

    void cancel(const std::string& key) {
        // An id that is not there ended a moment ago: its `done` is on the way.
        if (const auto found = m_byId.find(key); found != m_byId.end()) {
            const auto chat = found->second;
            stop(*chat);
        }
    }

    awaitable<Result<void>> begin(std::string key, json::value id, json::object message) {
        if (m_byId.contains(key))
            co_return co_await refuse(id, makeError(ErrorCode::Conflict, "a chat with this id is running",
                                                    "Choose another id, or wait for its done."));
        if (m_byId.size() >= kMaxChatsPerSocket)
            co_return co_await refuse(
                id, makeError(ErrorCode::RateLimited,
                              "too many chats on one connection (" + std::to_string(kMaxChatsPerSocket) + ")",
                              "Wait for one to end, or open another connection."));
        auto turn = decodeTurn(std::move(message));
        if (!turn)
            co_return co_await refuse(id, turn.error());
        turn->request.chat.stream = turn->request.chat.includeUsage = true;
        auto chat = std::make_shared<Chat>();
        m_byId.emplace(key, chat);
        ++m_running;
        asio::co_spawn(m_executor, run(shared_from_this(), std::move(key), std::move(id), std::move(turn->request)),
                       asio::bind_cancellation_slot(chat->signal.slot(),
                                                    [self = shared_from_this(), chat](const std::exception_ptr&) {
                                                        --self->m_running;
                                                        self->m_idle.cancel();
                                                    }));
        co_return Result<void>();
    }

    static awaitable<void> run(std::shared_ptr<Session> self, std::string key, json::value id, TurnRequest request) {
        co_await asio::this_coro::throw_if_cancelled(false);
        auto sink = std::make_shared<SocketSink>(self->m_socket, id);
        const auto turn = self->m_chats.newTurn();
        Outcome outcome = co_await self->m_chats.run(std::move(request), sink, turn);
        if (!outcome && outcome.error().code == ErrorCode::Cancelled && self->m_stopping)
            outcome = stoppingError();
        self->m_byId.erase(key); // a client that has read `done` may use the id again
        if (!turn->begun && !outcome && outcome.error().code != ErrorCode::Cancelled)
            co_await self->refuse(std::move(id), outcome.error());
        else
            co_await sink->finish(outcome, turn);
    }

    ConversationChat& m_chats;
    SocketPtr m_socket;
    asio::any_io_executor m_executor;
    asio::steady_timer m_idle;
    std::map<std::string, std::shared_ptr<Chat>> m_byId;
    std::size_t m_running = 0;
    bool m_stopping = false;
};

awaitable<void> serveMessages(SocketPtr socket, std::shared_ptr<Session> session) {
    try {
        for (;;) {
            auto text = co_await socket->receive();
            if (!text || !*text)
                co_return;
            if (auto taken = co_await session->take(std::move(**text)); !taken)
                co_return;
        }
    } catch (const boost::system::system_error&) {
        // Cancelled: the server's patience with running chats is at its end.
    }
}

awaitable<void> serve(ConversationChat& chats, ResponderPtr responder) {
    auto socket = co_await responder->acceptWebSocket();
    if (!socket) {
        if (socket.error().code != ErrorCode::Cancelled)
            co_await responder->respond(nativeError(socket.error()));
        co_return;
    }
    // What runs here is ended in order, whoever ends it.
    co_await asio::this_coro::throw_if_cancelled(false);
    auto session = std::make_shared<Session>(chats, *socket, co_await asio::this_coro::executor);
    co_await serveMessages(*socket, session);
    const bool cancelled = (co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none;
    // A server that stops lets running chats end; a client that went away does not want them.
    if (cancelled || !(*socket)->stopping())
        session->cancelAll((*socket)->stopping());
    co_await session->waitUntilIdle();
}

} // namespace

std::vector<http::Route> webSocketRoutes(ServerParts, ConversationChat& chats) {
    return {route("GET", "/api/ws", AccessRole::Member,
                  [&chats](RequestPtr, ResponderPtr responder) { return serve(chats, std::move(responder)); })};
}

} // namespace patchbay
