// Turns references into secrets: environment variables, files (systemd credentials, container secrets), the operating
// system's keychain, and the vault.
#pragma once

#include <memory>
#include <string>

#include "base/environment.h"
#include "services/places.h"
#include "services/secret.h"
#include "services/vault.h"

namespace patchbay {

/// The operating system's store of passwords. The headless build has none; the desktop brings one. All of it may wait
/// for a person who unlocks the store: call from a worker, not from the engine thread.
class Keychain {
public:
    virtual ~Keychain() = default;
    /// Errors: NotFound (no such entry); Unsupported (there is no keychain); Unavailable, Permission (it does not open).
    virtual Result<Secret> get(const std::string& name) = 0;
    /// Errors as get(). A keychain that cannot keep secrets encrypted refuses.
    virtual Result<void> set(const std::string& name, const Secret& value) = 0;
    /// Errors as get().
    virtual Result<void> remove(const std::string& name) = 0;
};

/// Says clearly that there is no keychain and what to use instead.
class NoKeychain final : public Keychain {
public:
    Result<Secret> get(const std::string& name) override;
    Result<void> set(const std::string& name, const Secret& value) override;
    Result<void> remove(const std::string& name) override;
};

struct ResolvedSecret {
    Secret value;
    std::string warning; ///< for the log, may be empty: a file that everyone can read, say
};

class Secrets {
public:
    /// `folder` is where relative "file:" paths start: the configuration's folder.
    Secrets(Environment environment, std::string folder, std::shared_ptr<Keychain> keychain,
            std::shared_ptr<Vault> vault)
        : m_environment(std::move(environment)), m_folder(std::move(folder)), m_keychain(std::move(keychain)),
          m_vault(std::move(vault)) {}

    /// One line of printable text, trimmed at its ends. Errors (Configuration, also where there is no such entry, or what
    /// the store says) name the reference and never the value. May read files and derive a key: call from a worker, not
    /// from the engine thread.
    Result<ResolvedSecret> resolve(const SecretRef& reference) const;

private:
    Result<ResolvedSecret> fetch(const SecretRef& reference) const;
    Result<ResolvedSecret> fromFile(const SecretRef& reference) const;

    Environment m_environment;
    std::string m_folder;
    std::shared_ptr<Keychain> m_keychain;
    std::shared_ptr<Vault> m_vault;
};

/// Where the vault lies and what opens it (PATCHBAY_VAULT_PASSPHRASE).
Vault::Options vaultOptions(const Places& places, const Environment& environment);
/// All stores of secrets of a program whose configuration and data lie at `places`.
Secrets makeSecrets(const Places& places, const Environment& environment,
                    std::shared_ptr<Keychain> keychain = std::make_shared<NoKeychain>());

} // namespace patchbay
