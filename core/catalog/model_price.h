// What a model's tokens cost: base rates, a long-prompt tier, peak hours. Unknown is nullopt, never 0.
#pragma once

#include <optional>
#include <vector>

#include "catalog/money.h"
#include "catalog/price_time.h"
#include "chat/usage.h"

namespace patchbay {

/// Rates per token. In a ModelPrice all that follows from other rates is filled in (see catalog_reader.h), so nullopt
/// means that nobody knows.
struct TokenRates {
    std::optional<TokenPrice> input;
    std::optional<TokenPrice> output;
    std::optional<TokenPrice> cacheRead;
    std::optional<TokenPrice> cacheWrite;
    std::optional<TokenPrice> cacheWrite1h;
    bool operator==(const TokenRates&) const = default;
};

/// Rates for the whole request once its input is longer.
struct PriceTier {
    std::int64_t aboveInputTokens = 0;
    TokenRates rates;
    bool operator==(const PriceTier&) const = default;
};

struct PeakRates {
    std::vector<DailyWindow> windows;
    /// The time zone (hours ahead of UTC) whose weekends have no peak.
    std::optional<int> weekendsOffUtcOffset;
    TokenRates rates;
    bool operator==(const PeakRates&) const = default;
};

struct ModelPrice {
    TokenRates base;
    std::optional<PriceTier> tier;
    std::optional<PeakRates> peak; ///< never together with a tier
    /// nullopt = since ever.
    std::optional<WallTime> effectiveFrom;
    bool operator==(const ModelPrice&) const = default;
};

/// The rates for a request of that length at that time. An unknown length takes the base rates.
const TokenRates& ratesFor(const ModelPrice& price, std::optional<std::int64_t> inputTokens, WallTime when);

/// What a call cost. A cost that the vendor reported comes first; then
/// uncached x input + cacheRead x p_read + 5-minute writes x p_write + 1-hour writes x p_write_1h + outputTotal x
/// output (reasoning is inside outputTotal). nullopt when a count or a rate that matters is not known.
std::optional<NanoUsd> costOf(const Usage& usage, const ModelPrice& price, WallTime when);
/// The same for a model without a known price: only a reported cost counts.
std::optional<NanoUsd> costOf(const Usage& usage, const std::optional<ModelPrice>& price, WallTime when);

/// The most that a call can cost, for budgets: all input uncached, all output used.
std::optional<NanoUsd> worstCostOf(std::int64_t inputTokens, std::int64_t maxOutputTokens, const ModelPrice& price,
                                   WallTime when);

} // namespace patchbay
