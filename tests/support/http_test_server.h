// An HttpServer on a loop of its own thread, as the programs run it, for tests that talk to it over real sockets.
#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include "http/http_server.h"

namespace patchbay {

class HttpTestServer {
public:
    explicit HttpTestServer(std::vector<http::Route> routes, http::ServerOptions options = {}, http::Filter filter = {},
                            http::ErrorRenderer errors = {})
        : m_server(std::make_unique<http::HttpServer>(m_io.get_executor(), std::move(options), std::move(routes),
                                                      std::move(filter), std::move(errors))) {
        if (auto started = m_server->start(); !started)
            throw std::runtime_error(started.error().message);
        m_thread = std::thread([this] { m_io.run(); });
    }
    ~HttpTestServer() {
        stop(std::chrono::milliseconds(0));
        onLoop([this] { m_server.reset(); });
        m_work.reset();
        m_thread.join();
    }
    HttpTestServer(const HttpTestServer&) = delete;
    HttpTestServer& operator=(const HttpTestServer&) = delete;

    std::uint16_t port() const { return m_server->port(); }
    asio::io_context& io() { return m_io; }
    void stop(std::chrono::milliseconds grace) { stopLater(grace).get(); }
    std::future<void> stopLater(std::chrono::milliseconds grace) {
        return asio::co_spawn(m_io, m_server->stop(grace), asio::use_future);
    }
    std::size_t connectionCount() {
        std::size_t count = 0;
        onLoop([&] { count = m_server->connectionCount(); });
        return count;
    }
    /// Runs a function on the server's thread and waits for it.
    template <class Function> void onLoop(Function function) {
        std::promise<void> done;
        asio::post(m_io, [&] {
            function();
            done.set_value();
        });
        done.get_future().get();
    }

private:
    asio::io_context m_io{1};
    asio::executor_work_guard<asio::io_context::executor_type> m_work{m_io.get_executor()};
    std::unique_ptr<http::HttpServer> m_server;
    std::thread m_thread;
};

} // namespace patchbay
