#include "chat/usage.h"

namespace patchbay {
namespace {

std::optional<std::int64_t> sum(std::optional<std::int64_t> a, std::optional<std::int64_t> b) {
    if (!a)
        return b;
    return b ? std::optional(*a + *b) : a;
}

} // namespace

std::optional<std::int64_t> Usage::total() const {
    return inputTotal && outputTotal ? std::optional(*inputTotal + *outputTotal) : std::nullopt;
}

bool Usage::empty() const {
    return !inputTotal && !outputTotal && !cacheRead && !cacheWrite && !reasoning && !reportedCostNanoUsd;
}

Usage addUsage(const Usage& a, const Usage& b) {
    return {
        .inputTotal = sum(a.inputTotal, b.inputTotal),
        .inputUncached = sum(a.inputUncached, b.inputUncached),
        .cacheRead = sum(a.cacheRead, b.cacheRead),
        .cacheWrite = sum(a.cacheWrite, b.cacheWrite),
        .cacheWrite1h = sum(a.cacheWrite1h, b.cacheWrite1h),
        .outputTotal = sum(a.outputTotal, b.outputTotal),
        .reasoning = sum(a.reasoning, b.reasoning),
        .reportedCostNanoUsd = sum(a.reportedCostNanoUsd, b.reportedCostNanoUsd),
        .estimated = a.estimated || b.estimated,
    };
}

} // namespace patchbay
