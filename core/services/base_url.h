// Takes a provider's base URL apart and says whether its host is on this machine or in its network.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

struct BaseUrl {
    std::string scheme; ///< lower case
    std::string host;   ///< lower case, without the brackets of IPv6
    std::uint16_t port = 0;
    std::string path;
    std::string query; ///< without '?'
};

/// Any URL of the form scheme://host[:port][/path][?query]. Errors (Configuration) read as the end of "base_url …" and
/// never repeat the text, which may hold a password.
Result<BaseUrl> parseBaseUrl(std::string_view text);

/// localhost, *.localhost, *.local, *.lan, *.internal, *.home.arpa, a name without a dot (a container's), a loopback,
/// private (RFC 1918, RFC 4193) or link-local address. Goes by the text; nothing is resolved.
bool isLocalHost(std::string_view host);
/// localhost, *.localhost, 127.0.0.0/8, ::1.
bool isLoopbackHost(std::string_view host);

} // namespace patchbay
