#include "services/config_store.h"

#include "services/config_tree.h"

namespace patchbay {
namespace {

constexpr std::string_view kManagedHeading =
    "# Written by Patchbay, laid over config.toml. Change your settings there, or in the app.\n";

Error refusal(const std::vector<ConfigProblem>& problems) {
    Error refused = configError(problems);
    refused.code = ErrorCode::InvalidRequest;
    refused.hint = "Nothing was changed.";
    return refused;
}

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
    return load(now);
}

bool ConfigStore::reload() {
    const Stamps now = stampsOf(m_sources.places);
    m_lastSeen = now;
    return load(now);
}

bool ConfigStore::load(Stamps now) {
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
    auto change = prepareManaged(patch);
    if (!change)
        return change.error();
    return replaceManaged(std::move(change->text));
}

Result<bool> ConfigStore::manages(const json::object& patch) const {
    const auto root = managedTree();
    if (!root)
        return root.error();
    return treeHolds(*root, patch);
}

Result<std::string> ConfigStore::replaceManaged(std::string text) {
    auto change = checkManaged(std::move(text));
    if (!change)
        return change.error();
    if (const auto written = writeManaged(m_sources.places, change->text); !written)
        return written.error();
    text = change->text;
    adoptManaged(std::move(*change));
    return text;
}

Result<ConfigNode> ConfigStore::managedTree() const {
    ConfigProblems problems;
    auto text = readFile(m_sources.places.managedFile);
    if (!text)
        return text.error().code == ErrorCode::NotFound ? Result<ConfigNode>(ConfigNode{}) : text.error();
    auto parsed = parseToml(*text, m_sources.places.managedFile, problems);
    if (!parsed)
        return configError(problems.sorted());
    return std::move(*parsed);
}

Result<ManagedChange> ConfigStore::prepareManaged(const json::object& patch) const {
    auto root = managedTree();
    if (!root)
        return root.error();
    if (const auto patched = patchTree(*root, patch); !patched)
        return patched.error();
    return checkManaged(std::string(kManagedHeading) + writeToml(*root));
}

Result<ManagedChange> ConfigStore::checkManaged(std::string text) const {
    LoadedConfig loaded = loadConfig(m_sources, text);
    if (!loaded.config)
        return refusal(loaded.problems);
    if (const auto own = managedProblems(m_sources, text); !own.empty())
        return refusal(own);
    const std::string& model = loaded.config->defaultModel;
    if (model != current()->defaultModel && !model.empty() && !mayRoute(*loaded.config, model))
        return makeError(ErrorCode::InvalidRequest, "chat.default_model: nothing answers for the model '" + model + "'",
                         "Name one of [[models]], or write provider/model with a configured provider. Nothing was "
                         "changed.");
    return ManagedChange{std::move(text), std::move(loaded)};
}

Result<void> ConfigStore::writeManaged(const Places& places, const std::string& text) {
    return writeFileAtomically(places.managedFile, text, FileMode::Private);
}

void ConfigStore::adoptManaged(ManagedChange change) {
    take(std::move(change.loaded), stampsOf(m_sources.places));
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
