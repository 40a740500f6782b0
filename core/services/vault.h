// Secrets in an encrypted file, for machines without a keychain. vault.json holds one XChaCha20-Poly1305 box per entry
// (libsodium; the entry's name is authenticated with it, so that boxes cannot change places). The key comes from a
// passphrase (argon2id) or, where none is set, from vault.key beside it, made at first use and readable by its owner
// only: that protects backups and copies of the file alone, not against who can read both.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "services/secret.h"

namespace patchbay {

class Vault {
public:
    struct Options {
        std::string file;                 ///< vault.json
        std::string keyFile;              ///< vault.key
        std::optional<Secret> passphrase; ///< PATCHBAY_VAULT_PASSPHRASE
    };
    /// Deriving a key takes about 0.1 s once per vault and process: call from a worker, not from the engine thread.
    explicit Vault(Options options) : m_options(std::move(options)) {}

    /// Errors: NotFound (no such entry, or no vault); Authentication (wrong passphrase or key); Corrupt; Permission.
    Result<Secret> get(std::string_view name);
    /// Makes the vault at first use.
    Result<void> set(std::string_view name, const Secret& value);
    /// NotFound when there is no such entry.
    Result<void> remove(std::string_view name);
    /// Names in order. An absent vault has none. Needs no key.
    Result<std::vector<std::string>> list() const;

private:
    Result<json::object> load() const;
    Result<void> save(const json::object& vault) const;
    Result<json::object> create();
    Result<Secret> keyOf(const json::object& vault);
    Result<Secret> derivedKey(const json::object& kdf);
    Result<Secret> keyFromFile(bool mayCreate) const;

    Options m_options;
    Secret m_key;          // the key in use
    std::string m_keyTest; // the vault's check box that m_key opened
};

} // namespace patchbay
