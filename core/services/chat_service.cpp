#include "services/chat_service.h"

#include <boost/asio/experimental/parallel_group.hpp>

#include "chat/token_estimate.h"

namespace patchbay {
namespace {

constexpr Milliseconds kListTimeout{3'000};
constexpr std::chrono::minutes kListLifetime{5};

ModelInfo configuredModel(const ModelEntry& entry) {
    return ModelInfo{.id = entry.name, .displayName = entry.name, .ownedBy = "patchbay"};
}

} // namespace

std::shared_ptr<CallRecord> ChatService::newRecord() {
    auto record = std::make_shared<CallRecord>();
    record->traceId = m_ids.next();
    record->received = m_clock.now();
    return record;
}

awaitable<void> ChatService::listProvider(std::shared_ptr<const Endpoint> endpoint,
                                          std::shared_ptr<std::vector<ModelInfo>> into) {
    auto models = co_await m_client.listModels(endpoint, kListTimeout);
    if (!models)
        co_return;
    for (ModelInfo& model : *models) {
        if (model.id.starts_with("models/")) // Gemini's resource name; the id alone is what one asks for
            model.id.erase(0, 7);
        model.id = endpoint->provider + "/" + model.id;
        into->push_back(std::move(model));
    }
}

awaitable<std::vector<ModelInfo>> ChatService::listModels() {
    const std::shared_ptr<const RoutingTable> table = m_routes.current();
    const bool fresh = m_listing.table == table && m_clock.now() - m_listing.fetched < kListLifetime;
    if (!fresh) {
        const auto executor = co_await asio::this_coro::executor;
        std::vector<std::shared_ptr<std::vector<ModelInfo>>> listed;
        using Operation = decltype(asio::co_spawn(executor, listProvider(nullptr, nullptr), asio::deferred));
        std::vector<Operation> operations;
        for (const ProviderEntry& entry : table->providers()) {
            if (!entry.endpoint)
                continue;
            listed.push_back(std::make_shared<std::vector<ModelInfo>>());
            operations.push_back(asio::co_spawn(executor, listProvider(*entry.endpoint, listed.back()), asio::deferred));
        }
        if (!operations.empty())
            co_await asio::experimental::make_parallel_group(std::move(operations))
                .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
        m_listing = Listing{.table = table, .fetched = m_clock.now()};
        for (const auto& models : listed)
            m_listing.models.insert(m_listing.models.end(), models->begin(), models->end());
    }
    std::vector<ModelInfo> models;
    for (const ModelEntry& entry : table->models())
        if (entry.name != "*")
            models.push_back(configuredModel(entry));
    models.insert(models.end(), m_listing.models.begin(), m_listing.models.end());
    co_return models;
}

Result<ModelInfo> ChatService::findModel(std::string_view name) const {
    const auto table = m_routes.current();
    if (auto candidates = table->resolve(name); !candidates)
        return candidates.error();
    for (const ModelInfo& model : m_listing.models)
        if (model.id == name)
            return model;
    return ModelInfo{.id = std::string(name), .displayName = std::string(name), .ownedBy = "patchbay"};
}

awaitable<Result<EmbeddingReply>> ChatService::embed(EmbeddingRequest request) {
    auto candidates = m_routes.current()->resolve(request.model);
    if (!candidates)
        co_return candidates.error();
    const std::string asked = request.model;
    std::optional<Error> first;
    for (const Candidate& candidate : *candidates) {
        if (!candidate.endpoint) {
            if (!first)
                first = candidate.endpoint.error();
            continue;
        }
        request.model = candidate.deployment.model;
        auto reply = co_await m_client.embed(request, *candidate.endpoint);
        if (reply) {
            reply->model = asked;
            co_return reply;
        }
        if (!first)
            first = reply.error();
        if (!reply.error().retryable)
            break;
    }
    co_return *first;
}

awaitable<Result<TokenCount>> ChatService::countTokens(ChatRequest request) {
    auto candidates = m_routes.current()->resolve(request.model);
    if (!candidates)
        co_return candidates.error();
    const Candidate& candidate = candidates->front();
    if (!candidate.endpoint)
        co_return candidate.endpoint.error();
    request.model = candidate.deployment.model;
    auto counted = co_await m_client.countTokens(request, *candidate.endpoint);
    if (counted)
        co_return TokenCount{.tokens = *counted};
    const ErrorCode code = counted.error().code;
    // Servers that speak the format without this endpoint answer 404 or 405.
    if (code == ErrorCode::Unsupported || code == ErrorCode::NotFound || code == ErrorCode::MethodNotAllowed)
        co_return TokenCount{.tokens = estimatePromptTokens(request), .estimated = true};
    co_return counted.error();
}

} // namespace patchbay
