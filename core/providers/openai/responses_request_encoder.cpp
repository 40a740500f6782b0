#include "providers/openai/responses_request.h"

#include "providers/openai/responses_items.h"

namespace patchbay::responses {
namespace {

constexpr std::string_view kFormat = "openai-responses";
constexpr std::string_view kEncryptedReasoning = "reasoning.encrypted_content";

json::object toolJson(const Tool& tool, bool sameFormat) {
    json::object out{{"type", tool.custom ? "custom" : "function"}, {"name", tool.name}};
    if (!tool.description.empty())
        out["description"] = tool.description;
    if (tool.custom) {
        if (!tool.parameters.empty())
            out["format"] = tool.parameters;
        return out;
    }
    if (tool.parameters.empty())
        out["parameters"] = json::object{{"type", "object"}, {"properties", json::object{}}};
    else
        out["parameters"] = tool.parameters;
    // Here an absent `strict` means strict, in every other format it means not strict.
    if (tool.strict || !sameFormat)
        out["strict"] = tool.strict.value_or(false);
    return out;
}

const Tool* findTool(const ChatRequest& request, std::string_view name) {
    for (const Tool& tool : request.tools)
        if (tool.name == name)
            return &tool;
    return nullptr;
}

json::object toolReference(const ChatRequest& request, const std::string& name) {
    const Tool* tool = findTool(request, name);
    return {{"type", tool && tool->custom ? "custom" : "function"}, {"name", name}};
}

// Merges what the client sent beside the members that we know; ours win.
void mergeInto(json::object& target, const json::object& extra) {
    for (const auto& [key, value] : extra)
        if (!target.contains(key))
            target.emplace(key, value);
}

// The system message that `instructions` says as well as an item would.
bool isInstructions(const Message& message) {
    const auto* text = message.parts.size() == 1 ? std::get_if<TextPart>(&message.parts.front()) : nullptr;
    return message.role == Role::System && text && !text->cache;
}

bool usesReasoning(const ChatRequest& request) {
    for (const Message& message : request.messages)
        for (const ContentPart& part : message.parts)
            if (const auto* reasoning = std::get_if<ReasoningPart>(&part); reasoning && !reasoning->id.empty())
                return true;
    return false;
}

// Models without reasoning answer 400 to a wish for encrypted reasoning.
bool mayReason(std::string_view model) {
    return !model.starts_with("gpt-3") && !model.starts_with("gpt-4") && !model.starts_with("chatgpt");
}

void addIncludes(json::object& body, const ChatRequest& request) {
    const bool wanted = request.store == std::optional(false) || usesReasoning(request);
    if (!wanted || !mayReason(request.model))
        return;
    json::array includes;
    if (const json::array* asked = findArray(body, "include"))
        includes = *asked;
    for (const json::value& include : includes)
        if (include.is_string() && toView(include.get_string()) == kEncryptedReasoning)
            return;
    includes.emplace_back(kEncryptedReasoning);
    body["include"] = std::move(includes);
}

json::object reasoningJson(const ReasoningOptions& reasoning) {
    json::object out;
    if (const std::string effort = effortOf(reasoning); !effort.empty())
        out["effort"] = effort;
    // Anthropic says "summarized" and "omitted" in this place.
    if (reasoning.summary == "summarized")
        out["summary"] = "auto";
    else if (!reasoning.summary.empty() && reasoning.summary != "omitted")
        out["summary"] = reasoning.summary;
    return out;
}

void addSampling(json::object& body, const Sampling& sampling) {
    if (sampling.maxOutputTokens)
        body["max_output_tokens"] = *sampling.maxOutputTokens;
    if (sampling.temperature)
        body["temperature"] = *sampling.temperature;
    if (sampling.topP)
        body["top_p"] = *sampling.topP;
    if (sampling.topLogprobs)
        body["top_logprobs"] = *sampling.topLogprobs;
}

} // namespace

json::array toolsJson(const ChatRequest& request) {
    const bool sameFormat = request.extraFormat == kFormat;
    json::array tools;
    for (const Tool& tool : request.tools)
        tools.push_back(toolJson(tool, sameFormat));
    if (const json::array* hosted = sameFormat ? findArray(request.extra, "tools") : nullptr)
        tools.insert(tools.end(), hosted->begin(), hosted->end());
    return tools;
}

json::value toolChoiceJson(const ChatRequest& request) {
    if (!request.toolChoice)
        return "auto";
    const ToolChoice& choice = *request.toolChoice;
    const std::string_view mode = choice.mode == ToolChoice::Mode::Required ? "required" : "auto";
    if (choice.mode == ToolChoice::Mode::None)
        return "none";
    if (choice.mode == ToolChoice::Mode::Named)
        return toolReference(request, choice.name);
    if (choice.allowedTools.empty())
        return json::value(mode);
    json::array allowed;
    for (const std::string& name : choice.allowedTools)
        allowed.push_back(toolReference(request, name));
    return json::object{{"type", "allowed_tools"}, {"mode", mode}, {"tools", std::move(allowed)}};
}

json::object formatJson(const ResponseFormat& format) {
    if (format.kind == ResponseFormat::Kind::Text)
        return {{"type", "text"}};
    if (format.kind == ResponseFormat::Kind::JsonObject)
        return {{"type", "json_object"}};
    json::object out{{"type", "json_schema"}, {"name", format.name.empty() ? "response" : format.name}};
    if (!format.description.empty())
        out["description"] = format.description;
    out["schema"] = format.schema;
    if (format.strict)
        out["strict"] = *format.strict;
    return out;
}

std::string effortOf(const ReasoningOptions& reasoning) {
    if (!reasoning.effort.empty())
        return reasoning.effort;
    if (reasoning.enabled == std::optional(false) || reasoning.budgetTokens == std::optional<std::int64_t>(0))
        return "none";
    if (!reasoning.budgetTokens || *reasoning.budgetTokens < 0)
        return {};
    // Budgets that the vendors' own guides give beside these words.
    return *reasoning.budgetTokens <= 4096 ? "low" : *reasoning.budgetTokens <= 16384 ? "medium" : "high";
}

Result<json::object> encodeRequest(const ChatRequest& request, const VendorQuirks& quirks) {
    if (request.sampling.choices.value_or(1) > 1)
        return makeError(ErrorCode::Unsupported, "the responses format gives one answer, not n",
                         "Ask several times, or use a provider with api = \"chat\".");
    if (!request.sampling.stop.empty())
        return makeError(ErrorCode::Unsupported, "the responses format has no stop sequences",
                         "Leave them out, or use a provider with api = \"chat\".");
    const bool sameFormat = request.extraFormat == kFormat;
    json::object body{{"model", request.model}};
    std::vector<Message> messages = request.messages;
    if (!messages.empty() && isInstructions(messages.front())) {
        body["instructions"] = textOf(messages.front());
        messages.erase(messages.begin());
    }
    auto items = itemsOf(messages, sameFormat);
    if (!items)
        return items.error();
    body["input"] = std::move(*items);
    if (json::array tools = toolsJson(request); !tools.empty())
        body["tools"] = std::move(tools);
    if (request.toolChoice)
        body["tool_choice"] = toolChoiceJson(request);
    if (request.parallelToolCalls && quirks.sendsParallelToolCalls)
        body["parallel_tool_calls"] = *request.parallelToolCalls;
    if (request.format)
        body["text"] = json::object{{"format", formatJson(*request.format)}};
    if (request.reasoning)
        if (json::object reasoning = reasoningJson(*request.reasoning); !reasoning.empty())
            body["reasoning"] = std::move(reasoning);
    addSampling(body, request.sampling);
    if (request.stream)
        body["stream"] = true;
    if (!request.user.empty())
        body[quirks.vendor == "openai" ? "safety_identifier" : "user"] = request.user;
    if (request.store)
        body["store"] = *request.store;
    if (!request.previousResponseId.empty())
        body["previous_response_id"] = request.previousResponseId;
    if (!request.metadata.empty())
        body["metadata"] = request.metadata;
    if (!request.serviceTier.empty() && (sameFormat || request.extraFormat == "openai"))
        body["service_tier"] = request.serviceTier;
    if (sameFormat) {
        for (const std::string_view nested : {"text", "reasoning"})
            if (const json::object* extra = findObject(request.extra, nested)) {
                json::object merged = findObject(body, nested) ? *findObject(body, nested) : json::object{};
                mergeInto(merged, *extra);
                body[nested] = std::move(merged);
            }
        mergeInto(body, request.extra);
    }
    addIncludes(body, request);
    return body;
}

} // namespace patchbay::responses
