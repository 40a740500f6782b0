#include "routing/routing_table.h"

#include <algorithm>

#include "providers/request_limits.h"

namespace patchbay {

RoutingTable::RoutingTable(std::vector<ProviderEntry> providers, std::vector<ModelEntry> models)
    : m_providers(std::move(providers)), m_models(std::move(models)) {}

const ProviderEntry* RoutingTable::provider(std::string_view id) const {
    const auto found =
        std::find_if(m_providers.begin(), m_providers.end(), [&](const ProviderEntry& entry) { return entry.id == id; });
    return found == m_providers.end() ? nullptr : &*found;
}

Candidate RoutingTable::candidate(const Deployment& deployment, std::string_view upstreamModel) const {
    Candidate result{.deployment = deployment,
                     .endpoint = makeError(ErrorCode::Configuration,
                                           "the provider \"" + deployment.provider + "\" is not configured",
                                           "Add it under [[providers]]."),
                     .timeouts = {},
                     .thinkingTimeouts = {}};
    result.deployment.model = upstreamModel;
    if (const ProviderEntry* entry = provider(deployment.provider)) {
        result.endpoint = entry->endpoint;
        result.timeouts = entry->timeouts;
        result.thinkingTimeouts = entry->thinkingTimeouts;
        result.thinks = entry->thinks && entry->thinks(upstreamModel);
    }
    return result;
}

Result<std::vector<Candidate>> RoutingTable::resolve(std::string_view model) const {
    if (auto usable = checkModelName(model); !usable) // its errors repeat the name
        return usable.error();
    const ModelEntry* wildcard = nullptr;
    for (const ModelEntry& entry : m_models) {
        if (entry.name == "*") {
            wildcard = &entry;
            continue;
        }
        if (entry.name != model)
            continue;
        std::vector<Candidate> candidates;
        for (const Deployment& deployment : entry.deployments)
            candidates.push_back(candidate(deployment, deployment.model == "*" ? model : deployment.model));
        return candidates;
    }
    if (const auto slash = model.find('/'); slash != std::string_view::npos) {
        const std::string_view id = model.substr(0, slash);
        const std::string_view upstream = model.substr(slash + 1);
        if (provider(id) && !upstream.empty())
            return std::vector<Candidate>{
                candidate(Deployment{.provider = std::string(id), .model = std::string(upstream)}, upstream)};
    }
    std::vector<Candidate> candidates;
    if (wildcard && !model.empty())
        for (const Deployment& deployment : wildcard->deployments) {
            const ProviderEntry* entry = provider(deployment.provider);
            if (!entry || !entry->onlyWhenNamed)
                candidates.push_back(candidate(deployment, deployment.model == "*" ? model : deployment.model));
        }
    if (!candidates.empty())
        return candidates;
    return unknownModel(model);
}

Error RoutingTable::unknownModel(std::string_view model) const {
    std::string known;
    for (const ModelEntry& entry : m_models)
        if (entry.name != "*")
            known.append(known.empty() ? "" : ", ").append(entry.name);
    for (const ProviderEntry& entry : m_providers)
        known.append(known.empty() ? "" : ", ").append(entry.id).append("/<model>");
    Error error = makeError(ErrorCode::NotFound, "there is no model \"" + std::string(model) + "\"",
                            known.empty() ? "Configure a provider first: see docs/CONFIGURATION.md."
                                          : "Ask for one of: " + known + ".");
    error.vendor = VendorError{.status = 404, .type = "invalid_request_error", .code = "model_not_found", .param = "model"};
    return error;
}

} // namespace patchbay
