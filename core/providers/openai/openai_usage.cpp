#include "providers/openai/openai_usage.h"

#include <cmath>

#include <fmt/format.h>

namespace patchbay {
namespace {

std::optional<std::int64_t> count(const json::object& object, std::string_view key) {
    const auto value = findInt(object, key);
    return value && *value >= 0 ? value : std::nullopt;
}

std::optional<std::int64_t> countIn(const json::object& object, std::string_view details, std::string_view key) {
    const json::object* inner = findObject(object, details);
    return inner ? count(*inner, key) : std::nullopt;
}

std::optional<std::int64_t> costOf(const json::object& usage) {
    if (const auto dollars = findDouble(usage, "cost"); dollars && *dollars >= 0 && *dollars < 1e9) // OpenRouter
        return std::llround(*dollars * 1e9);
    if (const auto ticks = count(usage, "cost_in_usd_ticks")) // xAI: 1e-10 USD each
        return (*ticks + 5) / 10;
    return std::nullopt;
}

bool isOutside(std::int64_t input, std::int64_t completion, std::int64_t reasoning, std::optional<std::int64_t> total,
               bool rule) {
    if (reasoning == 0)
        return false;
    if (total && *total == input + completion)
        return false;
    if (total && *total == input + completion + reasoning)
        return true;
    return rule;
}

} // namespace

Usage decodeOpenAiUsage(const json::object& usage, bool reasoningOutside) {
    Usage result;
    if (auto input = count(usage, "prompt_tokens")) {
        auto cached = countIn(usage, "prompt_tokens_details", "cached_tokens");
        if (!cached)
            cached = count(usage, "prompt_cache_hit_tokens"); // DeepSeek
        if (!cached)
            cached = count(usage, "cached_tokens"); // Moonshot
        result.cacheRead = cached.value_or(0);
        result.cacheWrite = countIn(usage, "prompt_tokens_details", "cache_write_tokens").value_or(0);
        if (*result.cacheRead + *result.cacheWrite > *input)
            *input += *result.cacheRead + *result.cacheWrite; // then they cannot have been counted inside
        result.inputTotal = input;
        result.inputUncached = *input - *result.cacheRead - *result.cacheWrite;
    }
    if (const auto completion = count(usage, "completion_tokens")) {
        result.reasoning = countIn(usage, "completion_tokens_details", "reasoning_tokens").value_or(0);
        const bool outside = isOutside(count(usage, "prompt_tokens").value_or(0), *completion, *result.reasoning,
                                       count(usage, "total_tokens"), reasoningOutside);
        result.outputTotal = *completion + (outside ? *result.reasoning : 0);
    }
    result.reportedCostNanoUsd = costOf(usage);
    return result;
}

void appendOpenAiUsage(std::string& out, const Usage& usage) {
    const std::int64_t input = usage.inputTotal.value_or(0);
    const std::int64_t output = usage.outputTotal.value_or(0);
    fmt::format_to(std::back_inserter(out),
                   R"({{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{},)"
                   R"("prompt_tokens_details":{{"cached_tokens":{},"audio_tokens":0,"cache_write_tokens":{}}},)"
                   R"("completion_tokens_details":{{"reasoning_tokens":{},"audio_tokens":0,)"
                   R"("accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}}})",
                   input, output, input + output, usage.cacheRead.value_or(0), usage.cacheWrite.value_or(0),
                   usage.reasoning.value_or(0));
}

} // namespace patchbay
