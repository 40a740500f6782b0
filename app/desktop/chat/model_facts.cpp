#include "app/desktop/chat/model_facts.h"

#include <algorithm>

#include "app/composition.h"

namespace patchbay {

ModelFacts modelFacts(Composition& core, const std::string& name, const ModelInfo* listed) {
    ModelFacts facts{.name = name, .label = name};
    const auto table = core.routes().current();
    facts.configured = std::any_of(table->models().begin(), table->models().end(),
                                   [&name](const ModelEntry& entry) { return entry.name == name; });
    if (const auto candidates = table->resolve(name)) {
        const Candidate& first = candidates->front();
        facts.provider = first.deployment.provider;
        if (!facts.configured)
            facts.label = first.deployment.model;
        if (first.endpoint)
            facts.local = (*first.endpoint)->local;
        const ProviderConfig* provider = core.config().provider(facts.provider);
        const std::string_view vendor = provider ? catalogProviderOf(*provider) : std::string_view();
        if (const CatalogModel* known =
                vendor.empty() ? nullptr : core.catalog().find(vendor, first.deployment.model)) {
            facts.contextWindow = known->contextWindow;
            facts.supports = known->supports;
            facts.local = facts.local || known->local;
            if (const ModelPrice* price = known->priceAt(core.clock().wallNow()))
                facts.price = *price;
        }
    }
    if (listed) {
        if (!listed->displayName.empty() && listed->displayName != listed->id && !facts.configured)
            facts.label = listed->displayName;
        if (listed->contextWindow)
            facts.contextWindow = listed->contextWindow;
        const auto can = [listed](std::string_view what) {
            return std::find(listed->capabilities.begin(), listed->capabilities.end(), what) !=
                   listed->capabilities.end();
        };
        if (can("vision"))
            facts.supports.vision = true;
        if (can("tools"))
            facts.supports.tools = true;
        if (can("reasoning"))
            facts.supports.reasoning = true;
    }
    return facts;
}

} // namespace patchbay
