// Short names for the coroutine vocabulary of the core: everything asynchronous is an asio::awaitable on the engine's
// io_context, cancelled through asio's per-operation cancellation.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace patchbay {

namespace asio = boost::asio;
using asio::awaitable;

} // namespace patchbay
