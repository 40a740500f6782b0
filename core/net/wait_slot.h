// One coroutine's place to wait for something that another part of the same thread announces. Cheaper than a timer or a
// channel: no allocation, no trip through the reactor.
#pragma once

#include <functional>
#include <optional>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include "base/async.h"

namespace patchbay {

/// At most one coroutine waits at a time. The object must outlive the wait (it is a member of what the waiter owns).
class WaitSlot {
public:
    /// Runs at once when a wait is cancelled, before the waiter hears of it.
    explicit WaitSlot(std::function<void()> onCancel) : m_onCancel(std::move(onCancel)) {}
    WaitSlot(const WaitSlot&) = delete;
    WaitSlot& operator=(const WaitSlot&) = delete;

    bool waiting() const { return m_handler.has_value(); }

    /// Suspends until wake(); throws operation_aborted when cancelled.
    awaitable<void> wait() {
        return asio::async_initiate<const asio::use_awaitable_t<>&, void(boost::system::error_code)>(
            Initiate{this}, asio::use_awaitable);
    }

    /// Resumes the waiter inside this call. The object may be gone afterwards.
    void wake() {
        if (m_handler)
            take()(boost::system::error_code());
    }

    /// Resumes the waiter from the event loop, for callers that must not run foreign code now.
    void wakeLater() { complete({}); }

private:
    using Handler = asio::async_result<asio::use_awaitable_t<>, void(boost::system::error_code)>::handler_type;

    struct Initiate {
        WaitSlot* self;
        void operator()(Handler handler) const {
            auto slot = asio::get_associated_cancellation_slot(handler);
            if (slot.is_connected())
                slot.assign([target = self](asio::cancellation_type) { target->cancel(); });
            self->m_handler.emplace(std::move(handler));
        }
    };

    Handler take() {
        Handler handler = std::move(*m_handler);
        m_handler.reset();
        return handler;
    }

    void cancel() {
        if (!m_handler)
            return;
        m_onCancel();
        // Not resumed here: the canceller is in the middle of something of its own.
        complete(asio::error::operation_aborted);
    }

    void complete(boost::system::error_code outcome) {
        if (!m_handler)
            return;
        auto executor = asio::get_associated_executor(*m_handler);
        asio::post(executor, [handler = take(), outcome]() mutable { handler(outcome); });
    }

    std::function<void()> m_onCancel;
    std::optional<Handler> m_handler;
};

} // namespace patchbay
