// Time as a dependency: the program passes SystemClock, tests pass ManualClock. Sleeping goes through the clock too, so
// that a test of a 30 s timeout takes no time.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>

#include "base/async.h"

namespace patchbay {

using Milliseconds = std::chrono::milliseconds;
/// Monotonic; its epoch means nothing.
using SteadyTime = std::chrono::steady_clock::time_point;
/// Wall clock, UTC.
using WallTime = std::chrono::system_clock::time_point;

class Clock {
public:
    virtual ~Clock() = default;
    virtual SteadyTime now() const = 0;
    virtual WallTime wallNow() const = 0;
    /// Returns at or after `time`. Honours asio's per-operation cancellation by throwing operation_aborted.
    virtual awaitable<void> sleepUntil(SteadyTime time) = 0;
    awaitable<void> sleepFor(SteadyTime::duration duration) { return sleepUntil(now() + duration); }
};

class SystemClock final : public Clock {
public:
    SteadyTime now() const override;
    WallTime wallNow() const override;
    awaitable<void> sleepUntil(SteadyTime time) override;
};

/// Stands still until advanced; single-threaded, like the engine.
class ManualClock final : public Clock {
public:
    SteadyTime now() const override { return m_now; }
    WallTime wallNow() const override { return m_wall; }
    awaitable<void> sleepUntil(SteadyTime time) override;
    /// Moves both clocks and wakes the sleepers that are due, earliest first.
    void advance(SteadyTime::duration duration);
    void setWall(WallTime wall) { m_wall = wall; }
    std::size_t sleeperCount() const { return m_sleepers.size(); }

private:
    struct Sleeper;
    SteadyTime m_now{};
    WallTime m_wall{std::chrono::seconds{1'800'000'000}};
    std::multimap<SteadyTime, std::weak_ptr<Sleeper>> m_sleepers;
};

std::int64_t toUnixSeconds(WallTime time);
std::int64_t toUnixMilliseconds(WallTime time);
WallTime fromUnixMilliseconds(std::int64_t milliseconds);
/// RFC 3339 in UTC with milliseconds: 2026-11-22T10:00:00.123Z.
std::string formatRfc3339(WallTime time);

} // namespace patchbay
