#include "http/web_socket_session.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "base/strings.h"

namespace patchbay::http {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

/// Messages that wait for receive(); then reading pauses and the client has to wait.
constexpr std::size_t kMaxIncoming = 16;
constexpr std::size_t kMaxIncomingBytes = 64U << 10U;
/// Time for the peer to answer a close frame.
constexpr std::chrono::seconds kCloseTimeout{2};
/// After the end of the connection a handler that is not receiving is cancelled this much later, so that one that was
/// about to receive sees the end instead.
constexpr Milliseconds kAbandonDelay{40};

using HandshakeRequest = beast::http::request<beast::http::empty_body>;

HandshakeRequest handshakeOf(const Request& request) {
    HandshakeRequest handshake;
    handshake.method(beast::http::verb::get);
    handshake.target(request.target);
    handshake.version(11);
    for (const Header& header : request.headers)
        handshake.insert(header.name, header.value);
    return handshake;
}

Error closedError() {
    return makeError(ErrorCode::Cancelled, "the WebSocket is closed", "nothing is to be done");
}

} // namespace

WebSocketSession::WebSocketSession(std::shared_ptr<Connection> connection)
    : m_connection(std::move(connection)), m_stream(m_connection->socket()) {
    const ServerOptions& options = m_connection->core().options();
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = kCloseTimeout;
    timeout.idle_timeout = options.webSocketIdleTimeout;
    timeout.keep_alive_pings = true;
    m_stream.set_option(timeout);
    m_stream.set_option(
        websocket::stream_base::decorator([name = options.serverHeader](websocket::response_type& response) {
            if (!name.empty())
                response.set(beast::http::field::server, name);
        }));
    m_stream.read_message_max(options.bodyLimit);
    m_stream.auto_fragment(false);
    m_stream.text(true);
}

bool WebSocketSession::isUpgrade(const Request& request) {
    const HandshakeRequest handshake = handshakeOf(request);
    const auto key = handshake[beast::http::field::sec_websocket_key];
    return request.method == "GET" && request.body.empty() && websocket::is_upgrade(handshake) && key.size() == 24 &&
           trim(std::string_view(handshake[beast::http::field::sec_websocket_version].data(),
                                 handshake[beast::http::field::sec_websocket_version].size())) == "13";
}

awaitable<bool> WebSocketSession::accept(std::shared_ptr<WebSocketSession> self,
                                         std::shared_ptr<const Request> request) {
    // Half an upgrade is of no use to anyone, so a cancellation waits until it is done.
    const bool throwing = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    bool accepted = co_await self->m_connection->detachInput();
    if (accepted) {
        const HandshakeRequest handshake = handshakeOf(*request);
        self->m_stream.async_accept(handshake, OwnedCompletion<WebSocketSession, &WebSocketSession::onHandshake>(self));
        co_await self->m_handshake.wait();
        accepted = !self->m_handshakeError;
    }
    co_await asio::this_coro::throw_if_cancelled(throwing);
    if (accepted)
        self->readNext();
    else
        self->m_ended = true; // and the connection is closed with its handler
    co_return accepted;
}

bool WebSocketSession::hasRoom() const {
    return m_incoming.size() < kMaxIncoming && m_incomingBytes < kMaxIncomingBytes;
}

void WebSocketSession::readNext() {
    m_reading = true;
    m_stream.async_read(m_buffer, OwnedCompletion<WebSocketSession, &WebSocketSession::onRead>(shared_from_this()));
}

void WebSocketSession::onHandshake(const boost::system::error_code& error, std::size_t) {
    m_handshakeError = error;
    m_handshake.notify();
}

void WebSocketSession::dropWaiters() {
    const auto keepAlive = shared_from_this();
    for (Waiter* waiter : {&m_handshake, &m_receiver, &m_drained, &m_quiet})
        waiter->drop();
    for (const auto& item : std::exchange(m_outgoing, {}))
        item->done.drop();
}

void WebSocketSession::onRead(const boost::system::error_code& error, std::size_t) {
    m_reading = false;
    if (error) {
        onEnd(error);
        return;
    }
    if (m_stream.got_text()) {
        m_incoming.push_back(std::string(static_cast<const char*>(m_buffer.data().data()), m_buffer.size()));
        m_incomingBytes += m_buffer.size();
    } else {
        m_protocolError = makeError(ErrorCode::InvalidRequest, "a binary WebSocket message", "send text messages");
    }
    m_buffer.clear();
    if (hasRoom() && !m_protocolError)
        readNext();
    else
        m_quiet.notify();
    m_receiver.notify();
}

void WebSocketSession::onEnd(const boost::system::error_code& error) {
    m_ended = true;
    const std::size_t limit = m_connection->core().options().bodyLimit;
    if (error == websocket::error::message_too_big || error == websocket::error::buffer_overflow)
        m_protocolError =
            makeError(ErrorCode::TooLarge, "a WebSocket message is larger than " + std::to_string(limit) + " bytes",
                      "send less at once");
    else if (error == websocket::condition::protocol_violation)
        m_protocolError = makeError(ErrorCode::InvalidRequest, "WebSocket protocol violation: " + error.message(),
                                    "use a conforming WebSocket client");
    m_quiet.notify();
    if (m_receiver.waiting()) {
        m_receiver.notify();
        return;
    }
    if (m_closing)
        return;
    auto timer = std::make_shared<asio::steady_timer>(m_connection->core().executor(), kAbandonDelay);
    timer->async_wait(
        [self = shared_from_this(), timer](const boost::system::error_code&) { self->m_connection->abandon(); });
}

awaitable<Result<std::optional<std::string>>> WebSocketSession::receive() {
    using Received = Result<std::optional<std::string>>;
    while (true) {
        if (!m_incoming.empty()) {
            std::optional<std::string> text(std::move(m_incoming.front()));
            m_incoming.pop_front();
            m_incomingBytes -= text->size();
            if (!m_reading && !m_ended && !m_closing && !m_protocolError && hasRoom())
                readNext();
            co_return text;
        }
        if (m_protocolError) {
            if (!m_ended)
                co_await close(1003, "text messages only");
            co_return *m_protocolError;
        }
        if (m_ended || m_closing || m_stopping)
            co_return Received(std::optional<std::string>());
        if (m_receiver.waiting())
            co_return makeError(ErrorCode::Internal, "two coroutines receive on one WebSocket", "let one receive");
        co_await m_receiver.waitCancellable();
    }
}

awaitable<Result<void>> WebSocketSession::send(std::string text) {
    if (m_ended || m_closing)
        co_return closedError();
    auto item = std::make_shared<Outgoing>();
    item->text = std::move(text);
    m_outgoing.push_back(item);
    if (!m_writing)
        writeNext();
    co_await item->done.waitCancellable();
    if (item->failed)
        co_return closedError();
    co_return Result<void>();
}

void WebSocketSession::writeNext() {
    m_writing = true;
    m_connection->setDeadline(m_connection->core().options().writeTimeout);
    m_stream.async_write(asio::buffer(m_outgoing.front()->text),
                         OwnedCompletion<WebSocketSession, &WebSocketSession::onWritten>(shared_from_this()));
}

void WebSocketSession::onWritten(const boost::system::error_code& error, std::size_t) {
    m_writing = false;
    m_connection->clearDeadline();
    const std::shared_ptr<Outgoing> item = std::move(m_outgoing.front());
    m_outgoing.pop_front();
    item->failed = static_cast<bool>(error);
    if (!m_outgoing.empty())
        writeNext();
    else
        m_drained.notify();
    item->done.notify();
}

awaitable<void> WebSocketSession::close(std::uint16_t code, std::string reason) {
    if (m_closing || m_ended)
        co_return;
    m_closing = true;
    const bool throwing = co_await asio::this_coro::throw_if_cancelled();
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto keepAlive = shared_from_this();
    while (!m_outgoing.empty())
        co_await m_drained.wait();
    const websocket::close_reason why(static_cast<websocket::close_code>(code), std::string(truncateUtf8(reason, 120)));
    m_stream.async_close(why, OwnedCompletion<WebSocketSession, &WebSocketSession::onHandshake>(keepAlive));
    co_await m_handshake.wait();
    m_receiver.notify();
    co_await asio::this_coro::throw_if_cancelled(throwing);
}

void WebSocketSession::beginStop() {
    m_stopping = true;
    if (m_incoming.empty())
        m_receiver.notify();
}

awaitable<void> WebSocketSession::finish(std::uint16_t code) {
    const auto keepAlive = shared_from_this();
    co_await close(code, "");
    m_connection->setDeadline(2 * kCloseTimeout); // should the peer hold up what is still under way
    while (m_reading)
        co_await m_quiet.wait();
    while (!m_outgoing.empty())
        co_await m_drained.wait();
    m_connection->reattachInput();
}

} // namespace patchbay::http
