// What all connections of one server share: options, routes, filter, the list of connections with its caps, and the
// sweep that looks at their deadlines a few times per second.
#pragma once

#include <list>
#include <map>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/clock.h"
#include "http/http_server.h"
#include "http/response_head.h"
#include "http/route_table.h"

namespace patchbay::http {

class Connection;

class ServerCore : public std::enable_shared_from_this<ServerCore> {
public:
    ServerCore(asio::any_io_executor executor, ServerOptions options, std::vector<Route> routes, Filter filter,
               ErrorRenderer errors);

    const ServerOptions& options() const { return m_options; }
    const RouteTable& routes() const { return *m_routes; }
    const Filter& filter() const { return m_filter; }
    /// What the owner adds to every answer.
    void finishHeaders(const Request& request, std::vector<Header>& headers) const {
        if (m_options.onHeaders)
            m_options.onHeaders(request, headers);
    }
    const asio::any_io_executor& executor() const { return m_executor; }
    DateCache& date() { return m_date; }
    bool stopping() const { return m_stopping; }
    Response renderError(const Request& request, const Error& error) const;
    void reportInternalError(const Request& request, std::string_view what) const;

    Result<void> start();
    std::uint16_t port() const { return m_port; }
    std::size_t connectionCount() const { return m_connections.size() - m_refused; }
    static awaitable<void> stop(std::shared_ptr<ServerCore> self, Milliseconds grace);
    /// For the destructor: closes everything now.
    void shutDown();
    /// A connection has ended.
    void remove(Connection& connection);

private:
    static awaitable<void> acceptLoop(std::shared_ptr<ServerCore> self);
    static awaitable<void> waitUntilEmpty(std::shared_ptr<ServerCore> self, Milliseconds limit);
    void admit(asio::ip::tcp::socket socket);
    void scheduleSweep();
    void sweep();
    std::vector<std::shared_ptr<Connection>> allConnections() const;

    asio::any_io_executor m_executor;
    ServerOptions m_options;
    Result<RouteTable> m_routes;
    Filter m_filter;
    ErrorRenderer m_errors;
    asio::ip::tcp::acceptor m_acceptor;
    asio::steady_timer m_sweepTimer;
    Milliseconds m_sweepInterval;
    std::list<Connection*> m_connections;
    std::map<asio::ip::address, std::size_t> m_perAddress;
    DateCache m_date;
    std::size_t m_refused = 0;
    std::uint16_t m_port = 0;
    bool m_sweeping = false;
    bool m_stopping = false;
};

} // namespace patchbay::http
