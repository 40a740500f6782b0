// One coroutine waits for something that a callback will tell. Cheaper than a timer or a channel: no reactor, no queue.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "base/async.h"

namespace patchbay::http {

class Waiter {
    enum class Kind { Steadfast, Cancellable };

    struct Initiation {
        Waiter* waiter;
        Kind kind;

        template <class Handler> void operator()(Handler handler) const {
            if (kind == Kind::Cancellable) {
                if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) {
                    auto executor = asio::get_associated_executor(handler);
                    // Posted: resuming inside emit() could destroy the signal that is being emitted.
                    slot.assign([target = waiter, executor](asio::cancellation_type) {
                        if (!target->m_handler)
                            return;
                        asio::post(executor, [handler = std::exchange(target->m_handler, nullptr)]() mutable {
                            std::move(handler)(asio::error::operation_aborted);
                        });
                    });
                }
            }
            // Swapped in: Boost 1.81's move assignment wraps the handler in itself without end.
            asio::any_completion_handler<void(boost::system::error_code)>(std::move(handler)).swap(waiter->m_handler);
        }
    };

    auto begin(Kind kind) {
        return asio::async_initiate<const asio::deferred_t, void(boost::system::error_code)>(Initiation{this, kind},
                                                                                             asio::deferred);
    }

public:
    Waiter() = default;
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    bool waiting() const { return static_cast<bool>(m_handler); }

    /// co_await this; nothing but notify() ends it, so the state that is waited for must always come.
    auto wait() { return begin(Kind::Steadfast); }
    /// The same, but the waiting coroutine's cancellation ends it with operation_aborted.
    auto waitCancellable() { return begin(Kind::Cancellable); }

    /// Resumes the coroutine before returning. The waiter may be gone afterwards.
    void notify() {
        if (m_handler)
            std::exchange(m_handler, nullptr)(boost::system::error_code());
    }

    /// Destroys the waiting coroutine: what it waits for will never come, because the io_context is being destroyed.
    void drop() { m_handler = nullptr; }

private:
    asio::any_completion_handler<void(boost::system::error_code)> m_handler;
};

/// The handler of an operation of a shared Owner. When the io_context is destroyed with the operation under way, the
/// coroutines that wait inside the owner (and own it) are destroyed too; else they would keep each other for ever.
template <class Owner, void (Owner::*finished)(const boost::system::error_code&, std::size_t)> class OwnedCompletion {
public:
    explicit OwnedCompletion(std::shared_ptr<Owner> owner) : m_owner(std::move(owner)) {}
    OwnedCompletion(OwnedCompletion&&) = default;
    OwnedCompletion& operator=(OwnedCompletion&&) = delete;
    ~OwnedCompletion() {
        if (m_owner)
            m_owner->dropWaiters();
    }
    void operator()(const boost::system::error_code& error = {}, std::size_t bytes = 0) {
        const std::shared_ptr<Owner> owner = std::move(m_owner);
        (owner.get()->*finished)(error, bytes);
    }

private:
    std::shared_ptr<Owner> m_owner;
};

} // namespace patchbay::http
