#include "services/config.h"

#include <algorithm>

#include "catalog/catalog.h"

namespace patchbay {
namespace {

Milliseconds pick(std::optional<Milliseconds> own, std::optional<Milliseconds> general, Milliseconds otherwise) {
    return own.value_or(general.value_or(otherwise));
}

std::optional<Milliseconds> unlessZero(Milliseconds value) {
    return value.count() == 0 ? std::nullopt : std::optional(value);
}

} // namespace

const ProviderConfig* Config::provider(std::string_view id) const {
    const auto found = std::find_if(providers.begin(), providers.end(),
                                    [id](const ProviderConfig& provider) { return provider.id == id; });
    return found == providers.end() ? nullptr : &*found;
}

CallTimeouts callTimeoutsOf(const Config& config, const ProviderConfig& provider, bool thinking) {
    using namespace std::chrono_literals;
    const TimeoutsConfig& own = provider.timeouts;
    const TimeoutsConfig& general = config.timeouts;
    // A model that runs here may have to be loaded first; one that reasons may do so without a word.
    const bool patient = provider.local || thinking;
    const Milliseconds headers = patient ? 120s : 30s;
    const Milliseconds firstToken = patient ? 120s : 10s;
    CallTimeouts result;
    result.connect = pick(own.connect, general.connect, 10s);
    result.headers = unlessZero(pick(own.headers, general.headers, headers));
    result.firstToken = unlessZero(pick(own.firstToken, general.firstToken, firstToken));
    result.idle = unlessZero(pick(own.idle, general.idle, 20s));
    result.total = pick(own.total, general.total, 10min);
    return result;
}

bool mayRoute(const Config& config, std::string_view model) {
    for (const ModelEntry& entry : config.models)
        if (entry.name == model || entry.name == "*")
            return true;
    const auto slash = model.find('/');
    if (slash == std::string_view::npos || slash + 1 == model.size())
        return false;
    const std::string_view id = model.substr(0, slash);
    const ProviderConfig* provider = config.provider(id);
    return id == "playground" || (provider && provider->enabled);
}

std::string_view catalogProviderOf(const ProviderConfig& provider) {
    // Ollama's own cloud speaks the same format but is not free.
    if (provider.vendor == "ollama" && !provider.local)
        return {};
    return catalogProviderName(provider.vendor);
}

std::vector<std::string> settingsThatNeedRestart(const Config& before, const Config& after) {
    std::vector<std::string> names;
    const auto compare = [&](std::string_view name, const auto& a, const auto& b) {
        if (a != b)
            names.emplace_back(name);
    };
    const ServerConfig& a = before.server;
    const ServerConfig& b = after.server;
    compare("server.host", a.host, b.host);
    compare("server.port", a.port, b.port);
    compare("server.auth", a.auth, b.auth);
    compare("server.body_limit", a.bodyLimit, b.bodyLimit);
    compare("server.header_limit", a.headerLimit, b.headerLimit);
    compare("server.allowed_hosts", a.allowedHosts, b.allowedHosts);
    compare("server.allowed_origins", a.allowedOrigins, b.allowedOrigins);
    compare("server.max_connections", a.maxConnections, b.maxConnections);
    compare("server.max_connections_per_address", a.maxConnectionsPerAddress, b.maxConnectionsPerAddress);
    compare("server.header_timeout", a.headerTimeout, b.headerTimeout);
    compare("server.body_timeout", a.bodyTimeout, b.bodyTimeout);
    compare("server.idle_timeout", a.idleTimeout, b.idleTimeout);
    compare("server.write_timeout", a.writeTimeout, b.writeTimeout);
    compare("storage.data_dir", before.dataDir, after.dataDir);
    compare("log.level", before.logLevel, after.logLevel);
    compare("history.enabled", before.historyEnabled, after.historyEnabled);
    compare("catalog.prices", before.pricesFile, after.pricesFile);
    compare("network.ca_file", before.caFile, after.caFile);
    return names;
}

} // namespace patchbay
