// The engine thread: one io_context on which the whole core runs. A command hands its coroutine to runEngine and gets
// SIGINT and SIGTERM as a cancellation.
#pragma once

#include <functional>

#include "base/async.h"

namespace patchbay {

/// What a program ends with; documented in docs/CLI.md.
enum ExitCode : int {
    kExitOk = 0,
    kExitFailure = 1,       ///< the request failed; the reason is on standard error
    kExitUsage = 2,         ///< wrong arguments
    kExitConfiguration = 3, ///< the configuration is wrong
    kExitUnavailable = 4,   ///< a provider, a port or the data folder cannot be used
    kExitInterrupted = 130, ///< Ctrl+C before anything was done
};

/// Runs `main` to its end on this thread. The first SIGINT or SIGTERM cancels it (asio per-operation cancellation, type
/// terminal); a second one ends the process at once.
int runEngine(std::function<awaitable<int>()> main);

} // namespace patchbay
