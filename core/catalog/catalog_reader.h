// Reads price files (schema patchbay/prices/1) and fills in the rates that follow from others. Collects every mistake,
// so that one look at the message is enough to mend a file.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalog/catalog.h"

namespace patchbay {

/// Rates that a list does not name: a write that it leaves out in a tier or peak keeps its ratio to the input price;
/// what has no rate of its own is billed as input. Anthropic's published multipliers hold for Anthropic: reads 0.1,
/// writes 1.25, one-hour writes 2 times the input price.
TokenRates completeRates(TokenRates rates, const TokenRates* base, bool anthropic);

class CatalogReader {
public:
    explicit CatalogReader(std::string_view source) : m_source(source) {}
    Result<Catalog> read(std::string_view text);

private:
    void readRow(const json::value& value);
    ModelPrice readPrice(const json::object& row, bool anthropic);
    TokenRates readRates(const json::object& object);
    std::optional<PeakRates> readPeak(const json::object& object, const TokenRates& base, bool anthropic);
    std::optional<TokenPrice> price(const json::object& object, std::string_view key, bool required = false);
    std::optional<std::int64_t> count(const json::object& object, std::string_view key);
    std::optional<WallTime> date(const json::object& object, std::string_view key);
    std::optional<bool> flag(const json::object& object, std::string_view key);
    void onlyKeys(const json::object& object, std::initializer_list<std::string_view> known, std::string_view where);
    void join(CatalogModel model);
    void problem(std::string text);

    std::string m_source;
    std::string m_row; // how the row at hand is called in messages
    std::vector<std::string> m_problems;
    Catalog m_catalog;
    std::size_t m_problemCount = 0;
};

} // namespace patchbay
