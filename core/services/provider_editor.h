// Adding, changing, switching off, removing and trying out providers, for the app and the API. Changes go to
// managed.toml (kept as versions in the database) after the whole configuration was checked, keys to the KeyStore. What
// the user's own file or the environment says is read only here, and can be switched off.
//
// A key belongs to the host it was given for: a provider that is saved with another scheme, host or port and without a
// new key loses its key, so that nobody can have it sent elsewhere by changing a URL.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "base/async_mutex.h"
#include "base/clock.h"
#include "base/log.h"
#include "services/config_store.h"
#include "services/key_store.h"

namespace patchbay {

class ConfigVersionStore;

struct ProviderDraft {
    std::string id;           ///< of the provider that is changed, or of the new one
    bool isNew = false;       ///< then the id must be free
    std::string format;       ///< a name of wireFormatName()
    std::string vendor;       ///< as in knownVendors(); empty = by the host
    std::string baseUrl;      ///< empty = the vendor's usual one
    std::string proxy;        ///< URL or "none"; empty = the system's
    Secret key;               ///< a new key; empty = as it is
    std::string keyReference; ///< "env:NAME" and so on instead of a key; empty = as it is
    bool forgetKey = false;
    bool enabled = true;
};

struct ProviderSaved {
    std::string id;
    bool keyForgotten = false;    ///< the host changed
    std::optional<KeptKey> key;   ///< where the new key went
};

/// One provider for a list; holds no secret.
struct ProviderOverview {
    ProviderConfig config;
    ProviderOrigin origin = ProviderOrigin::Managed;
    std::string chatUrl;           ///< what chatUrlOf says
    std::string maskedKey;         ///< see maskedKey(); empty where there is no key or it cannot be read
    std::optional<Error> problem;  ///< why its key cannot be read
};

class ProviderEditor {
public:
    struct Parts {
        ConfigStore& config;
        asio::any_io_executor executor;
        asio::thread_pool& workers; ///< of one thread: the vault is not for two at once
        Clock& clock;
        Log& log;
        std::shared_ptr<KeyStore> keys;
        std::function<Secrets()> secrets;
        std::function<awaitable<void>()> reload; ///< the configuration has changed
        ConfigVersionStore* versions = nullptr;  ///< nullptr without storage
    };
    explicit ProviderEditor(Parts parts) : m_parts(std::move(parts)), m_mutex(m_parts.executor) {}

    awaitable<std::vector<ProviderOverview>> overview();
    /// Errors: InvalidRequest (every problem of the draft), Conflict (the id is taken), Permission (it is not managed
    /// here), NotFound, what files and stores of keys say; then nothing has changed.
    awaitable<Result<ProviderSaved>> save(ProviderDraft draft, std::string author);
    /// Removes a managed provider and forgets its key.
    awaitable<Result<void>> remove(std::string id, std::string author);
    awaitable<Result<void>> setEnabled(std::string id, bool enabled, std::string author);
    /// The draft as it would be asked, key included; saves nothing. For tryProvider.
    awaitable<Result<std::shared_ptr<const Endpoint>>> endpointOf(ProviderDraft draft);
    /// Whether saving this forgets the key that is kept.
    bool forgetsKey(const ProviderDraft& draft) const;
    awaitable<bool> keychainWorks();

private:
    struct Checked {
        ManagedChange change;
        ProviderConfig provider;
    };
    Result<void> checkDraft(const ProviderDraft& draft) const;
    Result<Checked> prepare(const ProviderDraft& draft, const std::optional<SecretRef>& key) const;
    std::optional<SecretRef> keptReference(const ProviderDraft& draft) const;
    awaitable<Result<void>> commit(ManagedChange change, std::string author, std::string note);
    awaitable<Result<void>> forget(SecretRef reference);

    Parts m_parts;
    AsyncMutex m_mutex;
};

/// The URL that a chat call of that format goes to, with "{model}" where the model's name stands in it. Errors
/// (Configuration) read as the end of "base_url …".
Result<std::string> chatUrlOf(WireFormat format, std::string_view baseUrl);
/// Scheme, host and port are the same.
bool sameHost(std::string_view a, std::string_view b);

} // namespace patchbay
