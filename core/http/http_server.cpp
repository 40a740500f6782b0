#include "http/http_server.h"

#include "http/server_core.h"

namespace patchbay::http {

class HttpServer::Impl {
public:
    std::shared_ptr<ServerCore> core;
};

HttpServer::HttpServer(asio::any_io_executor executor, ServerOptions options, std::vector<Route> routes, Filter filter,
                       ErrorRenderer errors)
    : m_impl(std::make_shared<Impl>()) {
    m_impl->core = std::make_shared<ServerCore>(std::move(executor), std::move(options), std::move(routes),
                                                std::move(filter), std::move(errors));
}

HttpServer::~HttpServer() {
    m_impl->core->shutDown();
}

Result<void> HttpServer::start() {
    return m_impl->core->start();
}

std::uint16_t HttpServer::port() const {
    return m_impl->core->port();
}

std::size_t HttpServer::connectionCount() const {
    return m_impl->core->connectionCount();
}

awaitable<void> HttpServer::stop(std::chrono::milliseconds grace) {
    return ServerCore::stop(m_impl->core, grace);
}

} // namespace patchbay::http
