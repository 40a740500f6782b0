// What is known of the vendors' models: prices, limits, capabilities. The list is compiled into the program
// (resources/catalog/prices.json) and a file of the user's may replace or add rows. A file with any mistake is refused
// as a whole: half a price list would price the other half wrongly.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "catalog/model_price.h"

namespace patchbay {

/// nullopt = nobody says: worth a try, not a no.
struct ModelCapabilities {
    std::optional<bool> tools;
    std::optional<bool> vision;
    std::optional<bool> jsonSchema;
    std::optional<bool> reasoning;
    bool operator==(const ModelCapabilities&) const = default;
};

struct CatalogModel {
    std::string provider;           ///< the catalogue's name of the vendor: "openai", "google", "ollama", …
    std::string id;                 ///< the vendor's model id; "*" stands for every model of a local runtime
    std::vector<ModelPrice> prices; ///< by effectiveFrom, oldest first; never empty
    ModelCapabilities supports;
    std::optional<std::int64_t> contextWindow;
    std::optional<std::int64_t> maxOutput;
    std::optional<WallTime> released;
    std::optional<WallTime> deactivated; ///< the vendor stopped serving it; kept so that old calls can be priced
    bool local = false;                  ///< runs on the user's own machine

    /// The price in force at that time; nullptr before the first one.
    const ModelPrice* priceAt(WallTime when) const;
};

class Catalog {
public:
    /// An empty catalogue: everything is unknown.
    Catalog() = default;
    /// Reads a price file's text. `source` names it in errors (Configuration), which list every mistake.
    static Result<Catalog> parse(std::string_view text, std::string_view source);
    /// The list that is compiled in.
    static Catalog builtin();
    /// The built-in list with the user's rows over it: a row replaces all rows of the same provider and id.
    static Result<Catalog> withOverrides(std::string_view text, std::string_view source);

    /// `provider` is a vendor's name, `model` the id as it is sent or as the vendor answered. Looked up in this order:
    /// the exact id; the id without its date ("gpt-4o-2024-08-06" is gpt-4o, "claude-sonnet-4-20250514" is
    /// claude-sonnet-4-0); for an undated or "-latest" id the newest dated row; the runtime's "*". A dated id that is
    /// not listed never takes another date's row. nullptr when unknown.
    const CatalogModel* find(std::string_view provider, std::string_view model) const;
    /// The price of a call at that time, or nullopt.
    std::optional<ModelPrice> price(std::string_view provider, std::string_view model, WallTime when) const;

    const std::vector<CatalogModel>& models() const { return m_models; }
    /// Day on which the prices were looked up, as the file says; may be empty.
    const std::string& asOf() const { return m_asOf; }

private:
    friend class CatalogReader;
    void add(CatalogModel model);
    void index();
    const CatalogModel* exact(std::string_view provider, std::string_view model) const;

    std::vector<CatalogModel> m_models;
    std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> m_byId;
    /// Undated id -> the newest dated row.
    std::map<std::pair<std::string, std::string>, std::size_t, std::less<>> m_newest;
    std::string m_asOf;
};

/// The catalogue's name of a vendor: "gemini" is "google", "llamacpp" is "llama.cpp", others are themselves.
std::string_view catalogProviderName(std::string_view vendor);

/// The model id without a trailing date ("-20250929", "-2024-08-06", "@20250929", "-2512"); the same view if it has
/// none.
std::string_view withoutDate(std::string_view model);

} // namespace patchbay
