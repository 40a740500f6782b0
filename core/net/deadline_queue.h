// Many deadlines behind one sleeping coroutine. A deadline that moves away costs nothing: the entry keeps its old time
// and is asked again when that comes. So a call that ends well never touches a timer.
#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/intrusive/set.hpp>

#include "base/async.h"
#include "base/clock.h"

namespace patchbay {

/// Something with a deadline. Leaves its queue when destroyed.
class DeadlineEntry
    : public boost::intrusive::set_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
public:
    virtual ~DeadlineEntry() = default;
    /// Called when the scheduled time has come: returns the true next deadline, or SteadyTime::max() for none. May
    /// destroy other entries, but not itself.
    virtual SteadyTime onDeadline(SteadyTime now) = 0;
    SteadyTime scheduled() const { return m_scheduled; }

private:
    friend class DeadlineQueue;
    friend bool operator<(const DeadlineEntry& a, const DeadlineEntry& b) { return a.m_scheduled < b.m_scheduled; }
    SteadyTime m_scheduled = SteadyTime::max();
};

class DeadlineQueue : public std::enable_shared_from_this<DeadlineQueue> {
public:
    DeadlineQueue(asio::any_io_executor executor, Clock& clock) : m_executor(std::move(executor)), m_clock(clock) {}

    /// Asks the entry at `time` at the latest; an earlier time that is already set stays.
    void schedule(DeadlineEntry& entry, SteadyTime time);
    void remove(DeadlineEntry& entry);
    /// Asks nobody any more and lets the sleeping coroutine end.
    void stop();

private:
    static awaitable<void> run(std::shared_ptr<DeadlineQueue> self);
    void expire();
    void wakeSleeper();

    asio::any_io_executor m_executor;
    Clock& m_clock;
    boost::intrusive::multiset<DeadlineEntry, boost::intrusive::constant_time_size<false>> m_entries;
    asio::cancellation_signal m_wake;
    SteadyTime m_wakeAt = SteadyTime::max();
    bool m_running = false;
    bool m_stopped = false;
};

} // namespace patchbay
