// Gives a configuration tree its meaning and checks it as a whole. The table of settings is the one place that knows
// which scalar settings there are: the file, the environment and the command line all go by it.
#pragma once

#include <span>

#include "base/environment.h"
#include "services/config.h"
#include "services/config_tree.h"

namespace patchbay {

struct ConfigValue;

/// One scalar (or list of texts) in a section of the file.
struct Setting {
    std::string_view section;
    std::string_view key;
    void (*read)(const ConfigValue& value, Config& config);
    std::string name() const;     ///< "server.port"
    std::string variable() const; ///< "PATCHBAY_SERVER_PORT"
};

std::span<const Setting> configSettings();
const Setting* findSetting(std::string_view name);

/// Members of [[providers]], [[models]] and of a deployment, for the documentation's test.
std::span<const std::string_view> providerKeys();
std::span<const std::string_view> modelKeys();
std::span<const std::string_view> deploymentKeys();
std::span<const std::string_view> timeoutKeys();
std::span<const std::string_view> strategyNames();

/// Reads every part and reports every problem. The result means something only where no error was reported.
/// `providersFromEnvironment`: environmentProviders() is part of the tree.
Config readConfig(const ConfigNode& root, ConfigProblems& problems, bool providersFromEnvironment = false);

// The parts of readConfig that have files of their own.
void readProviders(const ConfigNode& list, Config& config, ConfigProblems& problems);
/// Providers must have been read: deployments refer to them.
void readModels(const ConfigNode& list, Config& config, ConfigProblems& problems);
void readTimeouts(const ConfigValue& table, TimeoutsConfig& timeouts);

/// What an absent file means: every vendor whose usual variable is set, as a layer. Where there is exactly one provider
/// then, readConfig adds "*", which passes every name to it.
ConfigNode environmentProviders(const Environment& environment);

} // namespace patchbay
