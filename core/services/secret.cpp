#include "services/secret.h"

#include <array>

#include <sodium.h>

namespace patchbay {
namespace {

using Kind = SecretRef::Kind;

constexpr std::array<std::pair<Kind, std::string_view>, 4> kKinds{{
    {Kind::Env, "env:"},
    {Kind::File, "file:"},
    {Kind::Keychain, "keychain:"},
    {Kind::Vault, "vault:"},
}};

constexpr std::string_view kNameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

// Vault and keychain entries: names for people, also safe as file names and in URLs.
bool isEntryName(std::string_view name) {
    return name.size() <= 128 &&
           name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
               std::string_view::npos;
}

} // namespace

void Secret::wipe() {
    // The short-string buffer is part of the object, so the whole capacity is wiped, used or not.
    m_value.resize(m_value.capacity());
    sodium_memzero(m_value.data(), m_value.size());
    m_value.clear();
}

Secret& Secret::operator=(const Secret& other) {
    if (this != &other) {
        wipe();
        m_value = other.m_value;
    }
    return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        wipe();
        m_value = std::move(other.m_value);
        other.wipe();
    }
    return *this;
}

std::string SecretRef::text() const {
    for (const auto& [value, prefix] : kKinds)
        if (value == kind)
            return std::string(prefix) + name;
    return name;
}

bool looksLikeSecretRef(std::string_view text) {
    for (const auto& [kind, prefix] : kKinds)
        if (text.starts_with(prefix))
            return true;
    return false;
}

Result<SecretRef> parseSecretRef(std::string_view text, std::string_view usualVariable) {
    const std::string example = "env:" + std::string(usualVariable);
    for (const auto& [kind, prefix] : kKinds) {
        if (!text.starts_with(prefix))
            continue;
        const std::string_view name = text.substr(prefix.size());
        if (name.empty())
            return makeError(ErrorCode::Configuration, "nothing follows '" + std::string(prefix) + "'",
                             "Write a reference such as \"" + example + "\".");
        if (kind == Kind::Env && name.find_first_not_of(kNameCharacters) != std::string_view::npos)
            return makeError(ErrorCode::Configuration, "what follows 'env:' is not the name of a variable",
                             "Write the variable's name, not its value: \"" + example + "\".");
        if (kind != Kind::Env && kind != Kind::File && !isEntryName(name))
            return makeError(ErrorCode::Configuration,
                             "what follows '" + std::string(prefix) + "' is not the name of an entry",
                             "Names hold letters, digits, '.', '_' and '-': \"" + std::string(prefix) + "openai\".");
        return SecretRef{kind, std::string(name)};
    }
    return makeError(ErrorCode::Configuration, "is not a reference to a secret; keys never stand in the configuration",
                     "Put the key into an environment variable and write \"" + example +
                         "\"; or \"file:PATH\", \"vault:NAME\", \"keychain:NAME\".");
}

} // namespace patchbay
