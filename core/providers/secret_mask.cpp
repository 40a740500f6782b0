#include "providers/secret_mask.h"

#include <algorithm>

#include "base/bytes.h"

namespace patchbay {
namespace {

constexpr std::size_t kMinEncoded = 12; // of a base64 form; a shorter one would take words apart

// The base64 of a secret that stands behind `before` other bytes, without the characters that mix it with those.
std::string base64Inside(std::string_view secret, std::size_t before) {
    std::string encoded = base64Encode(std::string(before, '\0').append(secret));
    const std::size_t whole = (before + secret.size()) * 8 / 6;
    encoded.resize(whole);
    return encoded.substr((before * 8 + 5) / 6);
}

std::string urlSafe(std::string text) {
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return text;
}

} // namespace

SecretMask::SecretMask(const std::vector<std::string_view>& secrets) {
    for (const std::string_view secret : secrets) {
        add(std::string(secret));
        for (std::size_t before = 0; before < 3; ++before) {
            const std::string encoded = base64Inside(secret, before);
            if (encoded.size() < kMinEncoded)
                continue;
            add(encoded);
            add(urlSafe(encoded));
        }
    }
}

void SecretMask::add(std::string form) {
    for (std::size_t at = 0; at + kPiece <= form.size(); ++at)
        m_pieces.insert(form.substr(at, kPiece));
    m_forms.push_back(std::move(form));
}

void SecretMask::apply(std::string& text) const {
    std::vector<bool> secret(text.size());
    const auto mark = [&](std::size_t at, std::size_t size) {
        std::fill_n(secret.begin() + static_cast<std::ptrdiff_t>(at), size, true);
    };
    for (const std::string& form : m_forms)
        for (auto at = text.find(form); at != std::string::npos; at = text.find(form, at + form.size()))
            mark(at, form.size());
    if (!m_pieces.empty())
        for (std::size_t at = 0; at + kPiece <= text.size(); ++at)
            if (m_pieces.contains(text.substr(at, kPiece)))
                mark(at, kPiece);
    if (std::find(secret.begin(), secret.end(), true) == secret.end())
        return;
    std::string masked;
    for (std::size_t at = 0; at < text.size(); ++at)
        if (!secret[at])
            masked.push_back(text[at]);
        else if (at == 0 || !secret[at - 1])
            masked.append("…");
    text = std::move(masked);
}

} // namespace patchbay
