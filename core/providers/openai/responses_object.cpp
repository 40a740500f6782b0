#include "providers/openai/responses_object.h"

#include "providers/openai/openai_codec.h"
#include "providers/openai/responses_request.h"

namespace patchbay::responses {
namespace {

json::value textOrNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}
template <class T> json::value orNull(const std::optional<T>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

} // namespace

json::value usageJson(const Usage& usage) {
    if (usage.empty())
        return nullptr;
    const std::int64_t input = usage.inputTotal.value_or(0);
    const std::int64_t output = usage.outputTotal.value_or(0);
    return json::object{{"input_tokens", input},
                        {"input_tokens_details", json::object{{"cached_tokens", usage.cacheRead.value_or(0)},
                                                              {"cache_write_tokens", usage.cacheWrite.value_or(0)}}},
                        {"output_tokens", output},
                        {"output_tokens_details", json::object{{"reasoning_tokens", usage.reasoning.value_or(0)}}},
                        {"total_tokens", input + output}};
}

json::object settingsOf(const ChatRequest& request) {
    const auto extra = [&](std::string_view name, json::value fallback) {
        const json::value* value = request.extraFormat == "openai-responses" ? find(request.extra, name) : nullptr;
        return value ? *value : std::move(fallback);
    };
    std::string instructions;
    if (!request.messages.empty() && request.messages.front().role == Role::System)
        instructions = textOf(request.messages.front());
    json::object text{{"format", formatJson(request.format.value_or(ResponseFormat{}))}, {"verbosity", "medium"}};
    if (const json::value more = extra("text", nullptr); more.is_object())
        for (const auto& [key, value] : more.get_object())
            text[key] = value;
    json::object reasoning{{"effort", nullptr}, {"summary", nullptr}};
    if (request.reasoning)
        reasoning = {{"effort", textOrNull(effortOf(*request.reasoning))},
                     {"summary", textOrNull(request.reasoning->summary)}};
    return {{"background", false},
            {"instructions", textOrNull(instructions)},
            {"max_output_tokens", orNull(request.sampling.maxOutputTokens)},
            {"max_tool_calls", extra("max_tool_calls", nullptr)},
            {"parallel_tool_calls", request.parallelToolCalls.value_or(true)},
            {"previous_response_id", textOrNull(request.previousResponseId)},
            {"prompt_cache_key", extra("prompt_cache_key", nullptr)},
            {"reasoning", std::move(reasoning)},
            {"safety_identifier", nullptr},
            {"service_tier", request.serviceTier.empty() ? std::string("default") : request.serviceTier},
            {"store", request.store.value_or(true)},
            {"temperature", orNull(request.sampling.temperature)},
            {"text", std::move(text)},
            {"tool_choice", toolChoiceJson(request)},
            {"tools", toolsJson(request)},
            {"top_logprobs", request.sampling.topLogprobs.value_or(0)},
            {"top_p", orNull(request.sampling.topP)},
            {"truncation", extra("truncation", "disabled")},
            {"user", textOrNull(request.user)},
            {"metadata", request.metadata}};
}

json::object errorObject(const Error& error) {
    if (auto body = parseJsonObject(openAiChatServerCodec().encodeError(error, {}).body))
        if (const json::object* inner = findObject(*body, "error"))
            return *inner;
    return {{"message", error.message}, {"type", "server_error"}, {"param", nullptr}, {"code", nullptr}};
}

} // namespace patchbay::responses
