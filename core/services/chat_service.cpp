#include "services/chat_service.h"

#include <algorithm>

#include <boost/asio/experimental/parallel_group.hpp>

#include "chat/token_estimate.h"

namespace patchbay {
namespace {

constexpr Milliseconds kListTimeout{3'000};
constexpr std::chrono::minutes kListLifetime{5};
constexpr std::chrono::seconds kListRetry{10};

ModelInfo configuredModel(const ModelEntry& entry) {
    return ModelInfo{.id = entry.name, .displayName = entry.name, .ownedBy = "patchbay"};
}

std::int64_t estimateInput(const EmbeddingRequest& request) {
    std::int64_t tokens = 0;
    for (const std::string& text : request.input)
        tokens += estimateTokens(text);
    for (const auto& ids : request.tokenInput)
        tokens += static_cast<std::int64_t>(ids.size());
    return tokens;
}

void name(CallRecord& record, const Candidate& candidate, int fallbacks) {
    record.provider = candidate.deployment.provider;
    record.model = candidate.deployment.model;
    record.deployment = candidate.deployment.id();
    record.fallbacks = fallbacks;
}

} // namespace

std::shared_ptr<CallRecord> ChatService::newRecord() {
    auto record = std::make_shared<CallRecord>();
    record->traceId = m_ids.next();
    record->received = m_clock.now();
    return record;
}

ChatService::Listing& ChatService::listingOf(const std::shared_ptr<const Endpoint>& endpoint) {
    Listing& listing = m_listings[endpoint->provider];
    if (listing.endpoint == endpoint)
        return listing;
    // After a reload: another key may list other models, but until then the old list is the best there is.
    const bool same = listing.endpoint && listing.endpoint->baseUrl == endpoint->baseUrl;
    if (!same)
        listing = Listing{};
    listing.endpoint = endpoint;
    listing.askAgain = SteadyTime{};
    return listing;
}

awaitable<void> ChatService::listProvider(std::shared_ptr<const Endpoint> endpoint) {
    auto models = co_await m_client.listModels(endpoint, kListTimeout);
    Listing& listing = listingOf(endpoint);
    const std::string before = std::exchange(listing.failure, models ? std::string() : models.error().message);
    if (!models) {
        listing.askAgain = m_clock.now() + kListRetry;
        if (m_log && before != listing.failure)
            m_log->warning("models_not_listed", {{"provider", endpoint->provider},
                                                 {"code", errorCodeName(models.error().code)},
                                                 {"error", models.error().message},
                                                 {"hint", models.error().hint},
                                                 {"kept", listing.models.size()}});
        co_return;
    }
    if (m_log && !before.empty())
        m_log->info("models_listed_again", {{"provider", endpoint->provider}, {"models", models->size()}});
    listing.askAgain = m_clock.now() + kListLifetime;
    listing.models.clear();
    for (ModelInfo& model : *models) {
        if (model.id.starts_with("models/")) // Gemini's resource name; the id alone is what one asks for
            model.id.erase(0, 7);
        model.id = endpoint->provider + "/" + model.id;
        listing.models.push_back(std::move(model));
    }
}

awaitable<std::vector<ModelInfo>> ChatService::listModels() {
    const std::shared_ptr<const RoutingTable> table = m_routes.current();
    const auto executor = co_await asio::this_coro::executor;
    using Operation = decltype(asio::co_spawn(executor, listProvider(nullptr), asio::deferred));
    std::vector<Operation> operations;
    for (const ProviderEntry& entry : table->providers())
        if (entry.endpoint && m_clock.now() >= listingOf(*entry.endpoint).askAgain)
            operations.push_back(asio::co_spawn(executor, listProvider(*entry.endpoint), asio::deferred));
    if (!operations.empty())
        co_await asio::experimental::make_parallel_group(std::move(operations))
            .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    std::vector<ModelInfo> models;
    for (const ModelEntry& entry : table->models())
        if (entry.name != "*")
            models.push_back(configuredModel(entry));
    for (const ProviderEntry& entry : table->providers())
        if (const auto listing = m_listings.find(entry.id); entry.endpoint && listing != m_listings.end())
            models.insert(models.end(), listing->second.models.begin(), listing->second.models.end());
    co_return models;
}

Result<ModelInfo> ChatService::findModel(std::string_view name) const {
    const auto table = m_routes.current();
    auto candidates = table->resolve(name);
    if (!candidates)
        return candidates.error();
    for (const auto& [provider, listing] : m_listings)
        for (const ModelInfo& model : listing.models)
            if (model.id == name)
                return model;
    const auto& entries = table->models();
    const bool configured =
        std::any_of(entries.begin(), entries.end(), [name](const ModelEntry& entry) { return entry.name == name; });
    return ModelInfo{.id = std::string(name),
                     .displayName = std::string(name),
                     .ownedBy = configured ? "patchbay" : candidates->front().deployment.provider};
}

void ChatService::logCall(std::string_view name, const CallRecord& record, const std::optional<Error>& error,
                          json::value inputTokens) const {
    if (!m_log)
        return;
    const auto total = std::chrono::duration_cast<Milliseconds>(m_clock.now() - record.received).count();
    if (!error) {
        m_log->info(name, {{"trace_id", record.traceId},
                           {"deployment", record.deployment},
                           {"attempts", record.attempts},
                           {"input_tokens", std::move(inputTokens)},
                           {"total_ms", total}});
        return;
    }
    m_log->warning(std::string(name) + "_failed", {{"trace_id", record.traceId},
                                                   {"deployment", record.deployment},
                                                   {"attempts", record.attempts},
                                                   {"code", errorCodeName(error->code)},
                                                   {"error", error->message},
                                                   {"total_ms", total}});
}

awaitable<Result<EmbeddingReply>> ChatService::embed(EmbeddingRequest request, std::shared_ptr<CallRecord> record) {
    const std::string asked = request.model;
    const std::int64_t estimate = estimateInput(request);
    auto reply = co_await embedSomewhere(std::move(request), record);
    if (!reply) {
        logCall("embedding", *record, reply.error(), nullptr);
        co_return reply;
    }
    reply->model = asked;
    if (reply->usage.empty())
        reply->usage = Usage{.inputTotal = estimate, .estimated = true};
    logCall("embedding", *record, std::nullopt,
            reply->usage.inputTotal ? json::value(*reply->usage.inputTotal) : nullptr);
    co_return reply;
}

awaitable<Result<EmbeddingReply>> ChatService::embedSomewhere(EmbeddingRequest request,
                                                              std::shared_ptr<CallRecord> record) {
    auto candidates = m_routes.current()->resolve(request.model);
    if (!candidates)
        co_return candidates.error();
    std::optional<Error> first;
    int tried = 0;
    for (const Candidate& candidate : *candidates) {
        name(*record, candidate, tried++);
        if (!candidate.endpoint) {
            if (!first)
                first = candidate.endpoint.error();
            continue;
        }
        ++record->attempts;
        request.model = candidate.deployment.model;
        auto reply = co_await m_client.embed(request, *candidate.endpoint);
        if (reply)
            co_return reply;
        if (!first)
            first = reply.error();
        if (!reply.error().retryable)
            break;
    }
    co_return *first;
}

awaitable<Result<TokenCount>> ChatService::countTokens(ChatRequest request, std::shared_ptr<CallRecord> record) {
    auto candidates = m_routes.current()->resolve(request.model);
    if (!candidates) {
        logCall("count_tokens", *record, candidates.error(), nullptr);
        co_return candidates.error();
    }
    const Candidate& candidate = candidates->front();
    name(*record, candidate, 0);
    Result<std::int64_t> counted = makeError(ErrorCode::Internal, "nobody was asked");
    if (candidate.endpoint) {
        ++record->attempts;
        request.model = candidate.deployment.model;
        counted = co_await m_client.countTokens(request, *candidate.endpoint);
    } else {
        counted = candidate.endpoint.error();
    }
    Result<TokenCount> count = makeError(ErrorCode::Internal, "nobody was asked");
    const ErrorCode code = counted ? ErrorCode::Internal : counted.error().code;
    if (counted)
        count = TokenCount{.tokens = *counted};
    // Servers that speak the format without this endpoint answer 404 or 405.
    else if (code == ErrorCode::Unsupported || code == ErrorCode::NotFound || code == ErrorCode::MethodNotAllowed)
        count = TokenCount{.tokens = estimatePromptTokens(request), .estimated = true};
    else
        count = counted.error();
    logCall("count_tokens", *record, count ? std::nullopt : std::optional(count.error()),
            count ? json::value(count->tokens) : nullptr);
    co_return count;
}

} // namespace patchbay
