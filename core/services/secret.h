// A secret's value and the way the configuration names one. A Secret cannot be printed, compared or turned into text by
// accident: reveal() is the only way out, so that a search for it finds every use. Its bytes are wiped when it goes.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

class Secret {
public:
    Secret() = default;
    explicit Secret(std::string value) : m_value(std::move(value)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : m_value(std::move(other.m_value)) { other.wipe(); }
    Secret& operator=(const Secret& other);
    Secret& operator=(Secret&& other) noexcept;
    ~Secret() { wipe(); }

    const std::string& reveal() const { return m_value; }
    bool empty() const { return m_value.empty(); }

private:
    void wipe();
    std::string m_value;
};

std::ostream& operator<<(std::ostream&, const Secret&) = delete;

/// Where a secret is kept. The configuration holds these, never a secret itself.
struct SecretRef {
    enum class Kind : std::uint8_t { Env, File, Keychain, Vault };
    Kind kind = Kind::Env;
    std::string name; ///< a variable, a path, an entry
    /// "env:OPENAI_API_KEY", "file:…", "keychain:…", "vault:…": safe to print.
    std::string text() const;
    bool operator==(const SecretRef&) const = default;
};

/// Whether the text begins like a reference ("env:", "file:", "keychain:", "vault:").
bool looksLikeSecretRef(std::string_view text);

/// Errors (Configuration) say how to write a reference and never repeat the text: it may be the secret itself.
/// `usualVariable` is the variable to name in the hint.
Result<SecretRef> parseSecretRef(std::string_view text, std::string_view usualVariable = "MY_API_KEY");

} // namespace patchbay
