// What is known of a model by the name that is asked for: which provider it goes to first, and what the catalogue says
// of it.
#pragma once

#include <optional>
#include <string>

#include "catalog/catalog.h"

namespace patchbay {

class Composition;
struct ModelInfo;

struct ModelFacts {
    std::string name;        ///< what is asked for
    std::string label;       ///< without the provider
    std::string provider;    ///< id; empty for a name that cannot be routed now
    bool configured = false; ///< a name of the user's own, not one that a provider lists
    bool local = false;
    std::optional<std::int64_t> contextWindow;
    std::optional<ModelPrice> price;
    ModelCapabilities supports;
};

/// On the engine's thread. `listed` is what the provider says of it, may be null.
ModelFacts modelFacts(Composition& core, const std::string& name, const ModelInfo* listed = nullptr);

} // namespace patchbay
