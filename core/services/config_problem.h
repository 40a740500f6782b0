// What is wrong with a configuration: every problem with its place, so that one look is enough to mend the file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace patchbay {

/// Where a value came from: a file's line, or a variable or option by name.
struct ConfigOrigin {
    std::string source; ///< a path; "environment variable PATCHBAY_SERVER_PORT"; "option --port"
    int line = 0;       ///< from 1; 0 = the source has no lines
    int column = 0;
    /// "config.toml:3:8", "option --port"
    std::string text() const;
    bool operator==(const ConfigOrigin&) const = default;
};

struct ConfigProblem {
    enum class Severity : std::uint8_t { Warning, Error };
    Severity severity = Severity::Error;
    ConfigOrigin origin;
    std::string message;
    std::string hint; ///< may be empty
    /// "config.toml:3:8: message", and "  hint" on a line of its own.
    std::string text() const;
};

class ConfigProblems {
public:
    void error(const ConfigOrigin& origin, std::string message, std::string hint = {});
    void warning(const ConfigOrigin& origin, std::string message, std::string hint = {});
    bool hasErrors() const;
    /// By source, line and column; those of one place in the order in which they were found.
    std::vector<ConfigProblem> sorted() const;

private:
    std::vector<ConfigProblem> m_problems;
};

/// All errors as one Error (code Configuration) for fronts that show a single message.
Error configError(const std::vector<ConfigProblem>& problems);

/// "Did you mean 'port'?", or empty when nothing known is close enough.
std::string didYouMean(std::string_view given, const std::vector<std::string_view>& known);

} // namespace patchbay
