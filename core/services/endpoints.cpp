#include "services/endpoints.h"

#include "base/os_file.h"
#include "providers/vendors.h"

namespace patchbay {
namespace {

Result<std::string> resolved(const std::string& id, const SecretRef& reference, const Secrets& secrets,
                             std::vector<std::string>* warnings) {
    auto secret = secrets.resolve(reference);
    if (!secret) {
        Error error = secret.error();
        error.message = "provider '" + id + "': " + error.message;
        return error;
    }
    if (warnings != nullptr && !secret->warning.empty())
        warnings->push_back("provider '" + id + "': " + secret->warning);
    return secret->value.reveal();
}

Result<std::string> textOrSecret(const std::string& id, const TextOrSecret& value, const Secrets& secrets,
                                 std::vector<std::string>* warnings) {
    if (value.secret)
        return resolved(id, *value.secret, secrets, warnings);
    return value.text;
}

} // namespace

Result<Endpoint> buildEndpoint(const ProviderConfig& provider, const Secrets& secrets,
                               std::vector<std::string>* warnings) {
    Endpoint endpoint;
    endpoint.provider = provider.id;
    endpoint.format = provider.format;
    endpoint.baseUrl = normalizeBaseUrl(provider.format, provider.baseUrl);
    endpoint.local = provider.local;
    endpoint.quirks = vendorQuirks(provider.vendor, provider.format, endpoint.baseUrl);
    if (provider.key) {
        auto key = resolved(provider.id, *provider.key, secrets, warnings);
        if (!key)
            return key.error();
        endpoint.key = std::move(*key);
    }
    for (const HeaderConfig& header : provider.headers) {
        auto value = textOrSecret(provider.id, header.value, secrets, warnings);
        if (!value)
            return value.error();
        endpoint.headers.push_back({header.name, std::move(*value)});
    }
    auto proxy = textOrSecret(provider.id, provider.proxy, secrets, warnings);
    if (!proxy)
        return proxy.error();
    endpoint.proxy = std::move(*proxy);
    return endpoint;
}

std::shared_ptr<const RoutingTable> buildRoutingTable(const Config& config, const Secrets& secrets,
                                                      std::vector<std::string>* warnings) {
    std::vector<ProviderEntry> entries;
    const auto catalog = std::make_shared<const Catalog>(Catalog::builtin());
    for (const ProviderConfig& provider : config.providers) {
        if (!provider.enabled)
            continue;
        ProviderEntry& entry = entries.emplace_back();
        entry.id = provider.id;
        entry.timeouts = callTimeoutsOf(config, provider);
        entry.thinkingTimeouts = callTimeoutsOf(config, provider, true);
        entry.thinks = [catalog, vendor = std::string(catalogProviderOf(provider))](std::string_view model) {
            const CatalogModel* known = catalog->find(vendor, model);
            return known && known->supports.reasoning.value_or(false);
        };
        auto endpoint = buildEndpoint(provider, secrets, warnings);
        if (endpoint)
            entry.endpoint = std::make_shared<const Endpoint>(std::move(*endpoint));
        else
            entry.endpoint = endpoint.error();
    }
    return std::make_shared<const RoutingTable>(std::move(entries), config.models);
}

Result<Catalog> loadCatalog(const Config& config, const Places& places) {
    const bool named = !config.pricesFile.empty();
    const std::string file = named ? joinPath(places.configDir, config.pricesFile) : places.pricesFile;
    const auto text = readFile(file);
    if (!named && !text && text.error().code == ErrorCode::NotFound)
        return Catalog::builtin();
    auto catalog = text ? Catalog::withOverrides(*text, file) : Result<Catalog>(text.error());
    if (catalog)
        return catalog;
    return makeError(ErrorCode::Configuration, "catalog.prices: " + catalog.error().message, catalog.error().hint);
}

std::optional<NanoUsd> costOfCall(const Config& config, const Catalog& catalog, std::string_view provider,
                                  std::string_view model, const Usage& usage, WallTime when) {
    const ProviderConfig* configured = config.provider(provider);
    const std::string_view vendor = configured ? catalogProviderOf(*configured) : std::string_view();
    return costOf(usage, vendor.empty() ? std::nullopt : catalog.price(vendor, model, when), when);
}

Result<std::string> findCaFile(const Config& config, const Places& places, const Environment& environment) {
    if (config.caFile.empty())
        return environment.get("SSL_CERT_FILE").value_or("");
    std::string file = joinPath(places.configDir, config.caFile);
    if (const auto text = readFile(file); !text)
        return makeError(ErrorCode::Configuration, "network.ca_file: " + text.error().message, text.error().hint);
    return file;
}

} // namespace patchbay
