#include "server/stopping.h"

#include <exception>

#include <boost/system/system_error.hpp>

namespace patchbay {

Error stoppingError() {
    return makeError(ErrorCode::Unavailable, "the server is shutting down; the reply is not complete",
                     "Ask again in a moment.");
}

awaitable<Outcome> untilStopped(awaitable<Outcome> call) {
    Outcome outcome = stoppingError();
    std::exception_ptr aborted;
    try {
        outcome = co_await std::move(call);
    } catch (const boost::system::system_error& error) {
        if (error.code() != asio::error::operation_aborted)
            throw;
        aborted = std::current_exception();
    }
    if ((co_await asio::this_coro::cancellation_state).cancelled() == asio::cancellation_type::none) {
        if (aborted)
            std::rethrow_exception(aborted);
        co_return outcome;
    }
    co_await asio::this_coro::reset_cancellation_state();
    if (!outcome)
        outcome = stoppingError();
    co_return outcome;
}

} // namespace patchbay
