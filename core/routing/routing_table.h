// Which deployments stand behind a model name. A RoutingTable is immutable: a reload builds a new one, and each request
// keeps the one it began with.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "net/provider_client.h"
#include "providers/codec.h"

namespace patchbay {

/// A provider as it can be asked, or why it cannot (a key that is missing, say).
struct ProviderEntry {
    std::string id;
    Result<std::shared_ptr<const Endpoint>> endpoint = makeError(ErrorCode::Configuration, "not set up");
    CallTimeouts timeouts;
    CallTimeouts thinkingTimeouts = timeouts; ///< for models that reason before they answer
    /// Which of its models are known to reason; may be empty.
    std::function<bool(std::string_view model)> thinks = {};
    /// The playground: answers only where it is named, never through "*".
    bool onlyWhenNamed = false;
};

/// One upstream model behind a name.
struct Deployment {
    std::string provider;
    std::string model; ///< the upstream's model name; "*" in a wildcard entry
    double weight = 1;
    std::vector<std::string> tags;
    std::string id() const { return provider + "/" + model; }
};

/// A model name that clients use.
struct ModelEntry {
    std::string name; ///< "*" passes unlisted names through to deployments whose model is "*"
    std::string strategy = "balanced";
    std::vector<Deployment> deployments;
};

/// A deployment chosen for one request, ready to be asked.
struct Candidate {
    Deployment deployment;
    Result<std::shared_ptr<const Endpoint>> endpoint;
    CallTimeouts timeouts;
    CallTimeouts thinkingTimeouts;
    bool thinks = false; ///< the model is known to reason before it answers
};

class RoutingTable {
public:
    RoutingTable(std::vector<ProviderEntry> providers, std::vector<ModelEntry> models);

    /// Candidates in order of preference, never empty. A configured name wins; else `provider/model`, split at the first
    /// slash, asks that provider; else the "*" entry. NotFound names what there is.
    Result<std::vector<Candidate>> resolve(std::string_view model) const;

    const std::vector<ProviderEntry>& providers() const { return m_providers; }
    const std::vector<ModelEntry>& models() const { return m_models; }
    const ProviderEntry* provider(std::string_view id) const;

private:
    Candidate candidate(const Deployment& deployment, std::string_view upstreamModel) const;
    Error unknownModel(std::string_view model) const;

    std::vector<ProviderEntry> m_providers;
    std::vector<ModelEntry> m_models;
};

/// The table in force. Only the engine thread touches it.
class RoutingSource {
public:
    explicit RoutingSource(std::shared_ptr<const RoutingTable> table) : m_table(std::move(table)) {}
    std::shared_ptr<const RoutingTable> current() const { return m_table; }
    void replace(std::shared_ptr<const RoutingTable> table) { m_table = std::move(table); }

private:
    std::shared_ptr<const RoutingTable> m_table;
};

} // namespace patchbay
