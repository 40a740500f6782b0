// Reads single values of a configuration: types, ranges, durations, sizes, choices. Each reader reports what is wrong
// and then leaves the target as it was, so that reading goes on to the next value.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "services/config.h"
#include "services/config_tree.h"

namespace patchbay {

/// What is being read and where problems go. `name` is how messages call the value: "server.port",
/// "providers[openai].key".
struct ConfigValue {
    const ConfigNode& node;
    std::string name;
    ConfigProblems& problems;

    void error(std::string message, std::string hint = {}) const;
    void warning(std::string message, std::string hint = {}) const;
};

struct DurationLimits {
    bool mayBeOff = false; ///< 0 and "off" are allowed and give zero
    Milliseconds least{1};
    Milliseconds most{std::chrono::hours{24}};
};

bool readText(const ConfigValue& value, std::string& target);
bool readFlag(const ConfigValue& value, bool& target);
bool readInteger(const ConfigValue& value, std::int64_t least, std::int64_t most, std::int64_t& target);
bool readNumber(const ConfigValue& value, double least, double most, double& target);
/// "10s", "500ms", "2m", "1h", or a number of seconds.
bool readDuration(const ConfigValue& value, DurationLimits limits, Milliseconds& target);
/// "32MiB", "64KiB", "1GiB", "10MB", or a number of bytes.
bool readSize(const ConfigValue& value, std::int64_t least, std::int64_t most, std::size_t& target);
/// A list of texts; from the environment: separated by commas.
bool readTexts(const ConfigValue& value, std::vector<std::string>& target);
/// One of the known words; returns its index.
std::optional<std::size_t> readChoice(const ConfigValue& value, const std::vector<std::string_view>& choices);
/// "env:NAME" and so on; a literal is an error that does not repeat it.
bool readSecretRef(const ConfigValue& value, std::string_view usualVariable, std::optional<SecretRef>& target);

/// Reports members of the table that are not known, with the nearest known name. Returns false where it is no table.
bool checkTable(const ConfigValue& table, const std::vector<std::string_view>& known);

} // namespace patchbay
