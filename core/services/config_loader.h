// Loads a configuration from all its layers and checks the whole: options > environment > .env > managed.toml >
// config.toml > built-in defaults. Used by the server's start, by the hot reload, and by `patchbay config check`.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/environment.h"
#include "services/config.h"
#include "services/config_problem.h"
#include "services/places.h"

namespace patchbay {

/// A setting given on the command line.
struct ConfigOverride {
    std::string setting; ///< "server.port"
    std::string value;
    std::string option; ///< "--port", for messages
};

struct ConfigSources {
    Places places;
    Environment environment; ///< of the process, without .env
    std::vector<ConfigOverride> overrides;
};

/// Who a provider comes from first; managed.toml may change some of it.
enum class ProviderOrigin : std::uint8_t { UserFile, Environment, Managed };

struct LoadedConfig {
    std::shared_ptr<const Config> config; ///< nullptr where `problems` has an error
    std::vector<ConfigProblem> problems;  ///< all errors and warnings, by place
    Environment environment;              ///< with .env beneath it: what "env:NAME" refers to
    bool fileFound = false;               ///< there is a config.toml
    std::vector<std::string> fileProviders;        ///< ids that stand in config.toml
    std::vector<std::string> environmentProviders; ///< ids that usual variables made

    ProviderOrigin originOf(std::string_view providerId) const;
};

/// `managedText` stands in for the managed file's content: a change is checked before it is written.
LoadedConfig loadConfig(const ConfigSources& sources, const std::optional<std::string>& managedText = std::nullopt);

/// The errors in the managed settings themselves, with the user's file beneath and nothing above them: what the
/// environment or an option covers today may show tomorrow.
std::vector<ConfigProblem> managedProblems(const ConfigSources& sources, const std::string& managedText);

} // namespace patchbay
