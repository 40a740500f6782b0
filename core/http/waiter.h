// One coroutine waits for something that a callback will tell. Cheaper than a timer or a channel: no reactor, no queue,
// no allocation.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>

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
    enum class Action { Resume, Abort, Drop };
    static constexpr std::size_t kRoom = 64;

    // The suspended coroutine lies in m_memory. (asio::any_completion_handler would do, but moving that of Boost 1.81
    // recurses without end.)
    template <class Handler> static void finish(Waiter& waiter, Action action) {
        auto* stored = std::launder(reinterpret_cast<Handler*>(waiter.m_memory));
        // Moved out before it goes on, since it may wait here again at once.
        Handler handler(std::move(*stored));
        std::destroy_at(stored);
        waiter.m_finish = nullptr;
        if (action == Action::Resume) {
            std::move(handler)(boost::system::error_code());
        } else if (action == Action::Abort) {
            // Posted: resuming inside emit() could destroy the signal that is being emitted.
            auto executor = asio::get_associated_executor(handler);
            asio::post(executor, [taken = std::move(handler)]() mutable {
                std::move(taken)(boost::system::error_code(asio::error::operation_aborted));
            });
        }
    }

    struct Initiation {
        Waiter* waiter;
        Kind kind;

        template <class Handler> void operator()(Handler handler) const {
            static_assert(sizeof(Handler) <= kRoom && alignof(Handler) <= alignof(std::max_align_t));
            const auto slot = asio::get_associated_cancellation_slot(handler);
            ::new (static_cast<void*>(waiter->m_memory)) Handler(std::move(handler));
            waiter->m_finish = &finish<Handler>;
            if (kind == Kind::Cancellable && slot.is_connected())
                asio::cancellation_slot(slot).assign(
                    [target = waiter](asio::cancellation_type) { target->end(Action::Abort); });
        }
    };

    auto begin(Kind kind) {
        return asio::async_initiate<const asio::deferred_t, void(boost::system::error_code)>(Initiation{this, kind},
                                                                                             asio::deferred);
    }
    void end(Action action) {
        if (m_finish)
            m_finish(*this, action);
    }

public:
    Waiter() = default;
    ~Waiter() { drop(); }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    bool waiting() const { return m_finish != nullptr; }

    /// co_await this; nothing but notify() ends it, so the state that is waited for must always come.
    auto wait() { return begin(Kind::Steadfast); }
    /// The same, but the waiting coroutine's cancellation ends it with operation_aborted.
    auto waitCancellable() { return begin(Kind::Cancellable); }

    /// Resumes the coroutine before returning. The waiter may be gone afterwards.
    void notify() { end(Action::Resume); }
    /// Destroys the waiting coroutine: what it waits for will never come, because the io_context is being destroyed.
    void drop() { end(Action::Drop); }

private:
    alignas(std::max_align_t) std::byte m_memory[kRoom];
    void (*m_finish)(Waiter&, Action) = nullptr;
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
