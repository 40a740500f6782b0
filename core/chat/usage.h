// Token counts of one call, in one shape for all vendors.
#pragma once

#include <cstdint>
#include <optional>

namespace patchbay {

/// nullopt = the vendor does not say, which is not 0. inputTotal contains the cached parts and outputTotal contains the
/// reasoning, for every vendor (OpenAI counts both inside, Anthropic counts cache beside, Gemini reasoning beside).
struct Usage {
    std::optional<std::int64_t> inputTotal;
    std::optional<std::int64_t> inputUncached;
    std::optional<std::int64_t> cacheRead;
    std::optional<std::int64_t> cacheWrite;   ///< all lifetimes together
    std::optional<std::int64_t> cacheWrite1h; ///< the part of cacheWrite with one hour's life (priced higher)
    std::optional<std::int64_t> outputTotal;
    std::optional<std::int64_t> reasoning; ///< inside outputTotal
    std::optional<std::int64_t> reportedCostNanoUsd; ///< OpenRouter, xAI: preferred over the price table
    bool estimated = false;                          ///< made by us because the vendor reported nothing

    std::optional<std::int64_t> total() const;
    bool empty() const; ///< nothing was reported
    bool operator==(const Usage&) const = default;
};

/// a + b member by member; unknown + known = known (used to sum over attempts).
Usage addUsage(const Usage& a, const Usage& b);

} // namespace patchbay
