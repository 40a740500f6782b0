#include "http/exchange.h"

#include <charconv>

#include <boost/asio/deferred.hpp>
#include <boost/asio/post.hpp>

#include "http/web_socket_session.h"

namespace patchbay::http {
namespace {

Error clientGone() {
    return makeError(ErrorCode::Cancelled, "the client closed the connection", "nothing is to be done");
}

} // namespace

std::optional<Error> Exchange::obstacle(State expected) const {
    if (m_finished || m_state != expected)
        return makeError(ErrorCode::Internal, "the answer to this request was given in another way already",
                         "a handler must answer once: respond, begin to end, or acceptWebSocket");
    if (m_failed || m_connection->isGone())
        return clientGone();
    return std::nullopt;
}

Result<void> Exchange::outcome(bool sent) {
    if (sent)
        return {};
    m_failed = true;
    return clientGone();
}

awaitable<Result<void>> Exchange::respond(Response response) {
    if (auto error = obstacle(State::Fresh))
        co_return *std::move(error);
    m_state = State::Answered;
    for (const Header& header : response.headers)
        m_mode.keepAlive = m_mode.keepAlive && !(header.name == "Connection" && header.value == "close");
    m_mode.keepAlive = m_mode.keepAlive && !m_connection->core().stopping();
    m_connection->core().finishHeaders(*m_request, response.headers);
    const bool sent = co_await m_connection->sendResponse(std::move(response), m_mode);
    co_return outcome(sent);
}

awaitable<Result<void>> Exchange::begin(int status, std::string contentType, std::vector<Header> headers) {
    if (auto error = obstacle(State::Fresh))
        co_return *std::move(error);
    m_state = State::Streaming;
    m_bodyless = m_mode.head || !statusHasBody(status);
    // HTTP/1.0 knows no chunks: there the end of the connection is the end of the answer.
    m_mode.keepAlive = m_mode.keepAlive && !m_connection->core().stopping() && (m_mode.http11 || m_bodyless);
    m_connection->core().finishHeaders(*m_request, headers);
    const bool sent = co_await m_connection->sendStreamHead(status, std::move(contentType), std::move(headers), m_mode);
    co_return outcome(sent);
}

awaitable<Result<void>> Exchange::write(std::string bytes) {
    if (auto error = obstacle(State::Streaming))
        co_return *std::move(error);
    if (bytes.empty() || m_bodyless) // an empty chunk would end the stream
        co_return Result<void>();
    std::array<char, 20> size; // NOLINT(cppcoreguidelines-pro-type-member-init): filled next
    char* end = std::to_chars(size.data(), size.data() + 16, bytes.size(), 16).ptr;
    *end++ = '\r';
    *end++ = '\n';
    OutBuffers buffers = m_mode.http11
                             ? OutBuffers({size.data(), static_cast<std::size_t>(end - size.data())}, bytes, "\r\n")
                             : OutBuffers(bytes);
    const Channel::Sent sent = m_connection->trySend(buffers);
    if (sent == Channel::Sent::Part)
        co_return outcome(co_await m_connection->flush(buffers));
    if (m_connection->shouldYield())
        co_await asio::post(m_connection->core().executor(), asio::deferred);
    co_return outcome(sent == Channel::Sent::All);
}

awaitable<Result<void>> Exchange::end() {
    if (auto error = obstacle(State::Streaming))
        co_return *std::move(error);
    m_state = State::Answered;
    if (m_bodyless || !m_mode.http11)
        co_return Result<void>();
    const bool sent = co_await m_connection->sendPieces(OutBuffers("0\r\n\r\n"));
    co_return outcome(sent);
}

void Exchange::abort() {
    if (m_finished || m_state == State::Aborted)
        return;
    m_state = State::Aborted;
    m_connection->abortByHandler();
}

awaitable<Result<std::shared_ptr<WebSocket>>> Exchange::acceptWebSocket() {
    if (auto error = obstacle(State::Fresh))
        co_return *std::move(error);
    if (!WebSocketSession::isUpgrade(*m_request) || !m_mode.http11)
        co_return makeError(ErrorCode::InvalidRequest, "this is no WebSocket handshake",
                            "connect with a WebSocket client (version 13)");
    if (!m_connection->input().empty())
        co_return makeError(ErrorCode::InvalidRequest, "data was sent before the WebSocket handshake was answered",
                            "wait for the 101 before sending frames");
    m_state = State::Upgraded;
    auto session = std::make_shared<WebSocketSession>(m_connection);
    m_connection->attachWebSocket(session); // before the client can know of it, so that no stop misses it
    const bool accepted = co_await WebSocketSession::accept(session, m_request);
    if (!accepted) {
        m_failed = true;
        co_return clientGone();
    }
    m_webSocket = session;
    std::shared_ptr<WebSocket> result = session;
    co_return result;
}

Exchange::State Exchange::finish() {
    m_finished = true;
    return m_state;
}

} // namespace patchbay::http
