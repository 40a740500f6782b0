// What a request must pass before any handler runs, in this order: Host allowlist (DNS rebinding), Origin (a page's
// simple POST to loopback), authentication, role of the route, content type of native POSTs.
#pragma once

#include <string>
#include <vector>

#include "base/ids.h"
#include "http/http_server.h"
#include "services/auth.h"

namespace patchbay {

struct AccessRules {
    std::string boundHost;                   ///< as configured
    std::vector<std::string> allowedHosts; ///< names beside localhost and IP literals, without port; "*" = any
    /// "https://chat.example.org", "*" = any; the server's own origin is always allowed
    std::vector<std::string> allowedOrigins;
};

/// The filter; `auth` and `ids` (which name the refused requests) outlive it.
http::Filter makeAccessFilter(AccessRules rules, const Auth& auth, IdGenerator& ids);
/// Whether pages of that origin are among those that the owner lets in; the server's own needs no leave.
bool isAllowedOrigin(const AccessRules& rules, std::string_view origin);
/// The credential of whichever key header is there: Authorization: Bearer, x-api-key, api-key, x-goog-api-key. If several
/// are sent, one that begins with "pb_" wins.
std::string_view credentialOf(const http::Request& request);

} // namespace patchbay
