// The proxy that the system or the user's environment prescribes.
#pragma once

#include <string>

#include "net/url_parts.h"

namespace patchbay {

struct ProxySettings {
    std::string http;   ///< for http:// targets; empty = direct
    std::string https;  ///< for https:// targets
    std::string bypass; ///< in curl's CURLOPT_NOPROXY form: comma-separated host suffixes and CIDR blocks
    bool operator==(const ProxySettings&) const = default;
};

/// HTTPS_PROXY, http_proxy, ALL_PROXY, NO_PROXY (lower case first; HTTP_PROXY in capitals is not read, since a CGI
/// client can set it). On Windows and macOS the system's settings fill in what the environment leaves open.
ProxySettings systemProxy();

/// Empty = direct. Loopback never goes through the system's proxy.
const std::string& proxyFor(const ProxySettings& settings, const UrlParts& target);

/// True for http, https, socks4, socks4a, socks5, socks5h with a host.
bool isUsableProxy(std::string_view url);

} // namespace patchbay
