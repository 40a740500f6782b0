#include "http/connection.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

#include "http/exchange.h"
#include "http/web_socket_session.h"

namespace patchbay::http {
namespace {

constexpr std::size_t kHeadRead = 4096;
/// Bytes of further requests that are kept while a handler runs; then the client has to wait.
constexpr std::size_t kPipelineLimit = 64U << 10U;
/// After a last answer to a request that was read whole: only a client that pipelined on needs the moment.
constexpr Milliseconds kCleanLinger{200};
/// Empty lines before a request line that are skipped (RFC 9112 section 2.2 asks for one).
constexpr int kMaxEmptyLines = 4;

constexpr std::string_view kAllMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

std::string_view connectionHeader(ReplyMode mode) {
    if (!mode.keepAlive)
        return "close";
    return mode.http11 ? "" : "keep-alive";
}

} // namespace

Connection::Connection(std::shared_ptr<ServerCore> core, Socket socket, asio::ip::address address, bool refused)
    : Channel(std::move(socket), core->options().writeTimeout), m_core(std::move(core)), m_address(address),
      m_addressText(address.to_string()), m_refused(refused) {
}

void Connection::start(std::shared_ptr<Connection> connection) {
    asio::co_spawn(connection->m_core->executor(), run(connection),
                   asio::bind_cancellation_slot(connection->m_cancel.slot(), [connection](const std::exception_ptr&) {
                       connection->close();
                       connection->leaveList();
                   }));
}

Connection::~Connection() {
    leaveList();
}

void Connection::leaveList() {
    if (std::exchange(m_left, true))
        return;
    m_core->remove(*this);
}

std::shared_ptr<Request> Connection::newRequest() const {
    auto request = std::make_shared<Request>();
    request->peer = m_addressText;
    request->loopbackPeer = m_address.is_loopback();
    return request;
}

awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (self->m_refused) {
        co_await self->refuse(self->newRequest(), refusal(503, ErrorCode::Overloaded, "too many connections",
                                                          "close idle connections or try again in a moment"));
    } else {
        while (co_await self->serveNext()) {
            self->m_served = true;
            if (self->shouldYield())
                co_await asio::post(self->m_core->executor(), asio::deferred);
        }
    }
    self->m_phase = Phase::Closing;
    if (self->socket().is_open())
        co_await self->lingerClose(self->m_unread ? self->m_core->options().lingerTimeout : kCleanLinger);
}

awaitable<bool> Connection::receiveHead() {
    const ServerOptions& options = m_core->options();
    m_phase = Phase::Idle;
    m_scanner.reset();
    int emptyLines = 0;
    bool idleClock = false;
    bool headClock = false;
    while (true) {
        while (m_phase == Phase::Idle && input().view().starts_with("\r\n") && emptyLines++ < kMaxEmptyLines)
            input().consume(2);
        const std::string_view bytes = input().view();
        if (!bytes.empty() && (bytes != "\r" || m_phase == Phase::Request)) {
            m_phase = Phase::Request;
            const HeadScanner::State state = m_scanner.scan(bytes);
            if (state == HeadScanner::State::Malformed)
                co_return co_await refuse(newRequest(), badRequest(m_scanner.problem()));
            const bool complete = state == HeadScanner::State::Complete;
            if ((complete ? m_scanner.headSize() : bytes.size() + 1) > options.headerLimit)
                co_return co_await refuse(newRequest(),
                                          refusal(431, ErrorCode::TooLarge, "the request head is too large",
                                                  "send fewer or shorter headers"));
            if (complete)
                break;
        }
        if (ended() && !bytes.empty())
            co_return co_await refuse(newRequest(), badRequest("the request head is incomplete"));
        if (ended() || (m_core->stopping() && bytes.empty()))
            co_return false;
        if (m_phase == Phase::Idle && !idleClock) {
            idleClock = true;
            setDeadline(m_served ? options.idleTimeout : options.headerTimeout);
        } else if (m_phase == Phase::Request && !headClock) {
            headClock = true; // for the head as a whole: bytes that trickle do not extend it
            setDeadline(m_served ? std::chrono::steady_clock::now() + options.headerTimeout
                                 : m_acceptedAt + options.headerTimeout);
        }
        co_await nextInput(kHeadRead);
        if (timedOut() && input().empty())
            co_return false;
        if (timedOut())
            co_return co_await refuse(newRequest(), refusal(408, ErrorCode::Timeout, "the request head took too long",
                                                            "send the request without delay"));
    }
    clearDeadline();
    m_phase = Phase::Request;
    co_return true;
}

awaitable<bool> Connection::serveNext() {
    if (!co_await receiveHead())
        co_return false;
    auto request = newRequest();
    MessageInfo info;
    auto refused = parseHead(input().view().substr(0, m_scanner.headSize()), *request, info);
    input().consume(m_scanner.headSize());
    if (refused)
        co_return co_await refuse(request, std::move(*refused));
    const ReplyMode mode{.http11 = info.http11, .head = request->method == "HEAD", .keepAlive = info.keepAlive};

    RouteTable::Match match = m_core->routes().match(request->method, info.rawPath);
    request->pathParameters = std::move(match.parameters);
    auto answer = answerOfFilter(*request, match.route);
    if (!answer)
        answer = answerOfTable(*request, match);
    if (answer) {
        ReplyMode early = mode;
        m_unread = !co_await discardBody(info);
        early.keepAlive = mode.keepAlive && !m_unread;
        m_core->finishHeaders(*request, answer->headers);
        co_return co_await sendResponse(std::move(*answer), early) && early.keepAlive;
    }
    if (info.body != MessageInfo::Body::None) {
        refused = co_await receiveBody(request, info);
        if (refused)
            co_return co_await refuse(request, std::move(*refused));
    }
    co_return co_await handle(std::move(request), match.route, mode);
}

std::optional<Response> Connection::answerOfFilter(const Request& request, const Route* route) {
    if (!m_core->filter())
        return std::nullopt;
    try {
        return m_core->filter()(request, route);
    } catch (const std::exception& error) {
        m_core->reportInternalError(request, error.what());
    }
    return renderRefusal(request, refusal(500, ErrorCode::Internal, "internal error", "see the server's log"));
}

std::optional<Response> Connection::answerOfTable(const Request& request, const RouteTable::Match& match) {
    if (match.route)
        return std::nullopt;
    const bool everything = request.path == "*";
    if (request.method == "OPTIONS" && (everything || !match.allow.empty()))
        return Response{.status = 204,
                        .headers = {{"Allow", everything ? std::string(kAllMethods) : match.allow}},
                        .body = {},
                        .contentType = {}};
    if (match.allow.empty())
        return renderRefusal(request, refusal(404, ErrorCode::NotFound, "there is nothing at " + request.path,
                                              "check the path of the request"));
    Refusal refused = refusal(405, ErrorCode::MethodNotAllowed, request.method + " is not allowed at " + request.path,
                              "use one of: " + match.allow);
    refused.headerName = "Allow";
    refused.headerValue = match.allow;
    return renderRefusal(request, refused);
}

Response Connection::renderRefusal(const Request& request, const Refusal& refused) {
    Response response;
    try {
        response = m_core->renderError(request, refused.error);
    } catch (const std::exception& error) {
        m_core->reportInternalError(request, error.what());
    }
    response.status = refused.status;
    if (!refused.headerName.empty())
        response.headers.push_back({refused.headerName, refused.headerValue});
    return response;
}

awaitable<bool> Connection::refuse(std::shared_ptr<Request> request, Refusal refused, bool keepAlive) {
    clearDeadline();
    m_unread = !keepAlive;
    const ReplyMode mode{.http11 = true, .head = request->method == "HEAD", .keepAlive = keepAlive};
    Response response = renderRefusal(*request, refused);
    m_core->finishHeaders(*request, response.headers);
    co_return co_await sendResponse(std::move(response), mode) && keepAlive;
}

awaitable<bool> Connection::handle(std::shared_ptr<Request> request, const Route* route, ReplyMode mode) {
    auto exchange = std::make_shared<Exchange>(self(), request, mode);
    m_phase = Phase::Handler;
    if (input().size() < kPipelineLimit)
        arm(kHeadRead);
    if (ended())
        co_return false; // gone before it began
    std::string failure;
    co_await asio::this_coro::throw_if_cancelled(true);
    try {
        co_await route->handler(request, exchange);
    } catch (const boost::system::system_error& error) {
        if (error.code() != asio::error::operation_aborted || !(m_gone || m_stopCancelled || m_aborted))
            failure = error.what();
    } catch (const std::exception& error) {
        failure = error.what();
    } catch (...) {
        failure = "an exception of unknown type";
    }
    // What the handler did to its cancellation must not reach the next request.
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await asio::this_coro::reset_cancellation_state();
    m_phase = Phase::Closing;
    const Exchange::State state = exchange->finish();
    if (failure.empty() && state == Exchange::State::Fresh && !isGone() && !m_stopCancelled)
        failure = "the handler returned without an answer";
    if (failure.empty() && state == Exchange::State::Streaming && !isGone() && !m_stopCancelled)
        failure = "the handler returned without ending its stream";
    if (!failure.empty())
        m_core->reportInternalError(*request, failure);
    if (auto session = exchange->webSocket()) {
        co_await session->finish(m_core->stopping() ? 1001 : failure.empty() ? 1000 : 1011);
        co_return false;
    }
    if (isGone() || state == Exchange::State::Streaming || state == Exchange::State::Upgraded) {
        close(); // a stream without its end must look cut, never complete
        co_return false;
    }
    if (state == Exchange::State::Fresh)
        co_return co_await refuse(
            request,
            m_stopCancelled ? refusal(503, ErrorCode::Unavailable, "the server is stopping", "try again in a moment")
                            : refusal(500, ErrorCode::Internal, "internal error", "see the server's log"),
            !m_stopCancelled && mode.keepAlive);
    co_return exchange->keepsConnection();
}

awaitable<bool> Connection::sendPieces(OutBuffers buffers) {
    const Sent sent = trySend(buffers);
    if (sent != Sent::Part)
        co_return sent == Sent::All;
    co_return co_await flush(buffers);
}

awaitable<bool> Connection::sendResponse(Response response, ReplyMode mode) {
    if (response.status < 200 || response.status > 999)
        response.status = 500;
    mode.keepAlive = mode.keepAlive && !m_core->stopping();
    writeResponseHead(m_out,
                      {.status = response.status,
                       .contentType = response.contentType,
                       .headers = &response.headers,
                       .contentLength = response.body.size(),
                       .chunked = false,
                       .connection = connectionHeader(mode)},
                      m_core->date().now(), m_core->options().serverHeader);
    const bool withBody = !mode.head && statusHasBody(response.status);
    OutBuffers buffers(m_out, withBody ? std::string_view(response.body) : std::string_view());
    const Sent sent = trySend(buffers);
    if (sent != Sent::Part)
        co_return sent == Sent::All;
    co_return co_await flush(buffers);
}

awaitable<bool> Connection::sendStreamHead(int status, std::string contentType, std::vector<Header> headers,
                                           ReplyMode mode) {
    writeResponseHead(m_out,
                      {.status = status < 200 || status > 999 ? 500 : status,
                       .contentType = contentType,
                       .headers = &headers,
                       .contentLength = std::nullopt,
                       .chunked = mode.http11 && statusHasBody(status),
                       .connection = connectionHeader(mode)},
                      m_core->date().now(), m_core->options().serverHeader);
    thin();
    co_return co_await sendPieces(OutBuffers(m_out));
}

void Connection::onUnawaitedInput() {
    if (m_phase != Phase::Handler || m_aborted)
        return;
    if (ended())
        abandon();
    else if (input().size() < kPipelineLimit)
        arm(kHeadRead);
}

void Connection::abandon() {
    if (m_phase != Phase::Handler)
        return;
    m_gone = true;
    close();
    m_cancel.emit(asio::cancellation_type::terminal);
}

void Connection::abortByHandler() {
    m_aborted = true;
    close();
}

void Connection::beginStop() {
    if (m_phase == Phase::Idle && waitingForInput())
        close();
    if (auto session = m_webSocket.lock())
        session->beginStop();
}

void Connection::cancelForStop() {
    if (m_phase != Phase::Handler) {
        close();
        return;
    }
    m_stopCancelled = true;
    m_cancel.emit(asio::cancellation_type::terminal);
}

} // namespace patchbay::http
