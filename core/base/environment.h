// The process's environment as a value, so that everything that depends on it can be tested with another one. An empty
// variable counts as unset, as shells and service managers use it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace patchbay {

class Environment {
public:
    Environment() = default;
    explicit Environment(std::map<std::string, std::string, std::less<>> values) : m_values(std::move(values)) {}
    /// A copy of this process's variables (UTF-8 on every system).
    static Environment ofProcess();

    /// nullopt when unset or empty.
    std::optional<std::string> get(std::string_view name) const;
    bool has(std::string_view name) const { return get(name).has_value(); }
    const std::map<std::string, std::string, std::less<>>& values() const { return m_values; }
    /// This environment with `other` beneath it: variables that are unset here come from there.
    Environment over(const Environment& other) const;

private:
    std::map<std::string, std::string, std::less<>> m_values;
};

/// Reads the lines of a .env file: `NAME=value`, `export NAME=value`, `# comment`; 'single' quotes keep the text as it
/// is, "double" quotes know \n \t \" \\ and $; an unquoted value ends at " #". Lines that are nothing of this are
/// returned by number in `badLines`.
Environment parseDotEnv(std::string_view text, std::vector<int>& badLines);

/// "${NAME}" replaced by its value. nullopt names nothing: `missing` receives the first unset name.
std::optional<std::string> expandVariables(std::string_view text, const Environment& environment, std::string& missing);

} // namespace patchbay
