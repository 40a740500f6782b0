#include "base/clock.h"

#include <boost/asio/steady_timer.hpp>
#include <fmt/chrono.h>

namespace patchbay {

SteadyTime SystemClock::now() const {
    return std::chrono::steady_clock::now();
}

WallTime SystemClock::wallNow() const {
    return std::chrono::system_clock::now();
}

awaitable<void> SystemClock::sleepUntil(SteadyTime time) {
    asio::steady_timer timer(co_await asio::this_coro::executor, time);
    co_await timer.async_wait(asio::use_awaitable);
}

struct ManualClock::Sleeper {
    explicit Sleeper(const asio::any_io_executor& executor) : timer(executor, SteadyTime::max()) {}
    asio::steady_timer timer;
    bool due = false;
};

awaitable<void> ManualClock::sleepUntil(SteadyTime time) {
    if (time <= m_now)
        co_return;
    auto sleeper = std::make_shared<Sleeper>(co_await asio::this_coro::executor);
    m_sleepers.emplace(time, sleeper);
    boost::system::error_code failure;
    co_await sleeper->timer.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    if (!sleeper->due)
        throw boost::system::system_error(asio::error::operation_aborted);
}

void ManualClock::advance(SteadyTime::duration duration) {
    m_now += duration;
    m_wall += std::chrono::duration_cast<WallTime::duration>(duration);
    while (!m_sleepers.empty() && m_sleepers.begin()->first <= m_now) {
        if (auto sleeper = m_sleepers.begin()->second.lock()) {
            sleeper->due = true;
            sleeper->timer.cancel();
        }
        m_sleepers.erase(m_sleepers.begin());
    }
}

std::int64_t toUnixSeconds(WallTime time) {
    return std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::int64_t toUnixMilliseconds(WallTime time) {
    return std::chrono::duration_cast<Milliseconds>(time.time_since_epoch()).count();
}

WallTime fromUnixMilliseconds(std::int64_t milliseconds) {
    return WallTime{Milliseconds{milliseconds}};
}

std::string formatRfc3339(WallTime time) {
    const auto milliseconds = toUnixMilliseconds(time);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                       ((milliseconds % 1000) + 1000) % 1000);
}

} // namespace patchbay
