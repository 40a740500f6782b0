// What a request must pass before any handler runs, in this order: Host allowlist (DNS rebinding), Origin (a page's
// simple POST to loopback), authentication, role of the route, content type of native POSTs.
#pragma once

#include <string>
#include <vector>

#include "http/http_server.h"
#include "services/auth.h"

namespace patchbay {

struct AccessRules {
    std::string boundHost;                   ///< as configured
    std::vector<std::string> allowedHosts;   ///< names beside localhost and IP literals, without port
    std::vector<std::string> allowedOrigins; ///< "https://chat.example.org"; the server's own origin is always allowed
};

/// The filter; `auth` outlives it.
http::Filter makeAccessFilter(AccessRules rules, const Auth& auth);
/// The credential of whichever key header is there: Authorization: Bearer, x-api-key, api-key, x-goog-api-key. If several
/// are sent, one that begins with "pb_" wins.
std::string_view credentialOf(const http::Request& request);

} // namespace patchbay
