// What every subcommand begins with: where things lie, what the configuration says, how secrets are found, and who has
// the data directory. Nothing is opened here.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "catalog/catalog.h"
#include "services/config_loader.h"
#include "services/secrets.h"
#include "services/vault.h"
#include "storage/data_lock.h"

namespace patchbay {

struct ProgramOptions {
    std::string configFile;
    std::string dataDir;
};
/// Adds --config and --data-dir.
void addProgramOptions(CLI::App& command, ProgramOptions& options);

struct ProgramContext {
    ConfigSources sources;
    LoadedConfig loaded;
    Places places; ///< with [storage] data_dir taken into account

    const Config& config() const { return *loaded.config; }
};

/// Errors: Configuration when there is no place for anything. A configuration with errors is no error here: look at
/// loaded.config.
Result<ProgramContext> readContext(const ProgramOptions& options);
/// The same, requiring a valid configuration.
Result<ProgramContext> readValidContext(const ProgramOptions& options);

/// What is wrong with the files that a valid configuration names: prices, certificates. A server would not start.
std::vector<ConfigProblem> problemsOfFiles(const ProgramContext& context);
/// "openai" for the provider's models in the catalogue; empty when unknown.
std::string_view catalogNameOf(const Config& config, std::string_view providerId);

/// What is asked where nobody names a model: the configured default, else the first configured name, else, where no
/// provider is configured, the playground. Empty = none of these.
std::string defaultModelOf(const Config& config);

/// Who holds the data directory now. One that has no address yet (it is just starting, or a short command is about to
/// end) is given a second.
std::optional<DataLockHolder> otherProgram(const Places& places);

} // namespace patchbay
