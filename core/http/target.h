// The request target and the Host header, checked by their grammar (RFC 9112 section 3.2, RFC 3986 section 3.2.2).
#pragma once

#include <optional>
#include <string_view>

namespace patchbay::http {

struct Target {
    std::string_view path;  ///< raw, still percent-encoded, begins with '/'; "*" for the asterisk form
    std::string_view query; ///< raw, without '?'
    std::optional<std::string_view> authority; ///< of the absolute form; it replaces the Host header
};

/// Splits origin-form ("/a?b"), absolute-form ("http://host/a") and "*". nullopt: malformed, a fragment, not http(s).
std::optional<Target> parseTarget(std::string_view target);

/// True for a path whose escapes are well formed, decode to UTF-8 without control characters, and which has no "." or
/// ".." segment, encoded or not.
bool isAcceptablePath(std::string_view rawPath);

/// host[:port] with a registered name, IPv4 or [IPv6]; no user information, no empty host.
bool isValidHost(std::string_view host);

} // namespace patchbay::http
