// Tries a provider out with a real chat call, as Test in the app and the API does: a question that costs next to
// nothing, at most 20 seconds, no retries, nothing recorded.
#pragma once

#include <memory>
#include <string>

#include "catalog/catalog.h"
#include "net/provider_client.h"

namespace patchbay {

struct TrialReport {
    std::string model; ///< the upstream's name
    std::string text;  ///< what it answered, may be empty (a model that only thought)
    Milliseconds firstToken{};
    Milliseconds total{};
};

/// Asks `model`, or where that is empty the cheapest model that the provider lists and that can chat. `catalogProvider`
/// is the provider's name in the catalogue, may be empty. Errors: the vendor's or the network's; NotFound where no
/// model is named and none is listed.
awaitable<Result<TrialReport>> tryProvider(ProviderClient& client, Clock& clock, const Catalog& catalog,
                                           std::string catalogProvider, std::shared_ptr<const Endpoint> endpoint,
                                           std::string model);

/// The one to try of what a provider lists; empty where none looks as if it could chat.
std::string modelToTry(const std::vector<ModelInfo>& models, const Catalog& catalog, std::string_view catalogProvider,
                       WallTime now);

} // namespace patchbay
