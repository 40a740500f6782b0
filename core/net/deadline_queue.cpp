#include "net/deadline_queue.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

namespace patchbay {

void DeadlineQueue::schedule(DeadlineEntry& entry, SteadyTime time) {
    if (m_stopped || time >= entry.m_scheduled)
        return;
    entry.unlink();
    entry.m_scheduled = time;
    m_entries.insert(entry);
    if (!m_running) {
        m_running = true;
        m_wakeAt = time;
        asio::co_spawn(m_executor, run(shared_from_this()),
                       asio::bind_cancellation_slot(m_wake.slot(), asio::detached));
    } else if (time < m_wakeAt) {
        m_wakeAt = time;
        wakeSleeper();
    }
}

void DeadlineQueue::remove(DeadlineEntry& entry) {
    entry.unlink();
    entry.m_scheduled = SteadyTime::max();
}

void DeadlineQueue::stop() {
    m_stopped = true;
    m_entries.clear();
    if (m_running)
        wakeSleeper();
}

void DeadlineQueue::wakeSleeper() {
    m_wake.emit(asio::cancellation_type::terminal);
    // Off the event loop, co_spawn passes the signal on by a posted function that points into m_wake: it must find it.
    asio::post(m_executor, [self = shared_from_this()] {});
}

awaitable<void> DeadlineQueue::run(std::shared_ptr<DeadlineQueue> self) {
    while (!self->m_stopped && !self->m_entries.empty()) {
        self->m_wakeAt = self->m_entries.begin()->m_scheduled;
        // A cancelled sleep means that an earlier deadline came in; forget the cancellation and sleep anew.
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        try {
            co_await self->m_clock.sleepUntil(self->m_wakeAt);
        } catch (const boost::system::system_error&) {
            continue;
        }
        if (!self->m_stopped)
            self->expire();
    }
    self->m_running = false;
}

void DeadlineQueue::expire() {
    m_wakeAt = SteadyTime::min(); // nothing scheduled from here on needs to wake us
    const SteadyTime now = m_clock.now();
    while (!m_entries.empty() && m_entries.begin()->m_scheduled <= now) {
        DeadlineEntry& entry = *m_entries.begin();
        remove(entry);
        const SteadyTime next = entry.onDeadline(now);
        if (next != SteadyTime::max())
            schedule(entry, std::max(next, now + std::chrono::nanoseconds(1)));
    }
}

} // namespace patchbay
