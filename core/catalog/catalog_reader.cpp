#include "catalog/catalog_reader.h"

#include <algorithm>

#include <fmt/format.h>

namespace patchbay {
namespace {

constexpr std::string_view kSchema = "patchbay/prices/1";
constexpr std::size_t kShownProblems = 10;

// price * factor / divisor, half up, by long multiplication: the product itself may not fit into 64 bits.
std::optional<TokenPrice> scaled(std::optional<TokenPrice> price, TokenPrice factor, TokenPrice divisor) {
    if (!price || divisor <= 0)
        return std::nullopt;
    TokenPrice quotient = 0;
    TokenPrice remainder = 0;
    for (const char digit : std::to_string(factor)) {
        remainder = remainder * 10 + *price * (digit - '0');
        quotient = quotient * 10 + remainder / divisor;
        remainder %= divisor;
        if (quotient > kMaxUsdPerMillion * 1'000'000)
            return std::nullopt;
    }
    return quotient + (remainder >= divisor - remainder ? 1 : 0);
}

} // namespace

TokenRates completeRates(TokenRates rates, const TokenRates* base, bool anthropic) {
    if (!rates.input)
        return rates;
    const auto follow = [&](std::optional<TokenPrice>& rate, std::optional<TokenPrice> TokenRates::* member,
                            std::int64_t percent) {
        if (rate)
            return;
        if (base != nullptr && base->input && *base->input > 0)
            rate = scaled(base->*member, *rates.input, *base->input);
        if (!rate && anthropic)
            rate = scaled(*rates.input, percent, 100);
    };
    follow(rates.cacheRead, &TokenRates::cacheRead, 10);
    follow(rates.cacheWrite, &TokenRates::cacheWrite, 125);
    follow(rates.cacheWrite1h, &TokenRates::cacheWrite1h, 200);
    if (!rates.cacheRead)
        rates.cacheRead = rates.input;
    if (!rates.cacheWrite)
        rates.cacheWrite = rates.input;
    if (!rates.cacheWrite1h)
        rates.cacheWrite1h = rates.cacheWrite;
    return rates;
}

Result<Catalog> Catalog::parse(std::string_view text, std::string_view source) {
    return CatalogReader(source).read(text);
}

Result<Catalog> CatalogReader::read(std::string_view text) {
    const auto root = parseJsonObject(text);
    if (!root)
        return makeError(ErrorCode::Configuration, fmt::format("{}: {}", m_source, root.error().message),
                         "Mend the price file or remove it; until then no price of it is used.");
    onlyKeys(*root, {"header", "count", "models"}, "the file");
    if (const json::object* header = findObject(*root, "header")) {
        if (const auto schema = findString(*header, "schema"); schema && *schema != kSchema)
            problem(fmt::format("schema is '{}', this version reads '{}'", *schema, kSchema));
        if (const auto currency = findString(*header, "currency"); currency && *currency != "USD")
            problem(fmt::format("currency is '{}', only USD is understood", *currency));
        if (const auto unit = findString(*header, "unit"); unit && *unit != "per 1M tokens")
            problem(fmt::format("unit is '{}', only 'per 1M tokens' is understood", *unit));
        m_catalog.m_asOf = std::string(stringOr(*header, "as_of"));
    }
    const json::array* models = findArray(*root, "models");
    if (models == nullptr)
        problem("has no list 'models'");
    else
        for (std::size_t i = 0; i < models->size(); ++i) {
            m_row = fmt::format("models[{}]", i);
            readRow((*models)[i]);
        }
    if (const auto count = findInt(*root, "count");
        count && models != nullptr && std::cmp_not_equal(*count, models->size()))
        problem(fmt::format("count says {} models but there are {}: the file may be cut", *count, models->size()));
    if (m_problemCount > 0) {
        if (m_problemCount > m_problems.size())
            m_problems.push_back(fmt::format("… and {} more", m_problemCount - m_problems.size()));
        return makeError(ErrorCode::Configuration,
                         fmt::format("{} is refused: {}", m_source, fmt::join(m_problems, "; ")),
                         "Mend the price file or remove it; until then no price of it is used.");
    }
    m_catalog.index();
    return std::move(m_catalog);
}

void CatalogReader::readRow(const json::value& value) {
    const json::object* row = value.if_object();
    if (row == nullptr)
        return problem(m_row + " is not an object");
    CatalogModel model;
    model.provider = std::string(stringOr(*row, "provider"));
    model.id = std::string(stringOr(*row, "id"));
    if (model.provider.empty() || model.id.empty())
        return problem(m_row + " needs a text 'id' and a text 'provider'");
    m_row = fmt::format("{}/{}", model.provider, model.id);
    onlyKeys(*row,
             {"id", "provider", "input", "output", "cache_read", "cache_write", "cache_write_1h", "tier", "peak",
              "effective_from", "context", "max_output", "supports", "released", "deactivated", "local", "src", "note",
              "conflict"},
             m_row);
    model.prices.push_back(readPrice(*row, model.provider == "anthropic"));
    model.contextWindow = count(*row, "context");
    model.maxOutput = count(*row, "max_output");
    model.released = date(*row, "released");
    model.deactivated = date(*row, "deactivated");
    model.local = flag(*row, "local").value_or(false);
    if (const json::object* supports = findObject(*row, "supports")) {
        onlyKeys(*supports, {"tools", "vision", "json_schema", "reasoning"}, m_row + ".supports");
        model.supports = {.tools = flag(*supports, "tools"),
                          .vision = flag(*supports, "vision"),
                          .jsonSchema = flag(*supports, "json_schema"),
                          .reasoning = flag(*supports, "reasoning")};
    } else if (find(*row, "supports") != nullptr)
        problem(m_row + ": 'supports' is not an object");
    join(std::move(model));
}

ModelPrice CatalogReader::readPrice(const json::object& row, bool anthropic) {
    ModelPrice result;
    const TokenRates named = readRates(row);
    result.base = completeRates(named, nullptr, anthropic);
    result.effectiveFrom = date(row, "effective_from");
    const json::value* tier = find(row, "tier");
    const json::value* peak = find(row, "peak");
    if (tier != nullptr && peak != nullptr)
        problem(m_row + " has both a tier and a peak; how the two combine is not defined");
    if (tier != nullptr) {
        const json::object* object = tier->if_object();
        const auto above = object == nullptr ? std::nullopt : count(*object, "above_input_tokens");
        if (!above)
            problem(m_row + ": 'tier' needs 'above_input_tokens'");
        else {
            onlyKeys(*object, {"above_input_tokens", "input", "output", "cache_read", "cache_write", "cache_write_1h"},
                     m_row + ".tier");
            result.tier = PriceTier{*above, completeRates(readRates(*object), &named, anthropic)};
        }
    }
    if (peak != nullptr) {
        if (const json::object* object = peak->if_object())
            result.peak = readPeak(*object, named, anthropic);
        else
            problem(m_row + ": 'peak' is not an object");
    }
    return result;
}

TokenRates CatalogReader::readRates(const json::object& object) {
    return {.input = price(object, "input", true),
            .output = price(object, "output", true),
            .cacheRead = price(object, "cache_read"),
            .cacheWrite = price(object, "cache_write"),
            .cacheWrite1h = price(object, "cache_write_1h")};
}

std::optional<PeakRates> CatalogReader::readPeak(const json::object& object, const TokenRates& base, bool anthropic) {
    onlyKeys(object,
             {"utc", "input", "output", "cache_read", "cache_write", "cache_write_1h",
              "weekends_off_peak_utc_offset_hours", "note"},
             m_row + ".peak");
    PeakRates peak;
    peak.rates = completeRates(readRates(object), &base, anthropic);
    if (const json::array* windows = findArray(object, "utc"))
        for (const json::value& window : *windows) {
            const auto parsed = window.is_string() ? parseDailyWindow(toView(window.get_string())) : std::nullopt;
            if (parsed)
                peak.windows.push_back(*parsed);
            else
                problem(m_row + ": a window of 'peak.utc' is not of the form \"01:00-04:00\"");
        }
    if (peak.windows.empty())
        problem(m_row + ": 'peak' needs a list 'utc' of daily windows");
    if (const json::value* offset = find(object, "weekends_off_peak_utc_offset_hours")) {
        const auto hours = findInt(object, "weekends_off_peak_utc_offset_hours");
        if (!hours || *hours < -12 || *hours > 14 || offset->is_bool())
            problem(m_row + ": 'weekends_off_peak_utc_offset_hours' is not a whole number from -12 to 14");
        else
            peak.weekendsOffUtcOffset = static_cast<int>(*hours);
    }
    return peak;
}

// null means "no rate is published"; a missing input or output is a slip, not an unknown.
std::optional<TokenPrice> CatalogReader::price(const json::object& object, std::string_view key, bool required) {
    const json::value* value = object.if_contains(key);
    if (value == nullptr && required)
        problem(fmt::format("{}: '{}' is missing (null where it is unknown)", m_row, key));
    if (value == nullptr || value->is_null())
        return std::nullopt;
    Result<TokenPrice> parsed = makeError(ErrorCode::InvalidRequest, "is not a number");
    if (value->is_string())
        parsed = parseTokenPrice(toView(value->get_string()));
    else if (value->is_number())
        parsed = tokenPriceOf(value->to_number<double>());
    if (parsed)
        return *parsed;
    problem(fmt::format("{}: '{}' {}", m_row, key, parsed.error().message));
    return std::nullopt;
}

std::optional<std::int64_t> CatalogReader::count(const json::object& object, std::string_view key) {
    if (find(object, key) == nullptr)
        return std::nullopt;
    const auto value = findInt(object, key);
    if (value && *value > 0)
        return value;
    problem(fmt::format("{}: '{}' is not a positive whole number", m_row, key));
    return std::nullopt;
}

std::optional<WallTime> CatalogReader::date(const json::object& object, std::string_view key) {
    if (find(object, key) == nullptr)
        return std::nullopt;
    std::string text(stringOr(object, key));
    if (text.size() == 7) // only the month is known
        text += "-01";
    const auto day = parseDate(text);
    if (!day)
        problem(fmt::format("{}: '{}' is not a date such as 2026-11-22", m_row, key));
    return day;
}

std::optional<bool> CatalogReader::flag(const json::object& object, std::string_view key) {
    const auto value = findBool(object, key);
    if (!value && find(object, key) != nullptr)
        problem(fmt::format("{}: '{}' is not true, false or null", m_row, key));
    return value;
}

void CatalogReader::onlyKeys(const json::object& object, std::initializer_list<std::string_view> known,
                             std::string_view where) {
    for (const auto& member : object)
        if (std::find(known.begin(), known.end(), toView(member.key())) == known.end())
            problem(fmt::format("{}: unknown key '{}'", where, toView(member.key())));
}

// Rows of one model with different dates are its price history.
void CatalogReader::join(CatalogModel model) {
    auto& models = m_catalog.m_models;
    const auto same = std::find_if(models.begin(), models.end(), [&](const CatalogModel& known) {
        return known.provider == model.provider && known.id == model.id;
    });
    if (same == models.end()) {
        models.push_back(std::move(model));
        return;
    }
    std::vector<ModelPrice> history = std::move(same->prices);
    const auto from = model.prices.front().effectiveFrom;
    for (const ModelPrice& price : history)
        if (price.effectiveFrom == from)
            problem(m_row + " stands there twice with the same 'effective_from'");
    history.push_back(model.prices.front());
    std::sort(history.begin(), history.end(),
                     [](const ModelPrice& a, const ModelPrice& b) { return a.effectiveFrom < b.effectiveFrom; });
    // Limits and capabilities of the row with the newest price.
    if (history.back() == model.prices.front())
        *same = std::move(model);
    same->prices = std::move(history);
}

void CatalogReader::problem(std::string text) {
    ++m_problemCount;
    if (m_problems.size() < kShownProblems)
        m_problems.push_back(std::move(text));
}

} // namespace patchbay
