// Who may do what. Part of every request's way: the server asks here before any handler runs.
//
// There is one credential so far, the admin token (users and virtual keys build on the same three roles). It is made at
// first start, shown once, and kept as a SHA-256 hash.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

/// What a caller may do; each includes the ones before.
enum class AccessRole : std::uint8_t { None, Member, Admin };

class Auth {
public:
    struct Options {
        /// On loopback, a caller without a Patchbay credential is a member ([server] auth = "auto").
        bool loopbackIsMember = true;
        std::string adminTokenHash; ///< hex SHA-256; empty = no admin token exists
    };
    explicit Auth(Options options) : m_options(std::move(options)) {}

    /// `credential` is what any of the key headers carried, may be empty. Patchbay's keys begin with "pb_"; a wrong one is
    /// an error, another vendor's key is ignored.
    Result<AccessRole> roleOf(std::string_view credential) const;

    /// "pb_admin_" and 40 alphanumerics.
    static std::string makeAdminToken();
    static std::string hashToken(std::string_view token);

private:
    Options m_options;
};

} // namespace patchbay
