// From configuration to something that can be asked: resolves keys and builds the routing table.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "routing/routing_table.h"
#include "services/config.h"
#include "services/secrets.h"

namespace patchbay {

/// Errors (Configuration and what the stores of secrets say) name the provider. `warnings` may be nullptr.
Result<Endpoint> buildEndpoint(const ProviderConfig& provider, const Secrets& secrets,
                               std::vector<std::string>* warnings = nullptr);

/// All enabled providers, each as an endpoint or as the reason why it has none, and all models. A provider without its
/// key stops nobody else. Reads secrets: call from a worker where there may be a vault.
std::shared_ptr<const RoutingTable> buildRoutingTable(const Config& config, const Secrets& secrets,
                                                      std::vector<std::string>* warnings = nullptr);

} // namespace patchbay
