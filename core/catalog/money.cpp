#include "catalog/money.h"

#include <cmath>

#include <fmt/format.h>

namespace patchbay {
namespace {

constexpr std::int64_t kScale = 1'000'000;
constexpr int kDecimals = 6;

Error badPrice(std::string_view what) {
    return makeError(ErrorCode::InvalidRequest, std::string(what));
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

Result<TokenPrice> parseTokenPrice(std::string_view decimal) {
    const auto point = decimal.find('.');
    const std::string_view whole = decimal.substr(0, point);
    std::string_view fraction = point == std::string_view::npos ? std::string_view{} : decimal.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && fraction.empty()))
        return badPrice("is not a decimal number such as 0.075");
    while (!fraction.empty() && fraction.back() == '0')
        fraction.remove_suffix(1);
    std::int64_t price = 0;
    for (const char c : whole) {
        if (!isDigit(c))
            return badPrice(decimal.starts_with('-') ? "is negative" : "is not a decimal number such as 0.075");
        price = price * 10 + (c - '0');
        if (price > kMaxUsdPerMillion)
            return badPrice("is above 10000 USD per million tokens");
    }
    for (const char c : fraction)
        if (!isDigit(c))
            return badPrice("is not a decimal number such as 0.075");
    if (fraction.size() > kDecimals)
        return badPrice("has more than six decimals");
    for (int i = 0; i < kDecimals; ++i)
        price = price * 10 +
                (static_cast<std::size_t>(i) < fraction.size() ? fraction[static_cast<std::size_t>(i)] - '0' : 0);
    if (price > kMaxUsdPerMillion * kScale)
        return badPrice("is above 10000 USD per million tokens");
    return price;
}

Result<TokenPrice> tokenPriceOf(double usdPerMillion) {
    if (!std::isfinite(usdPerMillion))
        return badPrice("is not a decimal number such as 0.075");
    if (usdPerMillion < 0)
        return badPrice("is negative");
    if (usdPerMillion > static_cast<double>(kMaxUsdPerMillion))
        return badPrice("is above 10000 USD per million tokens");
    const double scaled = usdPerMillion * static_cast<double>(kScale);
    const double rounded = std::round(scaled);
    // A double is off by at most 2^-53 of its value, so what lies further away had more decimals.
    if (std::abs(scaled - rounded) > scaled * 1e-14 + 1e-9 || (usdPerMillion > 0 && rounded == 0))
        return badPrice("has more than six decimals");
    return static_cast<TokenPrice>(rounded);
}

void CostSum::add(std::optional<std::int64_t> tokens, std::optional<TokenPrice> price) {
    if (tokens == 0 || price == 0)
        return;
    if (!tokens || !price || *tokens < 0 || *tokens > kMaxPricedTokens) {
        m_unknown = true;
        return;
    }
    m_nano += *tokens * (*price / 1000);
    m_pico += *tokens * (*price % 1000);
}

std::optional<NanoUsd> CostSum::total() const {
    if (m_unknown)
        return std::nullopt;
    return m_nano + (m_pico + 500) / 1000;
}

std::string formatUsd(NanoUsd amount) {
    const bool negative = amount < 0;
    const auto magnitude = negative ? 0 - static_cast<std::uint64_t>(amount) : static_cast<std::uint64_t>(amount);
    std::string text =
        fmt::format("{}{}.{:09}", negative ? "-" : "", magnitude / 1'000'000'000, magnitude % 1'000'000'000);
    const std::size_t shortest = text.size() - 7; // two decimals
    while (text.size() > shortest && text.back() == '0')
        text.pop_back();
    return text + " USD";
}

} // namespace patchbay
