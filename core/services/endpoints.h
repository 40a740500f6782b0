// From configuration to something that can be asked: resolves keys, builds the routing table, reads the prices.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "routing/routing_table.h"
#include "services/config.h"
#include "services/places.h"
#include "services/secrets.h"

namespace patchbay {

/// Errors (Configuration and what the stores of secrets say) name the provider. `warnings` may be nullptr.
Result<Endpoint> buildEndpoint(const ProviderConfig& provider, const Secrets& secrets,
                               std::vector<std::string>* warnings = nullptr);

/// All enabled providers, each as an endpoint or as the reason why it has none, and all models. A provider without its
/// key stops nobody else. Reads secrets: call from a worker where there may be a vault.
std::shared_ptr<const RoutingTable> buildRoutingTable(const Config& config, const Secrets& secrets,
                                                      std::vector<std::string>* warnings = nullptr);

/// The built-in prices with the user's own over them: the file of [catalog] prices, which must exist, else prices.json
/// beside the configuration, if there is one. Errors: Configuration, with every mistake in the file.
Result<Catalog> loadCatalog(const Config& config, const Places& places);

/// The PEM file of the authorities to trust in TLS: [network] ca_file, which must be readable, else SSL_CERT_FILE as
/// other programs take it; empty = the system's. Errors: Configuration.
Result<std::string> findCaFile(const Config& config, const Places& places, const Environment& environment);

/// What a call cost; nullopt when a price or a count that matters is not known.
std::optional<NanoUsd> costOfCall(const Config& config, const Catalog& catalog, std::string_view provider,
                                  std::string_view model, const Usage& usage, WallTime when);

} // namespace patchbay
