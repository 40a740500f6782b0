// Where keys that the app is given are put: the system's keychain, and the vault (an encrypted file) where there is no
// keychain or it does not open. Environment variables and files belong to the user and are never touched.
#pragma once

#include <memory>
#include <string>

#include "services/secrets.h"

namespace patchbay {

struct KeptKey {
    SecretRef reference;
    std::string note; ///< why it is not in the keychain; empty where it is
};

class KeyStore {
public:
    KeyStore(std::shared_ptr<Keychain> keychain, std::shared_ptr<Vault> vault)
        : m_keychain(std::move(keychain)), m_vault(std::move(vault)) {}

    // All of these may wait for a disk, a key derivation or a person: call from a worker.

    /// Replaces what is kept under that name. The value is trimmed. Errors: InvalidRequest (empty, more than one line),
    /// what the vault says.
    Result<KeptKey> keep(const std::string& name, const Secret& value);
    /// Forgets a key of ours; what is not there, or is not ours, is no error.
    Result<void> forget(const SecretRef& reference);
    /// Tries out whether the keychain can be used, without asking the person for anything where the system allows it.
    bool keychainWorks();

private:
    std::shared_ptr<Keychain> m_keychain;
    std::shared_ptr<Vault> m_vault;
};

/// "••••4f2a": enough to tell two keys apart. Short ones show nothing.
std::string maskedKey(const Secret& key);

} // namespace patchbay
