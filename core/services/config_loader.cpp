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

std::optional<ConfigNode> tomlLayer(const std::string& text, const std::string& path, ConfigProblems& problems) {
    auto root = parseToml(text, path, problems);
    if (root)
        reportDuplicates(*root, problems);
    return root;
}

} // namespace

LoadedConfig loadConfig(const ConfigSources& sources, const std::optional<std::string>& managedText) {
    const Places& places = sources.places;
    ConfigProblems problems;
    LoadedConfig result;

    const auto userText = optionalFile(places.configFile, problems, places.configFileNamed);
    const auto managed = managedText ? managedText : optionalFile(places.managedFile, problems);
    const Environment dotEnv = loadDotEnv(places.dotEnvFile, problems);
    result.environment = sources.environment.over(dotEnv);
    result.fileFound = userText.has_value();

    bool parsed = true;
    ConfigNode root;
    root.origin = {places.configFile, 1, 1};
    for (const auto& [text, path] :
         {std::pair(&userText, &places.configFile), std::pair(&managed, &places.managedFile)}) {
        if (!*text)
            continue;
        const auto layer = tomlLayer(**text, *path, problems);
        parsed = parsed && layer;
        if (layer)
            mergeTree(root, *layer);
    }
    mergeTree(root, environmentLayer(dotEnv, places.dotEnvFile, problems));
    mergeTree(root, environmentLayer(sources.environment, {}, problems));
    mergeTree(root, optionLayer(sources.overrides, problems));

    // With one layer missing, what refers to it would be reported too: the syntax error alone says enough.
    if (parsed) {
        Config config = readConfig(root, problems);
        if (root.find("providers") == nullptr)
            addProvidersFromEnvironment(config, result.environment);
        if (!problems.hasErrors())
            result.config = std::make_shared<const Config>(std::move(config));
    }
    result.problems = problems.sorted();
    return result;
}

} // namespace patchbay
