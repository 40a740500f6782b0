// A lock that coroutines of one executor wait for without blocking its thread.
#pragma once

#include <memory>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/async.h"

namespace patchbay {

/// First come, first served as far as asio's timers wake in order. Single-threaded, like the engine.
class AsyncMutex {
public:
    explicit AsyncMutex(const asio::any_io_executor& executor) : m_wake(executor, asio::steady_timer::time_point::max()) {}

    class Guard {
    public:
        explicit Guard(AsyncMutex& mutex) : m_mutex(&mutex) {}
        Guard(Guard&& other) noexcept : m_mutex(std::exchange(other.m_mutex, nullptr)) {}
        Guard& operator=(Guard&&) = delete;
        ~Guard() {
            if (m_mutex)
                m_mutex->unlock();
        }

    private:
        AsyncMutex* m_mutex;
    };

    bool locked() const { return m_locked; }
    awaitable<Guard> lock() {
        while (m_locked) {
            boost::system::error_code woken; // cancelled by unlock(); a real cancellation throws at the next co_await
            co_await m_wake.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        }
        m_locked = true;
        co_return Guard(*this);
    }

private:
    void unlock() {
        m_locked = false;
        m_wake.cancel_one();
    }
    asio::steady_timer m_wake;
    bool m_locked = false;
};

} // namespace patchbay
