#include "catalog/model_price.h"

#include <algorithm>

namespace patchbay {
namespace {

// The input that is billed at the plain rate. Codecs give it where the vendor does; else it is what is left.
std::optional<std::int64_t> uncachedInput(const Usage& usage) {
    if (usage.inputUncached)
        return usage.inputUncached;
    if (!usage.inputTotal)
        return std::nullopt;
    return std::max<std::int64_t>(0, *usage.inputTotal - usage.cacheRead.value_or(0) - usage.cacheWrite.value_or(0));
}

std::optional<std::int64_t> totalInput(const Usage& usage) {
    if (usage.inputTotal)
        return usage.inputTotal;
    if (!usage.inputUncached)
        return std::nullopt;
    return *usage.inputUncached + usage.cacheRead.value_or(0) + usage.cacheWrite.value_or(0);
}

bool isPeak(const PeakRates& peak, WallTime when) {
    if (peak.weekendsOffUtcOffset && isWeekend(when, *peak.weekendsOffUtcOffset))
        return false;
    return std::any_of(peak.windows.begin(), peak.windows.end(),
                       [when](const DailyWindow& window) { return contains(window, when); });
}

} // namespace

const TokenRates& ratesFor(const ModelPrice& price, std::optional<std::int64_t> inputTokens, WallTime when) {
    if (price.tier && inputTokens && *inputTokens > price.tier->aboveInputTokens)
        return price.tier->rates;
    if (price.peak && isPeak(*price.peak, when))
        return price.peak->rates;
    return price.base;
}

std::optional<NanoUsd> costOf(const Usage& usage, const ModelPrice& price, WallTime when) {
    if (usage.reportedCostNanoUsd && *usage.reportedCostNanoUsd >= 0)
        return usage.reportedCostNanoUsd;
    const TokenRates& rates = ratesFor(price, totalInput(usage), when);
    const std::int64_t written = usage.cacheWrite.value_or(usage.cacheWrite1h.value_or(0));
    const std::int64_t writtenLong = std::min(written, usage.cacheWrite1h.value_or(0));
    CostSum sum;
    sum.add(uncachedInput(usage), rates.input);
    sum.add(usage.cacheRead.value_or(0), rates.cacheRead);
    sum.add(written - writtenLong, rates.cacheWrite);
    sum.add(writtenLong, rates.cacheWrite1h);
    sum.add(usage.outputTotal, rates.output);
    return sum.total();
}

std::optional<NanoUsd> costOf(const Usage& usage, const std::optional<ModelPrice>& price, WallTime when) {
    return costOf(usage, price ? *price : ModelPrice{}, when);
}

std::optional<NanoUsd> worstCostOf(std::int64_t inputTokens, std::int64_t maxOutputTokens, const ModelPrice& price,
                                   WallTime when) {
    const TokenRates& rates = ratesFor(price, inputTokens, when);
    CostSum sum;
    // A cache write may cost more than plain input.
    sum.add(inputTokens,
            rates.input ? std::optional(std::max(*rates.input, rates.cacheWrite.value_or(0))) : std::nullopt);
    sum.add(maxOutputTokens, rates.output);
    return sum.total();
}

} // namespace patchbay
