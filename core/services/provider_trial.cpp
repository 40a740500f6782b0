#include "services/provider_trial.h"

#include <algorithm>
#include <array>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr Milliseconds kTrialTime{20'000};
constexpr Milliseconds kListTime{8'000};
constexpr Milliseconds kConnectTime{8'000};
constexpr std::int64_t kAnswerTokens = 16;

// Parts of names of models that cannot chat. Vendors list them among the others and few say what a model is for.
constexpr std::array<std::string_view, 19> kOtherPurposes{
    "embed", "whisper", "tts",  "dall-e", "image",     "moderation", "audio", "realtime",      "transcribe", "rerank",
    "sora",  "veo",     "bge-", "guard",  "-ocr",      "computer",   "babbage", "davinci-", "-instruct-0914"};

bool canChat(const ModelInfo& model) {
    if (std::find(model.capabilities.begin(), model.capabilities.end(), "embedding") != model.capabilities.end())
        return false;
    const std::string name = toLowerAscii(model.id);
    return std::none_of(kOtherPurposes.begin(), kOtherPurposes.end(),
                        [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

class AnswerText final : public EventSink {
public:
    awaitable<Result<void>> emit(EventBatch batch) override {
        for (const ChatEvent& event : batch)
            if (const auto* delta = std::get_if<TextDelta>(&event))
                text += delta->text;
        co_return Result<void>();
    }
    std::string text;
};

} // namespace

std::string modelToTry(const std::vector<ModelInfo>& models, const Catalog& catalog, std::string_view catalogProvider,
                       WallTime now) {
    const ModelInfo* best = nullptr;
    std::optional<std::int64_t> bestPrice;
    for (const ModelInfo& model : models) {
        if (!canChat(model))
            continue;
        const CatalogModel* known = catalogProvider.empty() ? nullptr : catalog.find(catalogProvider, model.id);
        if (known != nullptr && known->deactivated && *known->deactivated <= now)
            continue;
        const ModelPrice* price = known != nullptr ? known->priceAt(now) : nullptr;
        const std::optional<std::int64_t> cost = price != nullptr ? price->base.output : std::nullopt;
        // A known price before an unknown one, then the lower, then the earlier in the list.
        if (best == nullptr || (cost && (!bestPrice || *cost < *bestPrice))) {
            best = &model;
            bestPrice = cost;
        }
    }
    return best != nullptr ? best->id : std::string();
}

awaitable<Result<TrialReport>> tryProvider(ProviderClient& client, Clock& clock, const Catalog& catalog,
                                           std::string catalogProvider, std::shared_ptr<const Endpoint> endpoint,
                                           std::string model) {
    if (model.empty()) {
        const auto listed = co_await client.listModels(endpoint, kListTime);
        if (!listed) {
            Error error = listed.error();
            if (error.code == ErrorCode::NotFound)
                error.hint = "Check the base URL; if the server lists no models, name one.";
            co_return error;
        }
        model = modelToTry(*listed, catalog, catalogProvider, clock.wallNow());
        if (model.empty())
            co_return makeError(ErrorCode::NotFound,
                                listed->empty() ? "the server answers, but has no model"
                                                : "the server lists no model that can chat",
                                endpoint->local ? "Load or download a model there first, or name one."
                                                : "Name the model to try.");
    }
    auto request = std::make_shared<ChatRequest>();
    request->model = model;
    request->messages.push_back(textMessage(Role::User, "Reply with OK"));
    request->sampling.maxOutputTokens = kAnswerTokens;
    request->stream = true;
    auto record = std::make_shared<CallRecord>();
    auto answer = std::make_shared<AnswerText>();
    const SteadyTime begun = clock.now();
    const auto outcome =
        co_await client.chat({.request = std::move(request), .out = answer, .record = record}, std::move(endpoint),
                             CallTimeouts{.connect = kConnectTime,
                                          .headers = std::nullopt,
                                          .firstToken = std::nullopt,
                                          .idle = std::nullopt,
                                          .total = kTrialTime});
    if (!outcome)
        co_return outcome.error();
    const SteadyTime ended = clock.now();
    const auto since = [begun](SteadyTime at) { return std::chrono::duration_cast<Milliseconds>(at - begun); };
    co_return TrialReport{.model = std::move(model),
                          .text = std::string(trim(answer->text)),
                          .firstToken = since(record->firstToken.value_or(ended)),
                          .total = since(ended)};
}

} // namespace patchbay
