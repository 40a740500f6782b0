// Work that takes longer than the engine may be held (5 ms): key derivation, reading secrets, large JSON.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

#include <boost/asio/thread_pool.hpp>

#include "base/async.h"

namespace patchbay {

/// JSON from here on is read and written on a worker.
inline constexpr std::size_t kLargeJson = 1U << 20U;

/// Runs `work` on the pool and resumes the caller, on its own executor, with what it returned. A cancelled caller still
/// gets the result and meets the cancellation at its next co_await. The pool outlives the call.
template <class Work> auto runInWorker(asio::thread_pool& pool, Work work) -> awaitable<std::invoke_result_t<Work&>> {
    using Value = std::invoke_result_t<Work&>;
    return asio::async_initiate<const asio::use_awaitable_t<>, void(Value)>(
        [&pool](auto handler, Work queued) {
            auto guard = asio::make_work_guard(handler);
            asio::post(pool, [handler = std::move(handler), queued = std::move(queued), guard]() mutable {
                // The handler owns the coroutine: it is only called, or destroyed, on its own executor.
                asio::post(guard.get_executor(), [handler = std::move(handler), value = queued()]() mutable {
                    std::move(handler)(std::move(value));
                });
            });
        },
        asio::use_awaitable, std::move(work));
}

} // namespace patchbay
