#include "playground/playground_reply.h"

#include "base/json_writer.h"
#include "base/strings.h"
#include "chat/token_estimate.h"
#include "playground/schema_sample.h"
#include "playground/tokens.h"

namespace patchbay::playground {
namespace {

// Stands in for a vendor's signature: opaque base64, checked by nobody but carried back by clients.
constexpr std::string_view kSignature = "cGxheWdyb3VuZC1zaWduYXR1cmU=";

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
    const auto allowed = [&](const Tool& tool) {
        return choice.allowedTools.empty() ||
               std::find(choice.allowedTools.begin(), choice.allowedTools.end(), tool.name) != choice.allowedTools.end();
    };
    for (const Tool& tool : request.tools) {
        const bool named = choice.mode == ToolChoice::Mode::Named ? tool.name == choice.name
                                                                  : text.find(tool.name) != std::string::npos;
        if (named && allowed(tool))
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

std::string answerText(const ChatRequest& request, const Model& model, const std::string& userText) {
    if (model.kind == Model::Kind::Long || (model.kind == Model::Kind::Faulty && model.fault != Fault::Refusal &&
                                            model.fault != Fault::Once && model.fault != Fault::NoUsage &&
                                            model.fault != Fault::Bytewise))
        return numberedText(model.kind == Model::Kind::Long ? model.number : 60);
    if (!request.messages.empty() && request.messages.back().role == Role::Tool)
        return toolResultText(request.messages.back());
    if (request.format && request.format->kind == ResponseFormat::Kind::JsonSchema)
        return writeJson(sampleOf(request.format->schema, userText));
    if (request.format && request.format->kind == ResponseFormat::Kind::JsonObject)
        return writeJson(json::object{{"echo", userText}});
    return userText.empty() ? std::string("The playground repeats what you say.") : userText;
}

void planReasoning(PlannedReply& plan, const std::string& userText) {
    std::int64_t count = 0;
    for (std::string& token : splitTokens("The playground thinks about: " + std::string(truncateUtf8(userText, 80)))) {
        plan.tokens.push_back({ReasoningDelta{.text = std::move(token)}});
        ++count;
    }
    plan.tokens.push_back({ReasoningSignature{.signature = std::string(kSignature)}});
    plan.usage.reasoning = count;
}

std::int64_t planTools(PlannedReply& plan, const std::vector<const Tool*>& tools, const std::string& userText) {
    std::int64_t count = 0;
    int index = 0;
    for (const Tool* tool : tools) {
        // The id is derived from the position, so that the same request always gets the same answer.
        const std::string id = "call_playground" + std::to_string(index + 1);
        plan.tokens.push_back({ToolCallStarted{.index = index, .id = id, .name = tool->name, .custom = tool->custom}});
        const std::string arguments = tool->custom ? userText : writeJson(sampleOf(tool->parameters, userText));
        for (std::string& piece : splitTokens(arguments)) {
            plan.tokens.push_back({ToolCallDelta{.index = index, .arguments = std::move(piece)}});
            ++count;
        }
        ++index;
    }
    return count;
}

// Cuts at the first stop sequence and at max_tokens; returns the number of text tokens.
std::int64_t planText(PlannedReply& plan, const ChatRequest& request, const Model& model, std::string text) {
    for (const std::string& stop : request.sampling.stop) {
        const auto at = stop.empty() ? std::string::npos : text.find(stop);
        if (at != std::string::npos) {
            text.resize(at);
            plan.finish.stopSequence = stop;
        }
    }
    const std::int64_t limit = request.sampling.maxOutputTokens.value_or(INT64_MAX);
    std::int64_t count = 0;
    for (std::string& token : splitTokens(text)) {
        if (count >= limit) {
            plan.finish.reason = FinishReason::Length;
            break;
        }
        if (model.fault == Fault::Refusal)
            plan.tokens.push_back({RefusalDelta{.text = std::move(token)}});
        else
            plan.tokens.push_back({TextDelta{.text = std::move(token)}});
        ++count;
    }
    return count;
}

} // namespace

PlannedReply planReply(const ChatRequest& request, const Model& model) {
    PlannedReply plan;
    const std::string userText = lastUserText(request);
    if (wantsReasoning(request))
        planReasoning(plan, userText);
    std::int64_t output = plan.usage.reasoning.value_or(0);
    const std::vector<const Tool*> tools = toolsToCall(request, userText);
    if (!tools.empty()) {
        output += planTools(plan, tools, userText);
        plan.finish.reason = FinishReason::ToolCalls;
    } else
        output += planText(plan, request, model, answerText(request, model, userText));
    if (model.fault == Fault::ContentFilter)
        plan.finish.reason = FinishReason::ContentFilter;
    plan.usage.inputTotal = estimatePromptTokens(request);
    plan.usage.inputUncached = plan.usage.inputTotal;
    plan.usage.cacheRead = 0;
    plan.usage.cacheWrite = 0;
    plan.usage.outputTotal = output;
    if (!plan.usage.reasoning)
        plan.usage.reasoning = 0;
    return plan;
}

} // namespace patchbay::playground
