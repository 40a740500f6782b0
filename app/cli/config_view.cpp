#include "app/cli/config_view.h"

#include "services/config_tree.h"

namespace patchbay {
namespace {

json::string text(std::string_view view) {
    return json::string(view.data(), view.size());
}

json::array texts(const std::vector<std::string>& list) {
    json::array array;
    for (const std::string& one : list)
        array.push_back(json::string(one));
    return array;
}

std::string duration(Milliseconds time) {
    if (time.count() == 0)
        return "off";
    return time.count() % 1000 == 0 ? std::to_string(time.count() / 1000) + "s" : std::to_string(time.count()) + "ms";
}

// "user:password@" in a URL is nobody's business.
std::string withoutUserInfo(std::string url) {
    const auto begin = url.find("://");
    const auto host = begin == std::string::npos ? 0 : begin + 3;
    const auto at = url.substr(0, url.find('/', host)).rfind('@');
    if (at != std::string::npos && at >= host)
        url.replace(host, at - host, "hidden");
    return url;
}

json::object timeoutsOf(const TimeoutsConfig& timeouts) {
    json::object object;
    const auto put = [&object](std::string_view name, const std::optional<Milliseconds>& time) {
        if (time)
            object[name] = duration(*time);
    };
    put("connect", timeouts.connect);
    put("headers", timeouts.headers);
    put("first_token", timeouts.firstToken);
    put("idle", timeouts.idle);
    put("total", timeouts.total);
    return object;
}

std::string_view levelName(LogLevel level) {
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Error:
        return "error";
    case LogLevel::Off:
        break;
    }
    return "off";
}

json::object serverOf(const ServerConfig& server) {
    return {{"host", server.host},
            {"port", static_cast<std::int64_t>(server.port)},
            {"auth", server.auth == AuthMode::Auto ? "auto" : "required"},
            {"body_limit", static_cast<std::int64_t>(server.bodyLimit)},
            {"header_limit", static_cast<std::int64_t>(server.headerLimit)},
            {"allowed_hosts", texts(server.allowedHosts)},
            {"allowed_origins", texts(server.allowedOrigins)},
            {"max_connections", static_cast<std::int64_t>(server.maxConnections)},
            {"max_connections_per_address", static_cast<std::int64_t>(server.maxConnectionsPerAddress)},
            {"header_timeout", duration(server.headerTimeout)},
            {"body_timeout", duration(server.bodyTimeout)},
            {"idle_timeout", duration(server.idleTimeout)},
            {"write_timeout", duration(server.writeTimeout)},
            {"shutdown_grace", duration(server.shutdownGrace)}};
}

json::object providerOf(const ProviderConfig& provider) {
    const bool responses = provider.format == WireFormat::OpenAiResponses;
    json::object object{{"format", text(responses ? "openai" : wireFormatName(provider.format))},
                        {"base_url", withoutUserInfo(provider.baseUrl)}};
    if (responses)
        object["api"] = "responses";
    if (!provider.vendor.empty())
        object["vendor"] = provider.vendor;
    if (provider.key)
        object["key"] = provider.key->text();
    if (provider.proxy.secret)
        object["proxy"] = provider.proxy.secret->text();
    else if (!provider.proxy.text.empty())
        object["proxy"] = withoutUserInfo(provider.proxy.text);
    if (!provider.enabled)
        object["enabled"] = false;
    if (provider.local)
        object["local"] = true;
    json::object headers;
    for (const HeaderConfig& header : provider.headers)
        headers[header.name] = header.value.secret ? header.value.secret->text() : std::string("(hidden)");
    if (!headers.empty())
        object["headers"] = std::move(headers);
    if (json::object timeouts = timeoutsOf(provider.timeouts); !timeouts.empty())
        object["timeouts"] = std::move(timeouts);
    return object;
}

json::object modelOf(const ModelEntry& model) {
    json::array deployments;
    for (const Deployment& deployment : model.deployments) {
        json::object one{{"provider", deployment.provider}, {"model", deployment.model}};
        if (deployment.weight != 1)
            one["weight"] = deployment.weight;
        if (!deployment.tags.empty())
            one["tags"] = texts(deployment.tags);
        deployments.push_back(std::move(one));
    }
    return {{"strategy", model.strategy}, {"deployments", std::move(deployments)}};
}

} // namespace

json::object configToJson(const Config& config) {
    json::object object{{"server", serverOf(config.server)}};
    if (json::object timeouts = timeoutsOf(config.timeouts); !timeouts.empty())
        object["timeouts"] = std::move(timeouts);
    if (!config.defaultModel.empty())
        object["chat"] = json::object{{"default_model", config.defaultModel}};
    object["history"] = json::object{{"enabled", config.historyEnabled}};
    object["log"] = json::object{{"level", text(levelName(config.logLevel))}};
    if (!config.dataDir.empty())
        object["storage"] = json::object{{"data_dir", config.dataDir}};
    if (!config.pricesFile.empty())
        object["catalog"] = json::object{{"prices", config.pricesFile}};
    json::object providers;
    for (const ProviderConfig& provider : config.providers)
        providers[provider.id] = providerOf(provider);
    object["providers"] = std::move(providers);
    json::object models;
    for (const ModelEntry& model : config.models)
        models[model.name] = modelOf(model);
    object["models"] = std::move(models);
    return object;
}

Result<std::string> configToToml(const Config& config) {
    ConfigNode root;
    if (auto patched = patchTree(root, configToJson(config)); !patched)
        return patched.error();
    return writeToml(root);
}

} // namespace patchbay
