// A WebSocket on an upgraded connection (RFC 6455, Boost.Beast's framing). A read is under way even while the handler
// does something else, so that pings are answered and a close is noticed; writes queue up, one frame after the other.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "http/borrowed_socket.h"
#include "http/connection.h"

namespace patchbay::http {

class WebSocketSession final : public WebSocket, public std::enable_shared_from_this<WebSocketSession> {
public:
    explicit WebSocketSession(std::shared_ptr<Connection> connection);

    static bool isUpgrade(const Request& request);
    /// Takes the connection over and answers 101. False: the client is gone.
    static awaitable<bool> accept(std::shared_ptr<WebSocketSession> self, std::shared_ptr<const Request> request);

    awaitable<Result<std::optional<std::string>>> receive() override;
    awaitable<Result<void>> send(std::string text) override;
    awaitable<void> close(std::uint16_t code, std::string reason) override;
    bool stopping() const override { return m_stopping; }

    // For the connection.
    void beginStop();
    /// After the handler: closes with `code` if that was not done, and waits until the socket is free.
    awaitable<void> finish(std::uint16_t code);

private:
    struct Outgoing {
        std::string text;
        Waiter done;
        bool failed = false;
    };

    template <class Owner, void (Owner::*)(const boost::system::error_code&, std::size_t)> friend class OwnedCompletion;

    void readNext();
    void onRead(const boost::system::error_code& error, std::size_t bytes);
    void onEnd(const boost::system::error_code& error);
    void writeNext();
    void onWritten(const boost::system::error_code& error, std::size_t bytes);
    void onHandshake(const boost::system::error_code& error, std::size_t bytes);
    void dropWaiters();
    bool hasRoom() const;

    std::shared_ptr<Connection> m_connection;
    boost::beast::websocket::stream<BorrowedSocket> m_stream;
    boost::beast::flat_buffer m_buffer;
    std::deque<std::string> m_incoming;
    std::size_t m_incomingBytes = 0;
    std::deque<std::shared_ptr<Outgoing>> m_outgoing;
    boost::system::error_code m_handshakeError;
    Waiter m_handshake; ///< of opening or closing
    Waiter m_receiver;
    Waiter m_drained; ///< the outgoing queue is empty
    Waiter m_quiet;   ///< no read is under way
    std::optional<Error> m_protocolError;
    bool m_reading = false;
    bool m_writing = false;
    bool m_ended = false;
    bool m_closing = false;
    bool m_stopping = false;
};

} // namespace patchbay::http
