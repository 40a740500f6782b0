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
    kExitInterrupted = 130, ///< stopped by Ctrl+C; what came so far was printed and kept
};

/// What a command that lives on after Ctrl+C tells the engine.
class Interrupts {
public:
    virtual ~Interrupts() = default;
    /// The cancellation has been dealt with: the next signal cancels again instead of ending the process.
    virtual void handled() = 0;
    /// What SIGHUP does instead of ending the command; it must outlive the command.
    virtual void onHangUp(std::function<void()> action) = 0;
};

/// Runs `main` to its end on this thread. The first SIGINT, SIGTERM or SIGHUP (a closed terminal) cancels it (asio per-operation cancellation, type
/// terminal); a second one ends the process at once.
int runEngine(std::function<awaitable<int>()> main);
/// The same for a command that goes on after a cancellation; it calls reset_cancellation_state, then handled().
int runEngine(std::function<awaitable<int>(Interrupts&)> main);

} // namespace patchbay
