#include "services/config_loader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/os_file.h"
#include "services/config_reader.h"
#include "services/config_tree.h"

namespace patchbay {
namespace {

constexpr std::size_t kFileLimit = 4U << 20U;

// A file that need not be there. An unreadable one is a problem.
std::optional<std::string> optionalFile(const std::string& path, ConfigProblems& problems, bool required = false) {
    auto text = readFile(path, kFileLimit);
    if (text)
        return std::move(*text);
    if (required || text.error().code != ErrorCode::NotFound)
        problems.error({path}, text.error().message, text.error().hint);
    return std::nullopt;
}

Environment loadDotEnv(const std::string& path, ConfigProblems& problems) {
    const auto text = optionalFile(path, problems);
    if (!text)
        return {};
    std::vector<int> badLines;
    Environment environment = parseDotEnv(*text, badLines);
    for (const int line : badLines)
        problems.error({path, line, 1}, "this line is not NAME=value",
                       "Comments begin with '#'; close quotes on the same line.");
    if (fileReaders(path) == FileReaders::Everyone)
        problems.warning({path}, "can be read by every user of this machine", "If it holds keys: chmod 600 " + path);
    return environment;
}

void setUntyped(ConfigNode& root, const Setting& setting, const std::string& value, const std::string& source) {
    const ConfigOrigin origin{source};
    ConfigNode& node = root.member(setting.section, origin).member(setting.key, origin);
    node = ConfigNode{.kind = ConfigNode::Kind::String, .origin = origin, .text = value, .untyped = true};
}

// PATCHBAY_SERVER_PROT: a variable of ours that means nothing. A warning only, since other programs may set such names
// (Kubernetes makes PATCHBAY_SERVER_SERVICE_HOST for a service called patchbay-server).
void warnUnknownVariables(const Environment& environment, const std::string& source, ConfigProblems& problems) {
    std::vector<std::string> variables;
    for (const Setting& setting : configSettings())
        variables.push_back(setting.variable());
    const std::vector<std::string_view> known(variables.begin(), variables.end());
    for (const auto& [name, value] : environment.values()) {
        if (!name.starts_with("PATCHBAY_") || std::find(known.begin(), known.end(), name) != known.end())
            continue;
        for (const Setting& setting : configSettings()) {
            const std::string prefix = setting.variable().substr(0, setting.variable().size() - setting.key.size());
            if (!name.starts_with(prefix))
                continue;
            problems.warning({source.empty() ? "environment variable " + name : source},
                             fmt::format("{} means nothing", name), didYouMean(name, known));
            break;
        }
    }
}

ConfigNode environmentLayer(const Environment& environment, const std::string& file, ConfigProblems& problems) {
    ConfigNode root;
    for (const Setting& setting : configSettings())
        if (const auto value = environment.get(setting.variable()))
            setUntyped(root, setting, *value,
                       file.empty() ? "environment variable " + setting.variable()
                                    : fmt::format("{} ({})", file, setting.variable()));
    warnUnknownVariables(environment, file, problems);
    return root;
}

ConfigNode optionLayer(const std::vector<ConfigOverride>& overrides, ConfigProblems& problems) {
    ConfigNode root;
    for (const ConfigOverride& override : overrides) {
        const std::string source = "option " + override.option;
        if (const Setting* setting = findSetting(override.setting))
            setUntyped(root, *setting, override.value, source);
        else
            problems.error({source}, fmt::format("there is no setting '{}'", override.setting));
    }
    return root;
}

std::vector<std::string> providerIds(const ConfigNode& root) {
    std::vector<std::string> ids;
    if (const ConfigNode* list = root.find("providers"))
        for (const ConfigNode& element : list->elements)
            if (const ConfigNode* id = element.find("id"))
                ids.push_back(id->text);
    return ids;
}

bool contains(const std::vector<std::string>& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

// An entry of managed.toml that only switches a provider of another layer on or off.
bool isSwitch(const ConfigNode& element) {
    return element.kind == ConfigNode::Kind::Table && element.find("id") != nullptr &&
           element.find("enabled") != nullptr && element.members.size() == 2;
}

// Someone switched a provider off in the app and later took it out of the file: nothing is left to switch.
void dropOrphanedSwitches(ConfigNode& managed, const std::vector<std::string>& known) {
    if (ConfigNode* list = managed.find("providers"))
        std::erase_if(list->elements, [&](const ConfigNode& element) {
            return isSwitch(element) && !element.find("enabled")->boolean && !contains(known, element.find("id")->text);
        });
}

// The providers that usual variables make, less those that managed.toml describes itself: a key of the environment must
// not go to a host that was written for another one.
ConfigNode providersOfEnvironment(const Environment& environment, const ConfigNode* managed) {
    ConfigNode root = environmentProviders(environment);
    ConfigNode* made = root.find("providers");
    const ConfigNode* described = managed != nullptr ? managed->find("providers") : nullptr;
    if (made == nullptr || described == nullptr)
        return root;
    for (const ConfigNode& element : described->elements)
        if (const ConfigNode* id = element.find("id"); id != nullptr && !isSwitch(element))
            std::erase_if(made->elements,
                          [&](const ConfigNode& node) { return node.find("id")->text == id->text; });
    return root;
}

std::optional<ConfigNode> tomlLayer(const std::string& text, const std::string& path, ConfigProblems& problems) {
    auto root = parseToml(text, path, problems);
    if (root)
        reportDuplicates(*root, problems);
    return root;
}

} // namespace

ProviderOrigin LoadedConfig::originOf(std::string_view providerId) const {
    if (contains(fileProviders, providerId))
        return ProviderOrigin::UserFile;
    return contains(environmentProviders, providerId) ? ProviderOrigin::Environment : ProviderOrigin::Managed;
}

std::vector<ConfigProblem> managedProblems(const ConfigSources& sources, const std::string& managedText) {
    const Places& places = sources.places;
    ConfigProblems ignored;
    ConfigProblems problems;
    ConfigNode root;
    root.origin = {places.configFile, 1, 1};
    if (const auto text = optionalFile(places.configFile, ignored))
        if (const auto layer = tomlLayer(*text, places.configFile, ignored))
            mergeTree(root, *layer);
    if (const auto layer = tomlLayer(managedText, places.managedFile, problems)) {
        mergeTree(root, *layer);
        readConfig(root, problems);
    }
    std::vector<ConfigProblem> own = problems.sorted();
    std::erase_if(own, [&places](const ConfigProblem& problem) {
        return problem.severity != ConfigProblem::Severity::Error || problem.origin.source != places.managedFile;
    });
    return own;
}

LoadedConfig loadConfig(const ConfigSources& sources, const std::optional<std::string>& managedText) {
    const Places& places = sources.places;
    ConfigProblems problems;
    LoadedConfig result;

    const auto userText = optionalFile(places.configFile, problems, places.configFileNamed);
    const auto managed = managedText ? managedText : optionalFile(places.managedFile, problems);
    const Environment dotEnv = loadDotEnv(places.dotEnvFile, problems);
    result.environment = sources.environment.over(dotEnv);
    result.fileFound = userText.has_value();

    ConfigNode root;
    root.origin = {places.configFile, 1, 1};
    const auto userLayer = userText ? tomlLayer(*userText, places.configFile, problems) : ConfigNode{};
    auto managedLayer = managed ? tomlLayer(*managed, places.managedFile, problems) : ConfigNode{};
    const bool parsed = userLayer && managedLayer;
    if (userLayer) {
        mergeTree(root, *userLayer);
        result.fileProviders = providerIds(root);
    }
    const bool fromEnvironment = root.find("providers") == nullptr;
    if (fromEnvironment) {
        const ConfigNode made = providersOfEnvironment(result.environment, managedLayer ? &*managedLayer : nullptr);
        result.environmentProviders = providerIds(made);
        mergeTree(root, made);
    }
    if (managedLayer) {
        dropOrphanedSwitches(*managedLayer, providerIds(root));
        mergeTree(root, *managedLayer);
    }
    mergeTree(root, environmentLayer(dotEnv, places.dotEnvFile, problems));
    mergeTree(root, environmentLayer(sources.environment, {}, problems));
    mergeTree(root, optionLayer(sources.overrides, problems));

    // With one layer missing, what refers to it would be reported too: the syntax error alone says enough.
    if (parsed) {
        Config config = readConfig(root, problems, fromEnvironment);
        if (!problems.hasErrors())
            result.config = std::make_shared<const Config>(std::move(config));
    }
    result.problems = problems.sorted();
    return result;
}

} // namespace patchbay
