#include "app/cli/program_context.h"

#include <thread>

#include "services/endpoints.h"

namespace patchbay {

void addProgramOptions(CLI::App& command, ProgramOptions& options) {
    command.add_option("--config", options.configFile, "Configuration file (TOML)");
    command.add_option("--data-dir", options.dataDir, "Folder of the database");
}

Result<ProgramContext> readContext(const ProgramOptions& options) {
    ProgramContext context;
    const Environment environment = Environment::ofProcess();
    auto places =
        findPlaces(environment, thisOperatingSystem(), {.configFile = options.configFile, .dataDir = options.dataDir});
    if (!places)
        return places.error();
    context.sources = ConfigSources{.places = *places, .environment = environment, .overrides = {}};
    context.loaded = loadConfig(context.sources);
    context.places = std::move(*places);
    if (context.loaded.config && !context.loaded.config->dataDir.empty())
        context.places.setDataDir(context.loaded.config->dataDir, thisOperatingSystem());
    return context;
}

Result<ProgramContext> readValidContext(const ProgramOptions& options) {
    auto context = readContext(options);
    if (context && !context->loaded.config)
        return configError(context->loaded.problems);
    return context;
}

std::vector<ConfigProblem> problemsOfFiles(const ProgramContext& context) {
    std::vector<ConfigProblem> problems;
    if (!context.loaded.config)
        return problems;
    const auto add = [&](const Error& error) {
        problems.push_back({.severity = ConfigProblem::Severity::Error,
                            .origin = {context.places.configFile},
                            .message = error.message,
                            .hint = error.hint});
    };
    if (const auto catalog = loadCatalog(context.config(), context.places); !catalog)
        add(catalog.error());
    if (const auto file = findCaFile(context.config(), context.places, context.loaded.environment); !file)
        add(file.error());
    return problems;
}

std::string_view catalogNameOf(const Config& config, std::string_view providerId) {
    const ProviderConfig* provider = config.provider(providerId);
    return provider ? catalogProviderOf(*provider) : std::string_view();
}

std::string defaultModelOf(const Config& config) {
    if (!config.defaultModel.empty())
        return config.defaultModel;
    for (const ModelEntry& model : config.models)
        if (model.name != "*")
            return model.name;
    return config.providers.empty() ? "playground/echo" : std::string();
}

std::optional<DataLockHolder> otherProgram(const Places& places) {
    constexpr int kTries = 20;
    constexpr std::chrono::milliseconds kPause{50};
    std::optional<DataLockHolder> holder;
    for (int i = 0; i < kTries; ++i) {
        holder = DataLock::holder(places.dataDir);
        if (!holder || !holder->url.empty())
            break;
        std::this_thread::sleep_for(kPause);
    }
    return holder;
}

} // namespace patchbay
