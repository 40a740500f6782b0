#include "net/url_parts.h"

#include <boost/asio/ip/address.hpp>

#include "base/strings.h"

namespace patchbay {

std::string UrlParts::hostAndPort() const {
    const bool numericV6 = host.find(':') != std::string::npos;
    return (numericV6 ? "[" + host + "]" : host) + ":" + port;
}

std::optional<UrlParts> splitUrl(std::string_view url) {
    UrlParts parts;
    if (startsWithIgnoreCase(url, "https://"))
        parts.secure = true;
    else if (!startsWithIgnoreCase(url, "http://"))
        return std::nullopt;
    url.remove_prefix(parts.secure ? 8 : 7);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const auto at = url.rfind('@'); at != std::string_view::npos)
        url.remove_prefix(at + 1);
    std::string_view host, port;
    if (!url.empty() && url.front() == '[') {
        const auto close = url.find(']');
        if (close == std::string_view::npos)
            return std::nullopt;
        host = url.substr(1, close - 1);
        port = url.substr(close + 1);
    } else {
        host = url.substr(0, url.find(':'));
        port = url.substr(host.size());
    }
    if (host.empty() || (!port.empty() && port.front() != ':'))
        return std::nullopt;
    if (!port.empty())
        port.remove_prefix(1);
    parts.host = toLowerAscii(host);
    parts.port = port.empty() ? (parts.secure ? "443" : "80") : std::string(port);
    return parts;
}

bool namesLoopback(std::string_view host) {
    if (host == "localhost" || host.ends_with(".localhost"))
        return true;
    boost::system::error_code failure;
    const auto address = boost::asio::ip::make_address(std::string(host), failure);
    return !failure && address.is_loopback();
}

} // namespace patchbay
