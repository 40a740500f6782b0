#include "playground/playground_reply.h"

#include <algorithm>
#include <span>
#include <unordered_set>

#include "base/json_writer.h"
#include "base/strings.h"
#include "chat/token_estimate.h"
#include "playground/schema_sample.h"
#include "playground/tokens.h"

namespace patchbay::playground {
namespace {

// Stands in for a vendor's signature: opaque base64, checked by nobody but carried back by clients.
constexpr std::string_view kSignature = "cGxheWdyb3VuZC1zaWduYXR1cmU=";
// Of the user's text in every argument and sample: there may be many of them in one reply.
constexpr std::size_t kMaxSampleBytes = 4096;
constexpr std::size_t kMaxCalls = 128;
constexpr std::size_t kMaxStops = 16;

const Message* lastMessage(const ChatRequest& request, Role role) {
    for (auto it = request.messages.rbegin(); it != request.messages.rend(); ++it)
        if (it->role == role)
            return &*it;
    return nullptr;
}

std::string lastUserText(const ChatRequest& request) {
    const Message* message = lastMessage(request, Role::User);
    if (!message)
        return {};
    std::string text = textOf(*message);
    if (!text.empty())
        return text;
    for (const ContentPart& part : message->parts) {
        if (const auto* image = std::get_if<ImagePart>(&part))
            return "[" + (image->source.mediaType.empty() ? "image" : image->source.mediaType) + "]";
        if (const auto* file = std::get_if<FilePart>(&part))
            return "[" + (file->filename.empty() ? "file" : file->filename) + "]";
    }
    return {};
}

std::string toolResultText(const Message& message) {
    std::string text;
    for (const ContentPart& part : message.parts)
        if (const auto* result = std::get_if<ToolResultPart>(&part)) {
            if (!text.empty())
                text.push_back('\n');
            for (const auto& piece : result->content)
                if (const auto* words = std::get_if<TextPart>(&piece))
                    text += words->text;
        }
    return text;
}

std::vector<const Tool*> toolsToCall(const ChatRequest& request, const std::string& text) {
    std::vector<const Tool*> called;
    const bool answered = !request.messages.empty() && request.messages.back().role == Role::Tool;
    const ToolChoice choice = request.toolChoice.value_or(ToolChoice{});
    if (request.tools.empty() || answered || choice.mode == ToolChoice::Mode::None)
        return called;
    const std::unordered_set<std::string_view> names(choice.allowedTools.begin(), choice.allowedTools.end());
    const auto allowed = [&](const Tool& tool) { return names.empty() || names.contains(tool.name); };
    for (const Tool& tool : request.tools) {
        const bool named = choice.mode == ToolChoice::Mode::Named ? tool.name == choice.name
                                                                  : text.find(tool.name) != std::string::npos;
        if (named && allowed(tool) && called.size() < kMaxCalls)
            called.push_back(&tool);
    }
    if (called.empty() && choice.mode == ToolChoice::Mode::Required)
        called.push_back(&request.tools.front());
    if (request.parallelToolCalls == false && called.size() > 1)
        called.resize(1);
    return called;
}

bool wantsReasoning(const ChatRequest& request) {
    if (!request.reasoning)
        return false;
    const ReasoningOptions& wish = *request.reasoning;
    if (wish.enabled == false || wish.effort == "none")
        return false;
    return wish.enabled == true || wish.adaptive == true || !wish.effort.empty() || wish.budgetTokens.value_or(0) != 0;
}

// A model that answers with numbered tokens says how many.
std::optional<std::int64_t> numberedCount(const Model& model) {
    if (model.kind == Model::Kind::Long)
        return model.number;
    const bool echoes = model.kind != Model::Kind::Faulty || model.fault == Fault::Refusal ||
                        model.fault == Fault::Once || model.fault == Fault::NoUsage || model.fault == Fault::Bytewise;
    return echoes ? std::nullopt : std::optional<std::int64_t>(60);
}

std::string answerText(const ChatRequest& request, const std::string& userText) {
    if (!request.messages.empty() && request.messages.back().role == Role::Tool)
        return toolResultText(request.messages.back());
    if (request.format && request.format->kind == ResponseFormat::Kind::JsonSchema)
        return writeJson(sampleOf(request.format->schema, std::string(truncateUtf8(userText, kMaxSampleBytes))));
    if (request.format && request.format->kind == ResponseFormat::Kind::JsonObject)
        return writeJson(json::object{{"echo", userText}});
    return userText.empty() ? std::string("The playground repeats what you say.") : userText;
}

} // namespace

class ReplyPlanner {
public:
    ReplyPlanner(const ChatRequest& request, const Model& model)
        : m_request(request), m_model(model), m_userText(lastUserText(request)) {}

    PlannedReply plan() {
        if (wantsReasoning(m_request))
            planReasoning();
        if (const auto tools = toolsToCall(m_request, m_userText); !tools.empty())
            planTools(tools);
        else
            planText();
        if (m_model.fault == Fault::ContentFilter)
            m_plan.finish.reason = FinishReason::ContentFilter;
        Usage& usage = m_plan.usage;
        usage.inputTotal = estimatePromptTokens(m_request);
        usage.inputUncached = usage.inputTotal;
        usage.cacheRead = 0;
        usage.cacheWrite = 0;
        usage.outputTotal = m_output;
        if (!usage.reasoning)
            usage.reasoning = 0;
        return std::move(m_plan);
    }

private:
    void planReasoning() {
        for (std::string& token :
             splitTokens("The playground thinks about: " + std::string(truncateUtf8(m_userText, 80)))) {
            m_plan.m_first.push_back({ReasoningDelta{.text = std::move(token)}});
            ++m_output;
        }
        m_plan.m_first.push_back({ReasoningSignature{.signature = std::string(kSignature)}});
        m_plan.usage.reasoning = m_output;
    }

    void planTools(const std::vector<const Tool*>& tools) {
        m_plan.finish.reason = FinishReason::ToolCalls;
        const std::string text(truncateUtf8(m_userText, kMaxSampleBytes));
        int index = 0;
        for (const Tool* tool : tools) {
            // The id is derived from the position, so that the same request always gets the same answer.
            const std::string id = "call_playground" + std::to_string(index + 1);
            m_plan.m_first.push_back(
                {ToolCallStarted{.index = index, .id = id, .name = tool->name, .custom = tool->custom}});
            const std::string arguments = tool->custom ? text : writeJson(sampleOf(tool->parameters, text));
            for (std::string& piece : splitTokens(arguments)) {
                m_plan.m_first.push_back({ToolCallDelta{.index = index, .arguments = std::move(piece)}});
                ++m_output;
            }
            ++index;
        }
    }

    // Cuts at the first stop sequence and at max_tokens.
    void planText() {
        const std::int64_t limit = m_request.sampling.maxOutputTokens.value_or(INT64_MAX);
        const auto numbered = numberedCount(m_model);
        const auto& stops = m_request.sampling.stop;
        std::int64_t count = 0;
        m_plan.m_refusal = m_model.fault == Fault::Refusal;
        if (numbered && stops.empty()) {
            count = *numbered;
            m_plan.m_numbered = std::min(count, limit);
        } else {
            std::string text = numbered ? numberedText(*numbered) : answerText(m_request, m_userText);
            for (const std::string& stop : std::span(stops).first(std::min(stops.size(), kMaxStops))) {
                const auto at = stop.empty() ? std::string::npos : text.find(stop);
                if (at != std::string::npos) {
                    text.resize(at);
                    m_plan.finish.stopSequence = stop;
                }
            }
            for (std::string_view rest = text; !rest.empty() && count <= limit; ++count)
                rest.remove_prefix(firstTokenSize(rest));
            m_plan.m_text = std::move(text);
            m_plan.m_textTokens = std::min(count, limit);
        }
        if (count > limit)
            m_plan.finish.reason = FinishReason::Length;
        m_output += std::min(count, limit);
    }

    const ChatRequest& m_request;
    const Model& m_model;
    std::string m_userText;
    PlannedReply m_plan;
    std::int64_t m_output = 0;
};

std::optional<EventBatch> PlannedReply::next() {
    if (m_firstTaken < m_first.size())
        return std::move(m_first[m_firstTaken++]);
    std::string token;
    if (m_numberedTaken < m_numbered) {
        token = (m_numberedTaken > 0 ? " token" : "token") + std::to_string(m_numberedTaken + 1);
        ++m_numberedTaken;
    } else if (m_textTokens > 0) {
        --m_textTokens;
        token = m_text.substr(m_textTaken, firstTokenSize(std::string_view(m_text).substr(m_textTaken)));
        m_textTaken += token.size();
    } else
        return std::nullopt;
    EventBatch batch;
    if (m_refusal)
        batch.emplace_back(RefusalDelta{.text = std::move(token)});
    else
        batch.emplace_back(TextDelta{.text = std::move(token)});
    return batch;
}

PlannedReply planReply(const ChatRequest& request, const Model& model) {
    return ReplyPlanner(request, model).plan();
}

} // namespace patchbay::playground
