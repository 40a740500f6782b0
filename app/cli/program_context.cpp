#include "app/cli/program_context.h"

#include <thread>

#include "base/os_file.h"

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

Vault::Options vaultOptions(const Places& places, const Environment& environment) {
    Vault::Options options{.file = places.vaultFile, .keyFile = places.vaultKeyFile, .passphrase = std::nullopt};
    if (const auto passphrase = environment.get("PATCHBAY_VAULT_PASSPHRASE"))
        options.passphrase = Secret(*passphrase);
    return options;
}

Secrets makeSecrets(const Places& places, const Environment& environment) {
    return Secrets(environment, places.configDir, std::make_shared<NoKeychain>(),
                   std::make_shared<Vault>(vaultOptions(places, environment)));
}

Catalog loadCatalog(const ProgramContext& context, std::vector<Error>* problems) {
    const bool named = !context.config().pricesFile.empty();
    const std::string& file = named ? context.config().pricesFile : context.places.pricesFile;
    auto text = readFile(file);
    if (!text) {
        if (problems && (named || text.error().code != ErrorCode::NotFound))
            problems->push_back(text.error());
        return Catalog::builtin();
    }
    auto catalog = Catalog::withOverrides(*text, file);
    if (catalog)
        return std::move(*catalog);
    if (problems)
        problems->push_back(catalog.error());
    return Catalog::builtin();
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
