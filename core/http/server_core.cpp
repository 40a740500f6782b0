#include "http/server_core.h"

#include <algorithm>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>

#include "base/json_writer.h"
#include "http/connection.h"
#include "http/listener.h"

namespace patchbay::http {
namespace {

/// Refused connections that still get their 503; more than that are closed without a word.
constexpr std::size_t kMaxRefusedAtOnce = 128;
/// After the grace: time to unwind, then to close.
constexpr Milliseconds kUnwindTime{500};
constexpr Milliseconds kCloseTime{500};

Milliseconds sweepInterval(const ServerOptions& options) {
    const Milliseconds shortest = std::min(
        {options.headerTimeout, options.bodyTimeout, options.idleTimeout, options.writeTimeout, options.lingerTimeout});
    return std::clamp(shortest / 8, Milliseconds(5), Milliseconds(250));
}

asio::ip::address plainAddress(asio::ip::address address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address;
}

awaitable<void> pause(Milliseconds duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::deferred);
}

} // namespace

ServerCore::ServerCore(asio::any_io_executor executor, ServerOptions options, std::vector<Route> routes, Filter filter,
                       ErrorRenderer errors)
    : m_executor(executor), m_options(std::move(options)), m_routes(RouteTable::build(std::move(routes))),
      m_filter(std::move(filter)), m_errors(std::move(errors)), m_acceptor(executor), m_sweepTimer(executor),
      m_sweepInterval(sweepInterval(m_options)) {
}

Response ServerCore::renderError(const Request& request, const Error& error) const {
    if (m_errors)
        return m_errors(request, error);
    return {.status = error.httpStatus(),
            .headers = {},
            .body = writeJson(json::object{{"error", json::object{{"code", std::string(errorCodeName(error.code))},
                                                                  {"message", error.message},
                                                                  {"hint", error.hint}}}})};
}

void ServerCore::reportInternalError(const Request& request, std::string_view what) const {
    if (m_options.onInternalError)
        m_options.onInternalError(request, what);
}

Result<void> ServerCore::start() {
    if (!m_routes)
        return m_routes.error();
    if (auto listening = listenOn(m_acceptor, m_options.host, m_options.port); !listening)
        return listening;
    m_port = m_acceptor.local_endpoint().port();
    asio::co_spawn(m_executor, acceptLoop(shared_from_this()), asio::detached);
    return {};
}

awaitable<void> ServerCore::acceptLoop(std::shared_ptr<ServerCore> self) {
    while (self->m_acceptor.is_open()) {
        auto [error, socket] = co_await self->m_acceptor.async_accept(asio::as_tuple(asio::deferred));
        if (!error)
            self->admit(std::move(socket));
        else if (self->m_acceptor.is_open())
            co_await pause(Milliseconds(50)); // out of descriptors: some will come back; or the peer was quicker
    }
}

void ServerCore::admit(asio::ip::tcp::socket socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error)
        return; // gone already
    socket.set_option(asio::ip::tcp::no_delay(true), error);
    socket.set_option(asio::socket_base::keep_alive(true), error);
    socket.non_blocking(true, error);
    const asio::ip::address address = plainAddress(endpoint.address());
    const auto count = m_perAddress.find(address);
    const bool full = connectionCount() >= m_options.maxConnections ||
                      (count != m_perAddress.end() && count->second >= m_options.maxConnectionsPerAddress);
    if (full && m_refused >= kMaxRefusedAtOnce)
        return;
    auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket), address, full);
    m_connections.push_front(connection.get());
    connection->listPosition = m_connections.begin();
    if (full)
        ++m_refused;
    else
        ++m_perAddress[address];
    Connection::start(std::move(connection));
    scheduleSweep();
}

void ServerCore::remove(Connection& connection) {
    m_connections.erase(connection.listPosition);
    if (connection.isRefused()) {
        --m_refused;
        return;
    }
    const auto count = m_perAddress.find(connection.address());
    if (--count->second == 0)
        m_perAddress.erase(count);
}

std::vector<std::shared_ptr<Connection>> ServerCore::allConnections() const {
    std::vector<std::shared_ptr<Connection>> all;
    for (Connection* connection : m_connections)
        all.push_back(connection->self());
    return all;
}

void ServerCore::scheduleSweep() {
    if (m_sweeping || m_connections.empty())
        return;
    m_sweeping = true;
    m_sweepTimer.expires_after(m_sweepInterval);
    m_sweepTimer.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        if (auto self = weak.lock()) {
            self->m_sweeping = false;
            if (!error)
                self->sweep();
        }
    });
}

void ServerCore::sweep() {
    const SteadyTime now = std::chrono::steady_clock::now();
    std::vector<std::shared_ptr<Connection>> expired; // kept apart, since expiring changes the list
    for (Connection* connection : m_connections) {
        if (connection->isExpired(now))
            expired.push_back(connection->self());
    }
    for (const auto& connection : expired)
        connection->expire();
    scheduleSweep();
}

awaitable<void> ServerCore::waitUntilEmpty(std::shared_ptr<ServerCore> self, Milliseconds limit) {
    const SteadyTime end = std::chrono::steady_clock::now() + limit;
    while (!self->m_connections.empty() && std::chrono::steady_clock::now() < end)
        co_await pause(Milliseconds(5));
}

awaitable<void> ServerCore::stop(std::shared_ptr<ServerCore> self, Milliseconds grace) {
    self->m_stopping = true;
    boost::system::error_code ignored; // closing twice is fine
    self->m_acceptor.close(ignored);
    for (const auto& connection : self->allConnections())
        connection->beginStop();
    co_await waitUntilEmpty(self, grace);
    for (const auto& connection : self->allConnections())
        connection->cancelForStop();
    co_await waitUntilEmpty(self, kUnwindTime);
    for (const auto& connection : self->allConnections())
        connection->close();
    co_await waitUntilEmpty(self, kCloseTime);
}

void ServerCore::shutDown() {
    m_stopping = true;
    boost::system::error_code ignored; // closing twice is fine
    m_acceptor.close(ignored);
    for (const auto& connection : allConnections()) {
        connection->cancelForStop();
        connection->close();
    }
}

} // namespace patchbay::http
