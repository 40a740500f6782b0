#include "providers/anthropic/anthropic_values.h"

#include <algorithm>
#include <array>

namespace patchbay::anthropic {
namespace {

struct StopRow {
    std::string_view word;
    FinishReason reason;
};

constexpr std::array<StopRow, 7> kStopReasons{{
    {"end_turn", FinishReason::Stop},
    {"stop_sequence", FinishReason::Stop},
    {"max_tokens", FinishReason::Length},
    {"model_context_window_exceeded", FinishReason::Length},
    {"tool_use", FinishReason::ToolCalls},
    {"pause_turn", FinishReason::Pause},
    {"refusal", FinishReason::ContentFilter},
}};

void overwrite(std::optional<std::int64_t>& target, const json::object& object, std::string_view key) {
    if (const auto value = findInt(object, key); value && *value >= 0)
        target = value;
}

} // namespace

FinishReason finishReasonOf(std::string_view stopReason) {
    for (const StopRow& row : kStopReasons)
        if (row.word == stopReason)
            return row.reason;
    return FinishReason::Other;
}

std::string stopReasonOf(const ReplyFinished& finish, bool toolCalls, bool refusal) {
    if (refusal && finish.reason == FinishReason::Stop)
        return "refusal";
    for (const StopRow& row : kStopReasons)
        if (row.word == finish.raw && row.reason == finish.reason)
            return std::string(row.word);
    switch (finish.reason) {
    case FinishReason::Length:
        return "max_tokens";
    case FinishReason::ToolCalls:
        return "tool_use";
    case FinishReason::ContentFilter:
        return "refusal";
    case FinishReason::Pause:
        return "pause_turn";
    case FinishReason::Stop:
    case FinishReason::Error:
    case FinishReason::Other:
        break;
    }
    // Clients run tools on tool_use only, and some vendors (Ollama) say "stop" after a call.
    if (toolCalls)
        return "tool_use";
    return finish.stopSequence.empty() ? "end_turn" : "stop_sequence";
}

void UsageCounts::update(const json::object& usage) {
    overwrite(m_input, usage, "input_tokens");
    overwrite(m_cacheWrite, usage, "cache_creation_input_tokens");
    overwrite(m_cacheRead, usage, "cache_read_input_tokens");
    overwrite(m_output, usage, "output_tokens");
    if (const json::object* lifetimes = findObject(usage, "cache_creation"))
        overwrite(m_cacheWrite1h, *lifetimes, "ephemeral_1h_input_tokens");
    if (const json::object* details = findObject(usage, "output_tokens_details"))
        overwrite(m_thinking, *details, "thinking_tokens");
}

Usage UsageCounts::inputUsage() const {
    Usage usage;
    if (!m_input)
        return usage;
    usage.inputUncached = m_input;
    usage.cacheRead = m_cacheRead.value_or(0);
    usage.cacheWrite = m_cacheWrite.value_or(0);
    usage.cacheWrite1h = m_cacheWrite1h;
    usage.inputTotal = *m_input + *usage.cacheRead + *usage.cacheWrite;
    return usage;
}

Usage UsageCounts::usage() const {
    Usage usage = inputUsage();
    usage.outputTotal = m_output;
    usage.reasoning = m_thinking;
    return usage;
}

json::object usageJson(const Usage& usage, std::int64_t estimatedInput, std::int64_t estimatedOutput) {
    const std::int64_t read = usage.cacheRead.value_or(0);
    const std::int64_t write = usage.cacheWrite.value_or(0);
    const std::int64_t hour = std::min(usage.cacheWrite1h.value_or(0), write);
    std::int64_t input = estimatedInput;
    if (usage.inputUncached)
        input = *usage.inputUncached;
    else if (usage.inputTotal)
        input = std::max<std::int64_t>(0, *usage.inputTotal - read - write);
    json::object result{
        {"input_tokens", input},
        {"cache_creation_input_tokens", write},
        {"cache_read_input_tokens", read},
        {"cache_creation", {{"ephemeral_5m_input_tokens", write - hour}, {"ephemeral_1h_input_tokens", hour}}},
        {"output_tokens", usage.outputTotal.value_or(estimatedOutput)},
    };
    if (usage.reasoning)
        result["output_tokens_details"] = json::object{{"thinking_tokens", *usage.reasoning}};
    result["server_tool_use"] = nullptr;
    result["service_tier"] = "standard";
    return result;
}

json::object cacheControlJson(const CacheBreakpoint& cache) {
    json::object result{{"type", "ephemeral"}};
    if (cache.ttl == "5m" || cache.ttl == "1h")
        result["ttl"] = cache.ttl;
    return result;
}

json::value stopDetailsJson(const ReplyFinished& finish) {
    if (finish.refusalJson.empty())
        return nullptr;
    auto details = parseJsonObject(finish.refusalJson);
    return details ? json::value(*details) : json::value(nullptr);
}

} // namespace patchbay::anthropic
