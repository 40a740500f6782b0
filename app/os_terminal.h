// The terminal: whether there is one, lines typed into it, and a secret typed without showing it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/async.h"
#include "services/secret.h"

namespace patchbay {

enum class StandardStream { Input, Output, Error };
bool isTerminal(StandardStream stream);

/// Everything that standard input has, to its end. TooLarge beyond `limit`.
Result<std::string> readStandardInput(std::size_t limit);
/// One line from standard input; from a terminal without echo, after `prompt` on standard error. Without its line end.
Result<Secret> readHiddenLine(const std::string& prompt);

/// Reads the terminal line by line without holding the engine thread.
class TerminalLines {
public:
    /// Unavailable where standard input is no terminal.
    static Result<std::unique_ptr<TerminalLines>> open(asio::any_io_executor executor);
    virtual ~TerminalLines() = default;
    /// The next line without its end; nullopt at the end of input. Cancellation throws operation_aborted.
    virtual awaitable<Result<std::optional<std::string>>> next() = 0;
};

} // namespace patchbay
