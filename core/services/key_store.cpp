#include "services/key_store.h"

#include <algorithm>

#include "base/strings.h"

namespace patchbay {
namespace {

constexpr std::size_t kShownCharacters = 4;
constexpr std::size_t kLeastLength = 16; // of a key that shows some of itself

bool isPrintable(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F; });
}

} // namespace

Result<KeptKey> KeyStore::keep(const std::string& name, const Secret& value) {
    const Secret key{std::string(trim(value.reveal()))};
    if (key.empty())
        return makeError(ErrorCode::InvalidRequest, "the key is empty", "Paste the key, or leave the field alone.");
    if (!isPrintable(key.reveal()))
        return makeError(ErrorCode::InvalidRequest, "the key contains white space or a control character",
                         "Paste the key and nothing else.");
    std::string note = "there is no keychain";
    if (m_keychain) {
        const auto kept = m_keychain->set(name, key);
        if (kept) {
            // A key that stood in the vault would come back if the keychain were gone one day.
            if (m_vault)
                (void)m_vault->remove(name);
            return KeptKey{SecretRef{SecretRef::Kind::Keychain, name}, {}};
        }
        note = kept.error().message;
    }
    if (!m_vault)
        return makeError(ErrorCode::Unavailable, "there is no place to keep keys", "Refer to the key as \"env:NAME\".");
    if (const auto kept = m_vault->set(name, key); !kept)
        return kept.error();
    return KeptKey{SecretRef{SecretRef::Kind::Vault, name}, std::move(note)};
}

Result<void> KeyStore::forget(const SecretRef& reference) {
    Result<void> removed;
    if (reference.kind == SecretRef::Kind::Keychain && m_keychain)
        removed = m_keychain->remove(reference.name);
    else if (reference.kind == SecretRef::Kind::Vault && m_vault)
        removed = m_vault->remove(reference.name);
    if (!removed && removed.error().code == ErrorCode::NotFound)
        return {};
    return removed;
}

bool KeyStore::keychainWorks() {
    if (!m_keychain)
        return false;
    const auto found = m_keychain->get("patchbay.available");
    return found || found.error().code == ErrorCode::NotFound;
}

std::string maskedKey(const Secret& key) {
    const std::string& text = key.reveal();
    std::string masked = "••••";
    if (text.size() >= kLeastLength)
        masked += text.substr(text.size() - kShownCharacters);
    return masked;
}

} // namespace patchbay
