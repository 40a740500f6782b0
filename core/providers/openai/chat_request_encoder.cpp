#include <algorithm>
#include <array>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/openai/chat_content.h"
#include "providers/openai/chat_request_codec.h"
#include "providers/openai/openai_tools.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxSafetyIdentifier = 128;

template <std::size_t size> bool isOneOf(std::string_view text, const std::array<std::string_view, size>& list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isOfficial(const VendorQuirks& quirks) {
    return quirks.vendor == "openai" || quirks.vendor == "azure";
}

// o1, o3-mini, gpt-5.4, gpt-6 …: the models of OpenAI's that take reasoning_effort.
bool isReasoningModel(std::string_view model) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (model.size() > 1 && model[0] == 'o' && digit(model[1]))
        return true;
    return model.size() > 4 && model.starts_with("gpt-") && model[4] >= '5' && digit(model[4]);
}

std::string_view effortForBudget(std::int64_t tokens) {
    if (tokens < 0)
        return "medium"; // "as much as it takes"
    return tokens <= 2048 ? "low" : tokens <= 12288 ? "medium" : "high";
}

void addOpenRouterReasoning(json::object& body, const ReasoningOptions& wish) {
    json::object reasoning;
    if (!wish.effort.empty())
        reasoning["effort"] = wish.effort;
    else if (wish.budgetTokens && *wish.budgetTokens > 0)
        reasoning["max_tokens"] = *wish.budgetTokens;
    else if (wish.enabled)
        reasoning["enabled"] = *wish.enabled;
    if (!reasoning.empty())
        body["reasoning"] = std::move(reasoning);
}

// What another format calls thinking is guessed into reasoning_effort only where the model is known to take it: the
// others refuse the member.
void addReasoning(json::object& body, const ChatRequest& request, const VendorQuirks& quirks) {
    if (!request.reasoning)
        return;
    const ReasoningOptions& wish = *request.reasoning;
    if (quirks.vendor == "openrouter" && request.extraFormat != "openai")
        return addOpenRouterReasoning(body, wish);
    if (!wish.effort.empty()) {
        body["reasoning_effort"] = wish.effort;
        return;
    }
    if ((quirks.vendor == "llamacpp" || quirks.vendor == "vllm") && wish.enabled) {
        body["chat_template_kwargs"] = json::object{{"enable_thinking", *wish.enabled}};
        return;
    }
    if (!isOfficial(quirks) || !isReasoningModel(request.model) || wish.enabled == false)
        return;
    if (wish.budgetTokens)
        body["reasoning_effort"] = effortForBudget(*wish.budgetTokens);
    else if (wish.enabled || wish.adaptive)
        body["reasoning_effort"] = "medium";
}

void addSampling(json::object& body, const Sampling& sampling, const VendorQuirks& quirks) {
    static constexpr std::array<std::string_view, 7> kNoTopK{"openai", "azure",    "groq",    "mistral",
                                                             "xai",    "deepseek", "cerebras"};
    if (sampling.maxOutputTokens)
        body[json::string_view(quirks.maxTokensField.data(), quirks.maxTokensField.size())] = *sampling.maxOutputTokens;
    if (sampling.temperature)
        body["temperature"] = *sampling.temperature;
    if (sampling.topP)
        body["top_p"] = *sampling.topP;
    if (sampling.topK && !isOneOf(quirks.vendor, kNoTopK))
        body["top_k"] = *sampling.topK;
    if (sampling.presencePenalty)
        body["presence_penalty"] = *sampling.presencePenalty;
    if (sampling.frequencyPenalty)
        body["frequency_penalty"] = *sampling.frequencyPenalty;
    if (sampling.seed)
        body[quirks.vendor == "mistral" ? "random_seed" : "seed"] = *sampling.seed;
    if (!sampling.stop.empty())
        body["stop"] = json::array(sampling.stop.begin(), sampling.stop.end());
    if (sampling.choices)
        body["n"] = *sampling.choices;
    if (sampling.logprobs)
        body["logprobs"] = *sampling.logprobs;
    if (sampling.topLogprobs)
        body["top_logprobs"] = *sampling.topLogprobs;
}

void addTools(json::object& body, const ChatRequest& request, const VendorQuirks& quirks) {
    const std::vector<Tool> tools = effectiveTools(request, quirks);
    if (tools.empty())
        return; // tool_choice without tools is refused
    body["tools"] = encodeOpenAiTools(tools);
    if (auto choice = encodeOpenAiToolChoice(request, quirks))
        body["tool_choice"] = std::move(*choice);
    if (request.parallelToolCalls && quirks.sendsParallelToolCalls)
        body["parallel_tool_calls"] = *request.parallelToolCalls;
}

void addAccount(json::object& body, const ChatRequest& request, const VendorQuirks& quirks) {
    static constexpr std::array<std::string_view, 6> kTiers{"auto", "default", "flex", "scale", "priority", "fast"};
    const bool fromOpenAi = request.extraFormat.starts_with("openai");
    if (!request.user.empty()) {
        const bool identifier = quirks.vendor == "openai" && request.user.size() <= kMaxSafetyIdentifier;
        body[identifier ? "safety_identifier" : "user"] = request.user;
    }
    if (request.store)
        body["store"] = *request.store;
    if (!request.metadata.empty())
        body["metadata"] = request.metadata;
    // Other formats have tiers of other names.
    if (!request.serviceTier.empty() && (fromOpenAi || isOneOf(request.serviceTier, kTiers)))
        body["service_tier"] = request.serviceTier;
}

// Into the first system message where there is one: some chat templates take only one.
void addSchemaPrompt(json::array& messages, const ResponseFormat& format) {
    const std::string prompt = schemaPrompt(format);
    json::object* first = messages.empty() ? nullptr : messages.front().if_object();
    const std::string_view role = first ? stringOr(*first, "role") : std::string_view{};
    if (role != "system" && role != "developer") {
        messages.insert(messages.begin(), json::object{{"role", "system"}, {"content", prompt}});
        return;
    }
    json::value& content = (*first)["content"];
    if (content.is_string())
        content = json::value(std::string(toView(content.get_string())) + "\n\n" + prompt);
    else if (content.is_array())
        content.get_array().push_back(json::object{{"type", "text"}, {"text", prompt}});
}

Error cannotRequireTools(const VendorQuirks& quirks) {
    Error error = makeError(ErrorCode::Unsupported, std::string(quirks.vendor) + " cannot be made to call a tool",
                            "Leave tool_choice out, name one tool (then only that one is offered), or choose another "
                            "provider.");
    error.vendor = VendorError{.code = "unsupported_parameter", .param = "tool_choice"};
    return error;
}

} // namespace

Result<std::string> encodeChatBody(const ChatRequest& request, const VendorQuirks& quirks) {
    if (!quirks.sendsToolChoice && request.toolChoice && request.toolChoice->mode == ToolChoice::Mode::Required)
        return cannotRequireTools(quirks);
    auto messages = encodeOpenAiMessages(request, quirks);
    if (!messages)
        return messages.error();
    const bool schemaByPrompt =
        request.format && request.format->kind == ResponseFormat::Kind::JsonSchema && !quirks.sendsJsonSchema;
    if (schemaByPrompt)
        addSchemaPrompt(*messages, *request.format);

    json::object body{{"model", request.model}};
    body["messages"] = std::move(*messages);
    if (request.stream) {
        body["stream"] = true;
        if (quirks.sendsStreamOptions) // always: usage is needed for accounting, whether or not the client asked
            body["stream_options"] = json::object{{"include_usage", true}};
    }
    addTools(body, request, quirks);
    if (request.format)
        body["response_format"] =
            schemaByPrompt ? json::object{{"type", "json_object"}} : encodeOpenAiResponseFormat(*request.format);
    addSampling(body, request.sampling, quirks);
    addReasoning(body, request, quirks);
    addAccount(body, request, quirks);
    if (request.extraFormat == "openai")
        for (const auto& [key, value] : request.extra)
            if (!body.contains(key))
                body.emplace(key, value);
    return writeJson(body);
}

} // namespace patchbay
