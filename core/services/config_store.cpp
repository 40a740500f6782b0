#include "services/config_store.h"

#include "services/config_tree.h"

namespace patchbay {
namespace {

constexpr std::string_view kManagedHeading =
    "# Written by Patchbay, laid over config.toml. Change your settings there, or in the app.\n";

} // namespace

Result<std::unique_ptr<ConfigStore>> ConfigStore::open(ConfigSources sources) {
    const Stamps stamps = stampsOf(sources.places);
    LoadedConfig loaded = loadConfig(sources);
    if (!loaded.config)
        return configError(loaded.problems);
    return std::unique_ptr<ConfigStore>(new ConfigStore(std::move(sources), std::move(loaded), stamps));
}

ConfigStore::Stamps ConfigStore::stampsOf(const Places& places) {
    return {fileStamp(places.configFile), fileStamp(places.managedFile), fileStamp(places.dotEnvFile)};
}

bool ConfigStore::poll() {
    const Stamps now = stampsOf(m_sources.places);
    const bool settled = now == m_lastSeen;
    m_lastSeen = now;
    if (now == m_stamps || !settled)
        return false;
    // A file that was there and is gone is an accident (a failed deployment, an unmounted folder), not a wish for
    // defaults.
    if (m_loaded.fileFound && !now.config) {
        m_stamps = now;
        ConfigProblems problems;
        problems.error({m_sources.places.configFile}, "the configuration file is gone",
                       "The old configuration stays in force until it is back.");
        report(problems.sorted());
        return false;
    }
    LoadedConfig loaded = loadConfig(m_sources);
    if (!loaded.config) {
        m_stamps = now;
        report(loaded.problems);
        return false;
    }
    take(std::move(loaded), now);
    return true;
}

awaitable<void> ConfigStore::watch(Clock& clock, Milliseconds interval) {
    while (true) {
        co_await clock.sleepFor(interval);
        poll();
    }
}

Result<std::string> ConfigStore::applyManaged(const json::object& patch) {
    ConfigProblems problems;
    ConfigNode root;
    auto text = readFile(m_sources.places.managedFile);
    if (!text && text.error().code != ErrorCode::NotFound)
        return text.error();
    if (text) {
        auto parsed = parseToml(*text, m_sources.places.managedFile, problems);
        if (!parsed)
            return configError(problems.sorted());
        root = std::move(*parsed);
    }
    if (const auto patched = patchTree(root, patch); !patched)
        return patched.error();
    return replaceManaged(std::string(kManagedHeading) + writeToml(root));
}

Result<std::string> ConfigStore::replaceManaged(std::string text) {
    LoadedConfig loaded = loadConfig(m_sources, text);
    if (!loaded.config) {
        Error refused = configError(loaded.problems);
        refused.code = ErrorCode::InvalidRequest;
        refused.hint = "Nothing was changed.";
        return refused;
    }
    if (const auto written = writeFileAtomically(m_sources.places.managedFile, text, FileMode::Private); !written)
        return written.error();
    take(std::move(loaded), stampsOf(m_sources.places));
    return text;
}

void ConfigStore::take(LoadedConfig loaded, Stamps stamps) {
    const std::shared_ptr<const Config> before = m_loaded.config;
    m_loaded = std::move(loaded);
    m_stamps = stamps;
    m_lastSeen = stamps;
    for (const ChangeListener& listener : m_changeListeners)
        listener(before, m_loaded.config);
}

void ConfigStore::report(const std::vector<ConfigProblem>& problems) {
    for (const ProblemListener& listener : m_problemListeners)
        listener(problems);
}

} // namespace patchbay
