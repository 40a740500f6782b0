// Runs a coroutine on a test's own event loop until it ends, on real time but never longer than a limit.
#pragma once

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "base/async.h"

namespace patchbay {

/// A coroutine that was started beside the test. A test that fails may leave it behind unfinished.
template <class T> class Task {
public:
    Task(asio::io_context& io, awaitable<T> work) : m_io(io) {
        asio::co_spawn(io, std::move(work),
                       asio::bind_cancellation_slot(m_state->signal.slot(),
                                                    [state = m_state](std::exception_ptr failure, T value) {
                                                        state->failure = failure;
                                                        state->value.emplace(std::move(value));
                                                    }));
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;

    bool done() const { return m_state->value.has_value(); }
    bool cancelled() const { return m_state->failure != nullptr; }
    void cancel() {
        m_state->signal.emit(asio::cancellation_type::terminal);
        // The signal travels through the loop and points into the state.
        asio::post(m_io, [state = m_state] {});
    }

    /// Turns the loop until the coroutine has ended. Throws what it threw.
    T& get(std::chrono::milliseconds limit = std::chrono::seconds(20)) {
        const auto end = std::chrono::steady_clock::now() + limit;
        while (!done()) {
            if (std::chrono::steady_clock::now() > end)
                throw std::runtime_error("the coroutine did not end in time");
            m_io.restart();
            m_io.run_one_for(std::chrono::milliseconds(50));
        }
        if (m_state->failure)
            std::rethrow_exception(m_state->failure);
        return *m_state->value;
    }

private:
    struct State {
        asio::cancellation_signal signal;
        std::optional<T> value;
        std::exception_ptr failure;
    };
    asio::io_context& m_io;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

template <class T> T runCoroutine(asio::io_context& io, awaitable<T> work) {
    Task<T> task(io, std::move(work));
    return std::move(task.get());
}

/// Turns the loop until `condition` holds; false if it does not within the limit.
template <class Condition>
bool runUntil(asio::io_context& io, Condition condition, std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end)
            return false;
        io.restart();
        io.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
}

} // namespace patchbay
