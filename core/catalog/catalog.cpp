#include "catalog/catalog.h"

#include <algorithm>
#include <array>

namespace patchbay {

std::string_view builtinPricesText(); // compiled in from resources/catalog/prices.json

namespace {

bool digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether the last pieces are -YYYY-MM-DD.
bool hasDashedDate(std::string_view model) {
    if (model.size() < 12)
        return false;
    const std::string_view date = model.substr(model.size() - 11);
    return date[0] == '-' && date[5] == '-' && date[8] == '-' && digits(date.substr(1, 4)) &&
           digits(date.substr(6, 2)) && digits(date.substr(9));
}

// Mistral's -YYMM. Other four-digit endings ("gpt-3.5-turbo-0613") are month and day, equally a date.
bool isShortDate(std::string_view text) {
    return text.size() == 4 && digits(text);
}

std::string_view withoutLatest(std::string_view model) {
    constexpr std::string_view kLatest = "-latest";
    return model.ends_with(kLatest) ? model.substr(0, model.size() - kLatest.size()) : model;
}

// Cloud models that an Ollama server passes on are billed by ollama.com, not free like the local ones.
bool isOllamaCloud(std::string_view provider, std::string_view model) {
    return provider == "ollama" && (model.ends_with("-cloud") || model.ends_with(":cloud"));
}

} // namespace

std::string_view withoutDate(std::string_view model) {
    if (hasDashedDate(model))
        return model.substr(0, model.size() - 11);
    const auto cut = model.find_last_of("-@");
    if (cut == std::string_view::npos || cut == 0)
        return model;
    const std::string_view tail = model.substr(cut + 1);
    const bool longDate = tail.size() == 8 && digits(tail) && tail.starts_with("20");
    return longDate || isShortDate(tail) ? model.substr(0, cut) : model;
}

std::string_view catalogProviderName(std::string_view vendor) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kNames{{
        {"gemini", "google"},
        {"llamacpp", "llama.cpp"},
        {"dashscope", "alibaba"},
        {"qwen", "alibaba"},
        {"moonshotai", "moonshot"},
        {"zhipu", "zai"},
        {"x.ai", "xai"},
    }};
    for (const auto& [name, known] : kNames)
        if (name == vendor)
            return known;
    return vendor;
}

const ModelPrice* CatalogModel::priceAt(WallTime when) const {
    const ModelPrice* found = nullptr;
    for (const ModelPrice& price : prices)
        if (!price.effectiveFrom || *price.effectiveFrom <= when)
            found = &price;
    return found;
}

Catalog Catalog::builtin() {
    // A mistake in the compiled-in list is a defect of the build; the tests read it.
    auto catalog = parse(builtinPricesText(), "the built-in price list");
    return std::move(catalog.value());
}

Result<Catalog> Catalog::withOverrides(std::string_view text, std::string_view source) {
    auto overrides = parse(text, source);
    if (!overrides)
        return overrides.error();
    Catalog catalog = builtin();
    for (CatalogModel& model : overrides->m_models)
        catalog.add(std::move(model));
    catalog.index();
    return catalog;
}

void Catalog::add(CatalogModel model) {
    const auto same = std::find_if(m_models.begin(), m_models.end(), [&](const CatalogModel& known) {
        return known.provider == model.provider && known.id == model.id;
    });
    if (same == m_models.end())
        m_models.push_back(std::move(model));
    else
        *same = std::move(model);
}

void Catalog::index() {
    m_byId.clear();
    m_newest.clear();
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        const CatalogModel& model = m_models[i];
        m_byId.insert_or_assign({model.provider, model.id}, i);
        const std::string_view undated = withoutDate(model.id);
        if (undated.size() == model.id.size())
            continue;
        const auto [place, fresh] = m_newest.try_emplace({model.provider, std::string(undated)}, i);
        // Dates of one vendor have one form, so the text order is the order of time.
        if (!fresh && m_models[place->second].id < model.id)
            place->second = i;
    }
}

const CatalogModel* Catalog::exact(std::string_view provider, std::string_view model) const {
    const auto found = m_byId.find(std::pair<std::string, std::string>(provider, model));
    return found == m_byId.end() ? nullptr : &m_models[found->second];
}

const CatalogModel* Catalog::find(std::string_view provider, std::string_view model) const {
    provider = catalogProviderName(provider);
    if (provider == "google" && model.starts_with("models/"))
        model.remove_prefix(7);
    if (const CatalogModel* listed = exact(provider, model); listed != nullptr && model != "*")
        return listed;
    const std::string_view named = withoutLatest(model);
    const std::string_view undated = withoutDate(named);
    if (undated.size() != named.size()) {
        if (const CatalogModel* listed = exact(provider, undated))
            return listed;
        if (const CatalogModel* listed = exact(provider, std::string(undated) + "-0");
            listed && provider == "anthropic")
            return listed;
    } else {
        if (const CatalogModel* listed = exact(provider, named))
            return listed;
        const auto newest = m_newest.find(std::pair<std::string, std::string>(provider, named));
        if (newest != m_newest.end())
            return &m_models[newest->second];
    }
    return isOllamaCloud(provider, model) ? nullptr : exact(provider, "*");
}

std::optional<ModelPrice> Catalog::price(std::string_view provider, std::string_view model, WallTime when) const {
    const CatalogModel* known = find(provider, model);
    const ModelPrice* price = known == nullptr ? nullptr : known->priceAt(when);
    return price == nullptr ? std::nullopt : std::optional(*price);
}

} // namespace patchbay
