// The life of one connection in one coroutine: read a head, route, filter, read the body, run the handler, and again.
// While a handler runs, the channel's pending read is the watch that notices a client's going and cancels the handler.
#pragma once

#include <list>
#include <memory>
#include <string>

#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/ip/address.hpp>

#include "http/channel.h"
#include "http/head_scanner.h"
#include "http/http_server.h"
#include "http/request_head.h"
#include "http/server_core.h"

namespace patchbay::http {

class WebSocketSession;

/// What shape an answer to this request must have.
struct ReplyMode {
    bool http11 = true;
    bool head = false; ///< a HEAD request: headers only
    bool keepAlive = true;
};

class Connection final : public Channel {
public:
    Connection(std::shared_ptr<ServerCore> core, Socket socket, asio::ip::address address, bool refused);

    ~Connection() override;

    static void start(std::shared_ptr<Connection> connection);
    std::shared_ptr<Connection> self() { return std::static_pointer_cast<Connection>(shared_from_this()); }
    ServerCore& core() { return *m_core; }

    // For the list of connections.
    std::list<Connection*>::iterator listPosition;
    bool isRefused() const { return m_refused; }
    const asio::ip::address& address() const { return m_address; }

    // For stopping.
    void beginStop();
    void cancelForStop();

    // For the exchange that runs.
    /// True when the client went away, or the connection was closed under the handler.
    bool isGone() const { return m_gone || !mutableSocketIsOpen(); }
    /// Sends a whole answer; false when nobody is there any more.
    awaitable<bool> sendResponse(Response response, ReplyMode mode);
    /// Sends the head of a streamed answer.
    awaitable<bool> sendStreamHead(int status, std::string contentType, std::vector<Header> headers, ReplyMode mode);
    /// Sends pieces that the caller keeps alive meanwhile.
    awaitable<bool> sendPieces(OutBuffers buffers);
    void attachWebSocket(std::weak_ptr<WebSocketSession> session) { m_webSocket = std::move(session); }
    /// The client went away: closes and cancels the handler.
    void abandon();
    /// The handler itself cuts the connection; that must not cancel it.
    void abortByHandler();

protected:
    void onUnawaitedInput() override;

private:
    enum class Phase { Idle, Request, Handler, Closing };

    bool mutableSocketIsOpen() const { return const_cast<Connection*>(this)->socket().is_open(); }

    void leaveList();
    static awaitable<void> run(std::shared_ptr<Connection> self);
    awaitable<bool> serveNext();
    awaitable<bool> receiveHead();
    awaitable<std::optional<Refusal>> receiveBody(std::shared_ptr<Request> request, MessageInfo info);
    awaitable<std::optional<Refusal>> receiveChunks(std::shared_ptr<Request> request);
    awaitable<std::optional<Refusal>> receiveLength(std::shared_ptr<Request> request, std::uint64_t length);
    awaitable<std::optional<Refusal>> decodeBody(std::shared_ptr<Request> request, MessageInfo::Coding coding);
    /// Waits for more of the body within its time limits.
    awaitable<std::optional<Refusal>> moreBody(std::size_t bytes);
    awaitable<bool> discardBody(MessageInfo info);
    awaitable<bool> handle(std::shared_ptr<Request> request, const Route* route, ReplyMode mode);
    awaitable<bool> refuse(std::shared_ptr<Request> request, Refusal refused, bool keepAlive = false);
    std::optional<Response> answerOfTable(const Request& request, const RouteTable::Match& match);
    std::optional<Response> answerOfFilter(const Request& request, const Route* route);
    Response renderRefusal(const Request& request, const Refusal& refused);
    std::shared_ptr<Request> newRequest() const;

    std::shared_ptr<ServerCore> m_core;
    asio::ip::address m_address;
    std::string m_addressText;
    asio::cancellation_signal m_cancel;
    HeadScanner m_scanner;
    std::string m_out; ///< the head being sent
    std::weak_ptr<WebSocketSession> m_webSocket;
    SteadyTime m_acceptedAt = std::chrono::steady_clock::now();
    SteadyTime m_bodyStart{};
    std::uint64_t m_bodyBytes = 0;
    Phase m_phase = Phase::Idle;
    bool m_refused = false;
    bool m_left = false;   ///< no longer in the server's list
    bool m_served = false; ///< at least one request was answered
    bool m_unread = false; ///< the client may still be sending what was refused
    bool m_gone = false;
    bool m_aborted = false;
    bool m_stopCancelled = false;
};

} // namespace patchbay::http
