#include "services/auth.h"

#include <array>

#include <openssl/sha.h>

#include "base/bytes.h"

namespace patchbay {

std::string Auth::makeAdminToken() {
    return "pb_admin_" + randomAlphanumeric(40);
}

// A plain hash is enough: the token has 238 bits of its own, there is nothing to guess.
std::string Auth::hashToken(std::string_view token) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(), digest.data());
    return hexEncode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

Result<AccessRole> Auth::roleOf(std::string_view credential) const {
    if (credential.starts_with("pb_")) {
        if (!m_options.adminTokenHash.empty() && constantTimeEquals(hashToken(credential), m_options.adminTokenHash))
            return AccessRole::Admin;
        return makeError(ErrorCode::Authentication, "this Patchbay key is not valid",
                         "Check the key; `patchbay serve --new-admin-token` makes a new admin token.");
    }
    if (m_options.loopbackIsMember)
        return AccessRole::Member;
    return makeError(ErrorCode::Authentication, "this server needs a Patchbay key",
                     "Send the admin token as `Authorization: Bearer pb_…`.");
}

} // namespace patchbay
