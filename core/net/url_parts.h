// The parts of an http(s) URL that choosing a proxy and writing a message need. Curl parses the URL for real.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace patchbay {

struct UrlParts {
    bool secure = false;
    std::string host; ///< lower case, without brackets
    std::string port; ///< as written, or the scheme's default
    std::string hostAndPort() const;
};

/// nullopt for anything but http:// and https:// with a host.
std::optional<UrlParts> splitUrl(std::string_view url);

/// localhost, *.localhost, 127.0.0.0/8, ::1 by name or number; no name is looked up.
bool namesLoopback(std::string_view host);

} // namespace patchbay
