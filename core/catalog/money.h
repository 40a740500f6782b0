// Money without doubles. Amounts are nano-dollars; prices are pico-dollars per token, which is the vendors' "USD per
// million tokens" times 1,000,000: six decimals of such a price are exact, and no price list has more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

using NanoUsd = std::int64_t;
/// Pico-dollars (1e-12 USD) for one token. 2.50 USD per million tokens is 2,500,000.
using TokenPrice = std::int64_t;

/// Prices above this (USD per million tokens) are refused: they are a slip of the unit.
inline constexpr std::int64_t kMaxUsdPerMillion = 10'000;
/// Counts above this are a vendor's nonsense; what they cost is unknown.
inline constexpr std::int64_t kMaxPricedTokens = 100'000'000'000;

/// "0.075" (USD per million tokens) exactly. Errors (InvalidRequest): not a decimal, negative, over six decimals, too
/// large.
Result<TokenPrice> parseTokenPrice(std::string_view decimal);
/// The same from a JSON number. The double nearest to a decimal of at most six places gives that decimal back exactly.
Result<TokenPrice> tokenPriceOf(double usdPerMillion);

/// Sums tokens x price exactly and rounds once, half up. nullopt when a count is negative or out of range.
class CostSum {
public:
    /// An unknown count or price makes the sum unknown, unless the other one is known to be 0.
    void add(std::optional<std::int64_t> tokens, std::optional<TokenPrice> price);
    std::optional<NanoUsd> total() const;

private:
    // Price = 1000 * quotient + rest, so that neither sum leaves 64 bits within the limits above.
    std::int64_t m_nano = 0;
    std::int64_t m_pico = 0;
    bool m_unknown = false;
};

/// "0.00123 USD", "12.50 USD": at least two decimals, no more than needed.
std::string formatUsd(NanoUsd amount);

} // namespace patchbay
