#include "services/config_reader.h"

#include <algorithm>
#include <array>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include "services/base_url.h"
#include "services/config_values.h"
#include "services/known_vendors.h"

namespace patchbay {
namespace {

using Kind = ConfigNode::Kind;

constexpr std::int64_t kMiB = 1 << 20;

void readPort(const ConfigValue& value, Config& config) {
    std::int64_t port = config.server.port;
    if (readInteger(value, 0, 65535, port))
        config.server.port = static_cast<std::uint16_t>(port);
}

void readHost(const ConfigValue& value, Config& config) {
    std::string host;
    if (!readText(value, host))
        return;
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    boost::system::error_code notAddress;
    boost::asio::ip::make_address(host, notAddress);
    const bool name = host.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_") ==
                      std::string::npos;
    if (host.empty() || (notAddress && !name))
        value.error("is neither an address nor a host name", host == "*"
                                                                 ? "Write \"0.0.0.0\" to listen on every address."
                                                                 : "Write \"127.0.0.1\", \"0.0.0.0\" or \"::1\".");
    else
        config.server.host = host;
}

void readAuth(const ConfigValue& value, Config& config) {
    if (value.node.kind == Kind::String && (value.node.text == "off" || value.node.text == "none")) {
        value.error("cannot be switched off",
                    "\"auto\" asks callers on this machine for no key; others always need one.");
        return;
    }
    if (const auto choice = readChoice(value, {"auto", "required"}))
        config.server.auth = *choice == 0 ? AuthMode::Auto : AuthMode::Required;
}

void readConnections(const ConfigValue& value, std::size_t& target) {
    std::int64_t count = 0;
    if (readInteger(value, 1, 1'000'000, count))
        target = static_cast<std::size_t>(count);
}

void readAllowedHosts(const ConfigValue& value, Config& config) {
    std::vector<std::string> hosts;
    if (!readTexts(value, hosts))
        return;
    for (const std::string& host : hosts)
        if (host.empty() || host.find_first_of("/ \t@") != std::string::npos)
            return value.error(fmt::format("has an entry that is no host name: \"{}\"", host),
                               "Write the name alone, without http:// and path.");
    config.server.allowedHosts = std::move(hosts);
}

void readAllowedOrigins(const ConfigValue& value, Config& config) {
    std::vector<std::string> origins;
    if (!readTexts(value, origins))
        return;
    for (const std::string& origin : origins) {
        const auto url = parseBaseUrl(origin);
        if (origin != "*" && (!url || !url->path.empty() || !url->query.empty()))
            return value.error(fmt::format("has an entry that is no origin: \"{}\"", origin),
                               "Write scheme, host and port: \"https://chat.example.com\".");
        if (origin == "*")
            value.warning("lets every web page that a user opens call this server");
    }
    config.server.allowedOrigins = std::move(origins);
}

void readLogLevel(const ConfigValue& value, Config& config) {
    constexpr std::array kLevels{LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error, LogLevel::Off};
    if (const auto choice = readChoice(value, {"debug", "info", "warning", "error", "off"}))
        config.logLevel = kLevels[*choice];
}

void readPath(const ConfigValue& value, std::string& target) {
    std::string path;
    if (!readText(value, path))
        return;
    if (path.empty() || path.find('\0') != std::string::npos)
        value.error("must not be empty");
    else
        target = std::move(path);
}

// A timeout of the server itself: never off, a peer must not hold a connection for ever.
void readServerTime(const ConfigValue& value, Milliseconds& target) {
    readDuration(value, {.least = Milliseconds{100}}, target);
}

void readClock(const ConfigValue& value, std::optional<Milliseconds>& target, bool mayBeOff) {
    Milliseconds duration{};
    if (readDuration(value, {.mayBeOff = mayBeOff}, duration))
        target = duration;
}

using V = const ConfigValue&;

constexpr std::array kSettings{
    Setting{"server", "host", readHost},
    Setting{"server", "port", readPort},
    Setting{"server", "auth", readAuth},
    Setting{"server", "body_limit", [](V v, Config& c) { readSize(v, 1024, 1024 * kMiB, c.server.bodyLimit); }},
    Setting{"server", "header_limit", [](V v, Config& c) { readSize(v, 1024, kMiB, c.server.headerLimit); }},
    Setting{"server", "allowed_hosts", readAllowedHosts},
    Setting{"server", "allowed_origins", readAllowedOrigins},
    Setting{"server", "max_connections", [](V v, Config& c) { readConnections(v, c.server.maxConnections); }},
    Setting{"server", "max_connections_per_address",
            [](V v, Config& c) { readConnections(v, c.server.maxConnectionsPerAddress); }},
    Setting{"server", "header_timeout", [](V v, Config& c) { readServerTime(v, c.server.headerTimeout); }},
    Setting{"server", "body_timeout", [](V v, Config& c) { readServerTime(v, c.server.bodyTimeout); }},
    Setting{"server", "idle_timeout", [](V v, Config& c) { readServerTime(v, c.server.idleTimeout); }},
    Setting{"server", "write_timeout", [](V v, Config& c) { readServerTime(v, c.server.writeTimeout); }},
    Setting{"server", "shutdown_grace",
            [](V v, Config& c) { readDuration(v, {.mayBeOff = true}, c.server.shutdownGrace); }},
    Setting{"timeouts", "connect", [](V v, Config& c) { readClock(v, c.timeouts.connect, false); }},
    Setting{"timeouts", "headers", [](V v, Config& c) { readClock(v, c.timeouts.headers, true); }},
    Setting{"timeouts", "first_token", [](V v, Config& c) { readClock(v, c.timeouts.firstToken, true); }},
    Setting{"timeouts", "idle", [](V v, Config& c) { readClock(v, c.timeouts.idle, true); }},
    Setting{"timeouts", "total", [](V v, Config& c) { readClock(v, c.timeouts.total, false); }},
    Setting{"chat", "default_model", [](V v, Config& c) { readText(v, c.defaultModel); }},
    Setting{"history", "enabled", [](V v, Config& c) { readFlag(v, c.historyEnabled); }},
    Setting{"log", "level", readLogLevel},
    Setting{"storage", "data_dir", [](V v, Config& c) { readPath(v, c.dataDir); }},
    Setting{"catalog", "prices", [](V v, Config& c) { readPath(v, c.pricesFile); }},
    Setting{"network", "ca_file", [](V v, Config& c) { readPath(v, c.caFile); }},
};

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return result;
}

std::vector<std::string_view> keysOf(std::string_view section) {
    std::vector<std::string_view> keys;
    for (const Setting& setting : kSettings)
        if (setting.section == section)
            keys.push_back(setting.key);
    return keys;
}

std::vector<std::string_view> rootKeys() {
    std::vector<std::string_view> keys{"providers", "models"};
    for (const Setting& setting : kSettings)
        if (std::find(keys.begin(), keys.end(), setting.section) == keys.end())
            keys.push_back(setting.section);
    return keys;
}

// "port" at the top of the file was meant for [server].
std::string hintForRoot(std::string_view key) {
    for (const Setting& setting : kSettings)
        if (setting.key == key)
            return fmt::format("'{}' belongs below [{}].", key, setting.section);
    std::string hint = didYouMean(key, rootKeys());
    return hint.empty() ? fmt::format("Known here: {}.", fmt::join(rootKeys(), ", ")) : hint;
}

void readSections(const ConfigNode& root, Config& config, ConfigProblems& problems) {
    for (const ConfigMember& member : root.members) {
        const std::vector<std::string_view> keys = keysOf(member.key);
        if (keys.empty()) {
            if (identityOf(member.key).empty())
                problems.error(member.origin, fmt::format("unknown key '{}'", member.key), hintForRoot(member.key));
            continue;
        }
        if (!checkTable({member.value, fmt::format("[{}]", member.key), problems}, keys))
            continue;
        for (const Setting& setting : kSettings)
            if (setting.section == member.key)
                if (const ConfigNode* node = member.value.find(setting.key))
                    setting.read({*node, setting.name(), problems}, config);
    }
}

const ConfigNode* tableList(const ConfigNode& root, std::string_view name, ConfigProblems& problems) {
    const ConfigNode* list = root.find(name);
    if (list == nullptr)
        return nullptr;
    const bool good =
        list->kind == Kind::Array && std::all_of(list->elements.begin(), list->elements.end(),
                                                 [](const ConfigNode& element) { return element.kind == Kind::Table; });
    if (!good)
        problems.error(list->origin, fmt::format("'{}' must be a list of tables", name),
                       fmt::format("Begin each one with [[{}]] and give it {} = \"…\".", name, identityOf(name)));
    return good ? list : nullptr;
}

void checkDefaultModel(const ConfigNode& root, const Config& config, ConfigProblems& problems) {
    const std::string& name = config.defaultModel;
    const auto listed = [&](std::string_view wanted) {
        return std::any_of(config.models.begin(), config.models.end(),
                           [&](const ModelEntry& entry) { return entry.name == wanted; });
    };
    const std::string provider = name.substr(0, name.find('/'));
    const bool qualified =
        provider.size() < name.size() && (config.provider(provider) != nullptr || provider == "playground");
    // With providers from the environment the router names what there is.
    if (name.empty() || listed(name) || listed("*") || qualified || config.providers.empty() ||
        config.providersFromEnvironment)
        return;
    std::vector<std::string_view> names;
    for (const ModelEntry& entry : config.models)
        names.push_back(entry.name);
    const ConfigNode* chat = root.find("chat");
    const ConfigNode* node = chat == nullptr ? nullptr : chat->find("default_model");
    std::string hint = didYouMean(name, names);
    problems.error(node == nullptr ? root.origin : node->origin,
                   fmt::format("chat.default_model names no configured model: '{}'", name),
                   hint.empty() ? "Name one of [[models]], or write provider/model." : std::move(hint));
}

} // namespace

std::string Setting::name() const {
    return fmt::format("{}.{}", section, key);
}

std::string Setting::variable() const {
    return fmt::format("PATCHBAY_{}_{}", upper(section), upper(key));
}

std::span<const Setting> configSettings() {
    return kSettings;
}

const Setting* findSetting(std::string_view name) {
    for (const Setting& setting : kSettings)
        if (setting.name() == name)
            return &setting;
    return nullptr;
}

void readTimeouts(const ConfigValue& table, TimeoutsConfig& timeouts) {
    const auto keys = timeoutKeys();
    if (!checkTable(table, {keys.begin(), keys.end()}))
        return;
    const auto read = [&](std::string_view key, std::optional<Milliseconds>& target, bool mayBeOff) {
        if (const ConfigNode* node = table.node.find(key))
            readClock({*node, fmt::format("{}.{}", table.name, key), table.problems}, target, mayBeOff);
    };
    read("connect", timeouts.connect, false);
    read("headers", timeouts.headers, true);
    read("first_token", timeouts.firstToken, true);
    read("idle", timeouts.idle, true);
    read("total", timeouts.total, false);
}

Config readConfig(const ConfigNode& root, ConfigProblems& problems, bool providersFromEnvironment) {
    Config config;
    config.providersFromEnvironment = providersFromEnvironment;
    readSections(root, config, problems);
    if (const ConfigNode* list = tableList(root, "providers", problems))
        readProviders(*list, config, problems);
    if (const ConfigNode* list = tableList(root, "models", problems))
        readModels(*list, config, problems);
    checkDefaultModel(root, config, problems);
    if (providersFromEnvironment && config.providers.size() == 1 && config.models.empty())
        config.models.push_back(
            {.name = "*", .deployments = {{.provider = config.providers.front().id, .model = "*"}}});
    return config;
}

ConfigNode environmentProviders(const Environment& environment) {
    ConfigNode root;
    for (const KnownVendor& vendor : knownVendors()) {
        if (vendor.keyVariable.empty() || vendor.baseUrl.empty())
            continue;
        const bool first = environment.has(vendor.keyVariable);
        if (!first && (vendor.otherVariable.empty() || !environment.has(vendor.otherVariable)))
            continue;
        const std::string variable(first ? vendor.keyVariable : vendor.otherVariable);
        const ConfigOrigin origin{"environment variable " + variable};
        ConfigNode& list = root.member("providers", origin);
        list.kind = Kind::Array;
        ConfigNode& provider = list.elements.emplace_back();
        provider.origin = origin;
        const auto set = [&](std::string_view key, std::string text) {
            ConfigNode& node = provider.member(key, origin);
            node.kind = Kind::String;
            node.text = std::move(text);
        };
        set("id", std::string(vendor.name));
        set("key", "env:" + variable);
    }
    return root;
}

} // namespace patchbay
