// Handlers that several tests of the server use.
#pragma once

#include <atomic>
#include <chrono>

#include <boost/asio/deferred.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include "http/http_server.h"

namespace patchbay::http {

using RequestPtr = std::shared_ptr<Request>;
using ResponderPtr = std::shared_ptr<Responder>;

inline awaitable<void> pauseFor(std::chrono::milliseconds duration) {
    asio::steady_timer timer(co_await asio::this_coro::executor, duration);
    co_await timer.async_wait(asio::deferred);
}

/// Answers with method, path and body, so that a test sees what arrived.
inline awaitable<void> echo(RequestPtr request, ResponderPtr responder) {
    co_await responder->respond({.headers = {{"X-Parameter", std::string(request->pathParameter("id"))}},
                                 .body = request->method + " " + request->path + " " + request->body,
                                 .contentType = "text/plain"});
}

/// What a handler that waits saw of its end.
struct Witness {
    std::atomic<bool> running{false};
    std::atomic<bool> cancelled{false};
    std::atomic<bool> ended{false};
    std::chrono::steady_clock::time_point endedAt; ///< written before `ended`

    void end(bool wasCancelled) {
        cancelled = wasCancelled;
        endedAt = std::chrono::steady_clock::now();
        ended = true;
    }
    bool waitFor(const std::atomic<bool>& flag, std::chrono::milliseconds limit = std::chrono::seconds(10)) const {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!flag && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return flag;
    }
};

} // namespace patchbay::http
