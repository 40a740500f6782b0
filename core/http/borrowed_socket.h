// A connection's socket as the layer below Beast's WebSocket stream. Beast's own teardown of a TCP socket reads until
// the peer closes, however long that takes; here it only ends the sending side, and the connection's linger, which is
// bounded, does the rest.
#pragma once

#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>

#include "base/async.h"

namespace patchbay::http {

class BorrowedSocket {
public:
    using Socket = asio::ip::tcp::socket;
    using executor_type = Socket::executor_type;

    explicit BorrowedSocket(Socket& socket) : m_socket(socket) {}

    executor_type get_executor() { return m_socket.get_executor(); }
    template <class Buffers, class Token> auto async_read_some(const Buffers& buffers, Token&& token) {
        return m_socket.async_read_some(buffers, std::forward<Token>(token));
    }
    template <class Buffers, class Token> auto async_write_some(const Buffers& buffers, Token&& token) {
        return m_socket.async_write_some(buffers, std::forward<Token>(token));
    }

    // Found by Beast through the argument.
    friend void beast_close_socket(BorrowedSocket& borrowed) {
        boost::system::error_code ignored; // nothing can be done about a close that fails
        borrowed.m_socket.close(ignored);
    }
    template <class Handler>
    friend void async_teardown(boost::beast::role_type, BorrowedSocket& borrowed, Handler&& handler) {
        boost::system::error_code error;
        borrowed.m_socket.shutdown(Socket::shutdown_send, error);
        asio::post(borrowed.get_executor(), boost::beast::bind_front_handler(std::forward<Handler>(handler), error));
    }

private:
    Socket& m_socket;
};

} // namespace patchbay::http
