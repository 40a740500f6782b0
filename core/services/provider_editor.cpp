#include "services/provider_editor.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/strings.h"
#include "base/worker.h"
#include "services/base_url.h"
#include "services/endpoints.h"
#include "services/known_vendors.h"
#include "storage/config_version_store.h"

namespace patchbay {
namespace {

constexpr std::string_view kModelPlaceholder = "MODEL";

Error notEditable(const std::string& id, ProviderOrigin origin) {
    return makeError(ErrorCode::Permission,
                     origin == ProviderOrigin::UserFile
                         ? fmt::format("provider '{}' stands in your own configuration file", id)
                         : fmt::format("provider '{}' comes from an environment variable", id),
                     origin == ProviderOrigin::UserFile ? "Change it there; here it can be switched off."
                                                        : "Change the variable; here it can be switched off.");
}

Error noSuchProvider(const std::string& id) {
    return makeError(ErrorCode::NotFound, fmt::format("there is no provider '{}'", id), "See the list of providers.");
}

json::value textOrNull(std::string_view text) {
    return text.empty() ? json::value(nullptr) : json::value(json::string(text.data(), text.size()));
}

// A vendor's name on somebody else's host would bring that vendor's quirks and prices along.
std::string_view vendorToWrite(const ProviderDraft& draft) {
    const KnownVendor* vendor = knownVendor(draft.vendor);
    if (vendor == nullptr || draft.baseUrl.empty() || vendor->baseUrl.empty())
        return draft.vendor;
    const bool here = vendor->keyVariable.empty() || vendorAt(draft.baseUrl) == vendor;
    return here ? std::string_view(draft.vendor) : std::string_view();
}

json::object patchOf(const ProviderDraft& draft, const std::optional<SecretRef>& key) {
    const bool responses = draft.format == "openai-responses";
    json::object members{{"format", textOrNull(responses ? "openai" : draft.format)},
                         {"api", textOrNull(responses ? "responses" : "")},
                         {"vendor", textOrNull(vendorToWrite(draft))},
                         {"base_url", textOrNull(trim(draft.baseUrl))},
                         {"key", textOrNull(key ? key->text() : std::string())},
                         {"proxy", textOrNull(trim(draft.proxy))},
                         {"enabled", draft.enabled ? json::value(nullptr) : json::value(false)}};
    return {{"providers", json::object{{draft.id, std::move(members)}}}};
}

const ConfigNode* managedProvider(const ConfigNode& root, std::string_view id) {
    if (const ConfigNode* list = root.find("providers"))
        for (const ConfigNode& element : list->elements)
            if (const ConfigNode* name = element.find("id"); name != nullptr && name->text == id)
                return &element;
    return nullptr;
}

bool isUsed(const Config& config, const SecretRef& reference) {
    return std::any_of(config.providers.begin(), config.providers.end(),
                       [&](const ProviderConfig& provider) { return provider.key == reference; });
}

// "provider.openai", and "provider.openai.2" while the first one is in use.
std::string freeKeyName(const Config& config, const std::string& id) {
    std::string name = "provider." + id;
    for (int i = 2; isUsed(config, {SecretRef::Kind::Vault, name}) || isUsed(config, {SecretRef::Kind::Keychain, name});
         ++i)
        name = fmt::format("provider.{}.{}", id, i);
    return name;
}

} // namespace

Result<std::string> chatUrlOf(WireFormat format, std::string_view baseUrl) {
    const auto parsed = parseBaseUrl(trim(baseUrl));
    if (!parsed)
        return parsed.error();
    if (parsed->scheme != "http" && parsed->scheme != "https")
        return makeError(ErrorCode::Configuration, "must begin with http:// or https://");
    Endpoint endpoint;
    endpoint.format = format;
    endpoint.baseUrl = normalizeBaseUrl(format, trim(baseUrl));
    ChatRequest request;
    request.model = std::string(kModelPlaceholder);
    request.messages.push_back(textMessage(Role::User, "x"));
    request.stream = true;
    auto encoded = clientCodec(format).encodeChat(request, endpoint);
    if (!encoded)
        return encoded.error();
    std::string url = std::move(encoded->url);
    if (const auto at = url.rfind(kModelPlaceholder); at != std::string::npos && at > endpoint.baseUrl.size())
        url.replace(at, kModelPlaceholder.size(), "{model}");
    return url;
}

bool sameHost(std::string_view a, std::string_view b) {
    const auto first = parseBaseUrl(trim(a));
    const auto second = parseBaseUrl(trim(b));
    return first && second && first->scheme == second->scheme && first->host == second->host &&
           first->port == second->port;
}

awaitable<std::vector<ProviderOverview>> ProviderEditor::overview() {
    std::vector<ProviderOverview> list;
    for (const ProviderConfig& provider : m_parts.config.current()->providers) {
        ProviderOverview& entry = list.emplace_back();
        entry.config = provider;
        entry.origin = m_parts.config.originOf(provider.id);
        const auto url = chatUrlOf(provider.format, provider.baseUrl);
        entry.chatUrl = url ? *url : provider.baseUrl;
    }
    co_return co_await runInWorker(m_parts.workers, [list = std::move(list), secrets = m_parts.secrets()]() mutable {
        for (ProviderOverview& entry : list) {
            if (!entry.config.key)
                continue;
            if (const auto key = secrets.resolve(*entry.config.key))
                entry.maskedKey = maskedKey(key->value);
            else
                entry.problem = key.error();
        }
        return std::move(list);
    });
}

std::optional<SecretRef> ProviderEditor::keptReference(const ProviderDraft& draft) const {
    const ProviderConfig* known = m_parts.config.current()->provider(draft.id);
    return draft.isNew || known == nullptr ? std::nullopt : known->key;
}

bool ProviderEditor::forgetsKey(const ProviderDraft& draft) const {
    if (!keptReference(draft) || !draft.key.empty() || !draft.keyReference.empty() || draft.forgetKey)
        return false;
    std::string_view url = draft.baseUrl;
    if (const KnownVendor* vendor = knownVendor(draft.vendor); url.empty() && vendor != nullptr)
        url = vendor->baseUrl;
    return !sameHost(m_parts.config.current()->provider(draft.id)->baseUrl, url);
}

Result<void> ProviderEditor::checkDraft(const ProviderDraft& draft) const {
    const ProviderConfig* known = m_parts.config.current()->provider(draft.id);
    if (draft.isNew && known != nullptr)
        return makeError(ErrorCode::Conflict, fmt::format("there is a provider '{}' already", draft.id),
                         "Choose another name.");
    if (!draft.isNew && known == nullptr)
        return noSuchProvider(draft.id);
    if (const ProviderOrigin origin = m_parts.config.originOf(draft.id);
        !draft.isNew && origin != ProviderOrigin::Managed)
        return notEditable(draft.id, origin);
    if (!draft.keyReference.empty())
        if (const auto parsed = parseSecretRef(draft.keyReference); !parsed)
            return makeError(ErrorCode::InvalidRequest, "the key " + parsed.error().message, parsed.error().hint);
    return {};
}

Result<ProviderEditor::Checked> ProviderEditor::prepare(const ProviderDraft& draft,
                                                        const std::optional<SecretRef>& key) const {
    auto change = m_parts.config.prepareManaged(patchOf(draft, key));
    if (!change)
        return change.error();
    const ProviderConfig* made = change->loaded.config->provider(draft.id);
    if (made == nullptr)
        return makeError(ErrorCode::InvalidRequest, fmt::format("'{}' cannot be used as a name", draft.id),
                         "Use letters, digits, '.', '_' and '-'.");
    ProviderConfig provider = *made;
    return Checked{std::move(*change), std::move(provider)};
}

awaitable<Result<ProviderSaved>> ProviderEditor::save(ProviderDraft draft, std::string author) {
    const auto guard = co_await m_mutex.lock();
    if (const auto good = checkDraft(draft); !good)
        co_return good.error();
    ProviderSaved saved{.id = draft.id, .keyForgotten = forgetsKey(draft), .key = std::nullopt};
    const std::optional<SecretRef> old = keptReference(draft);
    std::optional<SecretRef> key = draft.forgetKey || saved.keyForgotten ? std::nullopt : old;
    if (!draft.keyReference.empty())
        key = parseSecretRef(draft.keyReference).value();
    if (!draft.key.empty()) {
        // The draft is checked before its key is kept anywhere.
        if (const auto checked = prepare(draft, SecretRef{SecretRef::Kind::Vault, "checked"}); !checked)
            co_return checked.error();
        // Another name than the old key's: whatever fails below, the old configuration still has the old key.
        const std::string name = freeKeyName(*m_parts.config.current(), draft.id);
        auto kept = co_await runInWorker(
            m_parts.workers, [keys = m_parts.keys, name, value = draft.key] { return keys->keep(name, value); });
        if (!kept)
            co_return kept.error();
        key = kept->reference;
        saved.key = std::move(*kept);
    }
    auto checked = prepare(draft, key);
    Result<void> done = checked ? Result<void>() : Result<void>(checked.error());
    if (checked)
        done = co_await commit(std::move(checked->change), std::move(author),
                               (draft.isNew ? "add provider " : "change provider ") + draft.id);
    if (!done) {
        if (saved.key)
            (void)co_await forget(saved.key->reference);
        co_return done.error();
    }
    if (old && old != key)
        if (const auto forgotten = co_await forget(*old); !forgotten)
            m_parts.log.warning("old_key_kept", {{"key", old->text()}, {"error", forgotten.error().message}});
    co_return saved;
}

awaitable<Result<void>> ProviderEditor::remove(std::string id, std::string author) {
    const auto guard = co_await m_mutex.lock();
    const ProviderConfig* known = m_parts.config.current()->provider(id);
    if (known == nullptr)
        co_return noSuchProvider(id);
    if (const ProviderOrigin origin = m_parts.config.originOf(id); origin != ProviderOrigin::Managed)
        co_return notEditable(id, origin);
    const std::optional<SecretRef> key = known->key;
    auto change = m_parts.config.prepareManaged({{"providers", json::object{{id, nullptr}}}});
    if (!change)
        co_return change.error();
    if (auto done = co_await commit(std::move(*change), std::move(author), "remove provider " + id); !done)
        co_return done;
    if (key)
        co_return co_await forget(*key);
    co_return Result<void>();
}

awaitable<Result<void>> ProviderEditor::setEnabled(std::string id, bool enabled, std::string author) {
    const auto guard = co_await m_mutex.lock();
    if (m_parts.config.current()->provider(id) == nullptr)
        co_return noSuchProvider(id);
    auto tree = m_parts.config.managedTree();
    if (!tree)
        co_return tree.error();
    // An entry that is nothing but this switch goes when the switch says what the other layers say anyway.
    const ConfigNode* entry = managedProvider(*tree, id);
    const bool onlySwitch = entry != nullptr && entry->members.size() == (entry->find("enabled") ? 2U : 1U);
    json::value patch = json::object{{"enabled", enabled}};
    if (m_parts.config.originOf(id) == ProviderOrigin::Managed)
        patch = json::object{{"enabled", enabled ? json::value(nullptr) : json::value(false)}};
    else if (onlySwitch)
        patch = nullptr;
    auto change = m_parts.config.prepareManaged({{"providers", json::object{{id, patch}}}});
    if (change && change->loaded.config->provider(id)->enabled != enabled)
        change = m_parts.config.prepareManaged({{"providers", json::object{{id, json::object{{"enabled", enabled}}}}}});
    if (!change)
        co_return change.error();
    co_return co_await commit(std::move(*change), std::move(author),
                              fmt::format("{} provider {}", enabled ? "enable" : "disable", id));
}

awaitable<Result<std::shared_ptr<const Endpoint>>> ProviderEditor::endpointOf(ProviderDraft draft) {
    const ProviderOrigin origin = m_parts.config.originOf(draft.id);
    const ProviderConfig* known = m_parts.config.current()->provider(draft.id);
    ProviderConfig provider;
    if (!draft.isNew && known != nullptr && origin != ProviderOrigin::Managed)
        provider = *known; // read only: it is tried as it stands
    else {
        if (const auto good = checkDraft(draft); !good)
            co_return good.error();
        std::optional<SecretRef> key =
            draft.forgetKey || !draft.key.empty() || forgetsKey(draft) ? std::nullopt : keptReference(draft);
        if (!draft.keyReference.empty())
            key = parseSecretRef(draft.keyReference).value();
        draft.enabled = true;
        auto checked = prepare(draft, key);
        if (!checked)
            co_return checked.error();
        provider = std::move(checked->provider);
    }
    using Made = Result<std::shared_ptr<const Endpoint>>;
    co_return co_await runInWorker(
        m_parts.workers,
        [provider = std::move(provider), secrets = m_parts.secrets(), key = std::move(draft.key)]() -> Made {
            auto endpoint = buildEndpoint(provider, secrets);
            if (!endpoint)
                return endpoint.error();
            if (!key.empty())
                endpoint->key = std::string(trim(key.reveal()));
            return std::make_shared<const Endpoint>(std::move(*endpoint));
        });
}

awaitable<bool> ProviderEditor::keychainWorks() {
    return runInWorker(m_parts.workers, [keys = m_parts.keys] { return keys->keychainWorks(); });
}

awaitable<Result<void>> ProviderEditor::commit(ManagedChange change, std::string author, std::string note) {
    auto written = co_await runInWorker(
        m_parts.workers, [places = m_parts.config.sources().places, text = change.text] {
            return ConfigStore::writeManaged(places, text);
        });
    if (!written)
        co_return written;
    const std::string text = change.text;
    m_parts.config.adoptManaged(std::move(change));
    co_await m_parts.reload();
    if (m_parts.versions != nullptr) {
        const auto kept =
            co_await m_parts.versions->add({.createdAt = toUnixMilliseconds(m_parts.clock.wallNow()),
                                            .author = std::move(author),
                                            .note = std::move(note),
                                            .content = text});
        if (!kept) // the change itself holds
            m_parts.log.warning("configuration_version_not_kept", {{"error", kept.error().message}});
    }
    co_return Result<void>();
}

awaitable<Result<void>> ProviderEditor::forget(SecretRef reference) {
    if (isUsed(*m_parts.config.current(), reference)) // two providers may share a key
        co_return Result<void>();
    co_return co_await runInWorker(m_parts.workers,
                                   [keys = m_parts.keys, reference] { return keys->forget(reference); });
}

} // namespace patchbay
