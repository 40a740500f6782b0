#include "providers/anthropic/anthropic_request_encoder.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "providers/anthropic/anthropic_messages.h"
#include "providers/anthropic/anthropic_values.h"

namespace patchbay::anthropic {
namespace {

constexpr std::string_view kJsonInstruction =
    "Answer with one valid JSON object and nothing else: no explanation, no code fence.";

json::object inputSchema(const Tool& tool) {
    if (tool.parameters.empty())
        return {{"type", "object"}, {"properties", json::object()}};
    if (tool.parameters.contains("type"))
        return tool.parameters;
    json::object schema{{"type", "object"}};
    for (const auto& [key, value] : tool.parameters)
        schema[key] = value;
    return schema;
}

// The format has no allowed_tools: a tool that must not be called is not offered.
Result<json::array> encodeTools(const ChatRequest& request) {
    json::array tools;
    std::unordered_set<std::string_view> allowed; // empty = all
    if (request.toolChoice)
        allowed.insert(request.toolChoice->allowedTools.begin(), request.toolChoice->allowedTools.end());
    for (const Tool& tool : request.tools) {
        if (tool.custom)
            return makeError(ErrorCode::Unsupported, "Anthropic has no free-text tools (\"" + tool.name + "\")",
                             "Describe the tool's input by a JSON schema, or choose an OpenAI model.");
        if (!allowed.empty() && !allowed.contains(tool.name))
            continue;
        json::object entry{{"name", tool.name}};
        if (!tool.description.empty())
            entry["description"] = tool.description;
        entry["input_schema"] = inputSchema(tool);
        if (tool.strict)
            entry["strict"] = *tool.strict;
        if (tool.cache)
            entry["cache_control"] = cacheControlJson(*tool.cache);
        tools.emplace_back(std::move(entry));
    }
    return tools;
}

json::object encodeToolChoice(const ChatRequest& request) {
    const ToolChoice choice = request.toolChoice.value_or(ToolChoice{});
    json::object result;
    switch (choice.mode) {
    case ToolChoice::Mode::Auto:
        result["type"] = "auto";
        break;
    case ToolChoice::Mode::Required:
        result["type"] = "any";
        break;
    case ToolChoice::Mode::None:
        return {{"type", "none"}};
    case ToolChoice::Mode::Named:
        result["type"] = "tool";
        result["name"] = choice.name;
        break;
    }
    if (request.parallelToolCalls)
        result["disable_parallel_tool_use"] = !*request.parallelToolCalls;
    return result;
}

void addThinking(json::object& body, const ChatRequest& request) {
    if (!request.reasoning)
        return;
    const ReasoningOptions& wish = *request.reasoning;
    const bool off = wish.enabled == false || wish.effort == "none" || wish.budgetTokens == 0;
    json::object thinking;
    if (off)
        thinking["type"] = "disabled";
    else if (wish.budgetTokens && *wish.budgetTokens > 0) {
        thinking["type"] = "enabled";
        thinking["budget_tokens"] = std::max(*wish.budgetTokens, kMinThinkingBudget);
    } else if (wish.adaptive == true || wish.enabled == true || wish.budgetTokens)
        thinking["type"] = "adaptive";
    if (!off && !thinking.empty() && !wish.summary.empty()) // OpenAI's auto, concise, detailed ask to see a summary
        thinking["display"] = wish.summary == "omitted" ? "omitted" : "summarized";
    if (!thinking.empty())
        body["thinking"] = std::move(thinking);
    if (!off && !wish.effort.empty())
        body["output_config"].emplace_object()["effort"] = wish.effort == "minimal" ? "low" : wish.effort;
}

// max_tokens includes thinking, so a default must leave room for an answer behind the budget; a limit that the caller
// set stands, and the budget (which must be smaller) gives way.
void addMaxTokens(json::object& body, const ChatRequest& request) {
    json::value* thinking = body.if_contains("thinking");
    json::value* budget = thinking ? thinking->get_object().if_contains("budget_tokens") : nullptr;
    if (!request.sampling.maxOutputTokens) {
        body["max_tokens"] = std::max(kDefaultMaxTokens, kMinAnswerTokens + (budget ? budget->get_int64() : 0));
        return;
    }
    const std::int64_t limit = *request.sampling.maxOutputTokens;
    body["max_tokens"] = limit;
    if (!budget || budget->get_int64() < limit)
        return;
    if (limit > kMinThinkingBudget)
        *budget = limit - 1;
    else
        body.erase("thinking");
}

void addSampling(json::object& body, const Sampling& sampling) {
    if (sampling.temperature)
        body["temperature"] = std::min(*sampling.temperature, 1.0); // OpenAI's scale goes to 2
    if (sampling.topP)
        body["top_p"] = *sampling.topP;
    if (sampling.topK)
        body["top_k"] = *sampling.topK;
    if (!sampling.stop.empty())
        body["stop_sequences"] = json::value_from(sampling.stop);
}

void addServiceTier(json::object& body, std::string_view tier) {
    if (tier == "auto" || tier == "standard_only")
        body["service_tier"] = tier;
    else if (tier == "default") // OpenAI's word for the same
        body["service_tier"] = "standard_only";
}

// Tools in `extra` are either server tools (sent as they are) or further members of a tool that the request defines.
void addExtraTools(json::object& body, const json::array& entries) {
    json::value& slot = body["tools"];
    json::array& tools = slot.is_array() ? slot.get_array() : slot.emplace_array();
    std::unordered_map<std::string, std::size_t> places; // name -> the first tool of that name
    for (std::size_t i = 0; i < tools.size(); ++i)
        places.emplace(stringOr(tools[i].get_object(), "name"), i);
    for (const json::value& entry : entries) {
        if (!entry.is_object())
            continue;
        const std::string name(stringOr(entry.get_object(), "name"));
        if (const auto known = places.find(name); known != places.end()) {
            for (const auto& [key, value] : entry.get_object())
                tools[known->second].get_object().emplace(key, value); // keeps what is there
        } else if (entry.get_object().contains("type")) {
            places.emplace(name, tools.size());
            tools.push_back(entry);
        }
    }
    if (tools.empty())
        body.erase("tools");
}

void addExtra(json::object& body, const ChatRequest& request) {
    if (request.extraFormat != "anthropic")
        return;
    for (const auto& [key, value] : request.extra) {
        json::value* present = body.if_contains(key);
        if (toView(key) == "tools" && value.is_array())
            addExtraTools(body, value.get_array());
        else if (!present)
            body[key] = value;
        else if (present->is_object() && value.is_object())
            for (const auto& [inner, innerValue] : value.get_object())
                present->get_object().emplace(inner, innerValue);
    }
}

} // namespace

Result<json::object> encodeRequestBody(const ChatRequest& request, BodyKind kind) {
    if (request.sampling.choices.value_or(1) > 1)
        return makeError(ErrorCode::Unsupported, "Anthropic gives one answer per request",
                         "Ask for one choice (n = 1), or choose an OpenAI or Gemini model.");
    auto messages = encodeMessages(request);
    if (!messages)
        return messages.error();
    auto tools = encodeTools(request);
    if (!tools)
        return tools.error();
    const bool wantsJson = request.format && request.format->kind == ResponseFormat::Kind::JsonObject;
    if (wantsJson)
        messages->system.emplace_back(json::object{{"type", "text"}, {"text", kJsonInstruction}});

    json::object body{{"model", request.model}};
    json::array& system = messages->system;
    if (system.size() == 1 && !system[0].get_object().contains("cache_control"))
        body["system"] = system[0].get_object()["text"];
    else if (!system.empty())
        body["system"] = std::move(system);
    body["messages"] = std::move(messages->messages);
    addThinking(body, request);
    if (request.format && request.format->kind == ResponseFormat::Kind::JsonSchema) {
        json::value& config = body["output_config"];
        json::object& members = config.is_object() ? config.get_object() : config.emplace_object();
        members["format"] = json::object{{"type", "json_schema"}, {"schema", request.format->schema}};
    }
    if (!tools->empty())
        body["tools"] = std::move(*tools);
    if (kind == BodyKind::Chat) {
        addMaxTokens(body, request);
        addSampling(body, request.sampling);
        addServiceTier(body, request.serviceTier);
        if (!request.user.empty())
            body["metadata"] = json::object{{"user_id", request.user}};
        if (request.stream)
            body["stream"] = true;
        addExtra(body, request);
    } else if (request.extraFormat == "anthropic") {
        if (const json::array* entries = findArray(request.extra, "tools"))
            addExtraTools(body, *entries);
    }
    // A choice without tools is refused; "disable parallel" needs a choice to stand in.
    if (body.contains("tools") && (request.toolChoice || request.parallelToolCalls == false))
        body["tool_choice"] = encodeToolChoice(request);
    return body;
}

} // namespace patchbay::anthropic
