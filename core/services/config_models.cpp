// [[models]]: the names that clients use and the deployments behind them.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "services/config_reader.h"
#include "services/config_values.h"

namespace patchbay {
namespace {

using Kind = ConfigNode::Kind;

constexpr std::array<std::string_view, 3> kModelKeys{"name", "strategy", "deployments"};
constexpr std::array<std::string_view, 4> kDeploymentKeys{"provider", "model", "weight", "tags"};
constexpr std::array<std::string_view, 8> kStrategies{"balanced",      "cost_optimized", "latency_optimized",
                                                      "quality_first", "round_robin",    "weighted",
                                                      "least_busy",    "pinned"};

bool hasControl(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

class ModelReader {
public:
    ModelReader(const ConfigNode& table, const Config& config, ConfigProblems& problems)
        : m_table(table), m_config(config), m_problems(problems) {}
    ModelEntry read();

private:
    void readName();
    void readDeployments();
    void readDeployment(const ConfigNode& table, std::size_t index);
    void readProvider(const ConfigNode& node, const std::string& where, Deployment& deployment);
    void checkUpstream(const ConfigNode& node, const std::string& where, const Deployment& deployment);

    const ConfigNode& m_table;
    const Config& m_config;
    ConfigProblems& m_problems;
    std::string m_name = "model";
    ModelEntry m_entry;
};

ModelEntry ModelReader::read() {
    readName();
    checkTable({m_table, m_name, m_problems}, {kModelKeys.begin(), kModelKeys.end()});
    if (const ConfigNode* node = m_table.find("strategy"))
        if (const auto choice =
                readChoice({*node, m_name + ".strategy", m_problems}, {kStrategies.begin(), kStrategies.end()}))
            m_entry.strategy = std::string(kStrategies[*choice]);
    readDeployments();
    return std::move(m_entry);
}

void ModelReader::readName() {
    const ConfigNode* node = m_table.find("name");
    if (node == nullptr)
        return m_problems.error(m_table.origin, "model without a name",
                                "Add name = \"…\"; it is what clients ask for.");
    if (!readText({*node, "model name", m_problems}, m_entry.name))
        return;
    m_name = fmt::format("model '{}'", m_entry.name);
    if (m_entry.name.empty() || m_entry.name.size() > 256 || hasControl(m_entry.name))
        m_problems.error(node->origin, "model name is empty, too long or has control characters");
    else if (m_entry.name.starts_with("playground/"))
        m_problems.error(node->origin, m_name + " hides a model of the built-in playground", "Choose another name.");
}

void ModelReader::readDeployments() {
    const ConfigNode* node = m_table.find("deployments");
    if (node == nullptr || (node->kind == Kind::Array && node->elements.empty()))
        return m_problems.error(node == nullptr ? m_table.origin : node->origin, m_name + " has no deployments",
                                "Add deployments = [ { provider = \"…\", model = \"…\" } ].");
    if (node->kind != Kind::Array)
        return m_problems.error(node->origin, m_name + ".deployments must be a list",
                                "Write deployments = [ { provider = \"…\", model = \"…\" } ].");
    for (std::size_t i = 0; i < node->elements.size(); ++i)
        readDeployment(node->elements[i], i);
    const bool drained = !m_entry.deployments.empty() &&
                         std::all_of(m_entry.deployments.begin(), m_entry.deployments.end(),
                                     [](const Deployment& deployment) { return deployment.weight == 0; });
    if (drained)
        m_problems.error(node->origin, m_name + " has only deployments of weight 0",
                         "Give one of them a weight above 0.");
}

void ModelReader::readDeployment(const ConfigNode& table, std::size_t index) {
    const std::string where = fmt::format("{}.deployments[{}]", m_name, index);
    if (table.kind == Kind::String)
        return m_problems.error(table.origin, where + " must be a table", "Write { provider = \"…\", model = \"…\" }.");
    if (!checkTable({table, where, m_problems}, {kDeploymentKeys.begin(), kDeploymentKeys.end()}))
        return;
    Deployment deployment;
    const ConfigNode* provider = table.find("provider");
    const ConfigNode* model = table.find("model");
    if (provider == nullptr || model == nullptr)
        m_problems.error(table.origin, where + " needs both provider and model",
                         "Write { provider = \"…\", model = \"…\" }.");
    if (provider != nullptr)
        readProvider(*provider, where, deployment);
    if (model != nullptr && readText({*model, where + ".model", m_problems}, deployment.model))
        checkUpstream(*model, where, deployment);
    if (const ConfigNode* node = table.find("weight"))
        readNumber({*node, where + ".weight", m_problems}, 0, 1'000'000, deployment.weight);
    if (const ConfigNode* node = table.find("tags"))
        readTexts({*node, where + ".tags", m_problems}, deployment.tags);
    for (const Deployment& known : m_entry.deployments)
        if (!known.model.empty() && known.provider == deployment.provider && known.model == deployment.model)
            m_problems.error(table.origin, fmt::format("{} repeats {}", where, deployment.id()),
                             "Remove one of them; a weight makes it count more.");
    m_entry.deployments.push_back(std::move(deployment));
}

void ModelReader::readProvider(const ConfigNode& node, const std::string& where, Deployment& deployment) {
    if (!readText({node, where + ".provider", m_problems}, deployment.provider))
        return;
    const ProviderConfig* provider = m_config.provider(deployment.provider);
    if (provider != nullptr && !provider->enabled)
        return m_problems.warning(
            node.origin, fmt::format("{} uses provider '{}', which is switched off", where, deployment.provider));
    if (provider != nullptr || deployment.provider == "playground")
        return;
    std::vector<std::string_view> ids;
    for (const ProviderConfig& known : m_config.providers)
        ids.push_back(known.id);
    std::string hint = didYouMean(deployment.provider, ids);
    if (hint.empty())
        hint = ids.empty() ? "No [[providers]] are configured." : fmt::format("Configured: {}.", fmt::join(ids, ", "));
    m_problems.error(node.origin, fmt::format("{} names no configured provider: '{}'", where, deployment.provider),
                     std::move(hint));
}

void ModelReader::checkUpstream(const ConfigNode& node, const std::string& where, const Deployment& deployment) {
    if (deployment.model.empty() || hasControl(deployment.model))
        m_problems.error(node.origin, where + ".model is empty or has control characters");
    else if (m_entry.name == "*" && deployment.model != "*")
        m_problems.error(node.origin, where + ".model must be \"*\"",
                         "The entry named \"*\" passes the name that the client asked for.");
    else if (m_entry.name != "*" && deployment.model == "*")
        m_problems.error(node.origin, where + ".model cannot be \"*\"",
                         "\"*\" as a model belongs to the entry named \"*\".");
    else if (m_entry.name == "*" && deployment.provider == "playground")
        m_problems.error(node.origin, where + " would send unlisted names to the playground",
                         "The playground answers only where it is named.");
}

} // namespace

std::span<const std::string_view> modelKeys() {
    return kModelKeys;
}

std::span<const std::string_view> deploymentKeys() {
    return kDeploymentKeys;
}

std::span<const std::string_view> strategyNames() {
    return kStrategies;
}

void readModels(const ConfigNode& list, Config& config, ConfigProblems& problems) {
    for (const ConfigNode& table : list.elements)
        config.models.push_back(ModelReader(table, config, problems).read());
}

} // namespace patchbay
