#include "services/base_url.h"

#include <array>
#include <charconv>

#include <boost/asio/ip/address.hpp>

#include "base/strings.h"

namespace patchbay {
namespace {

namespace ip = boost::asio::ip;

Error badUrl(std::string_view what, std::string_view hint) {
    return makeError(ErrorCode::Configuration, std::string(what), std::string(hint));
}

constexpr std::string_view kExample = "Write it like \"https://api.example.com/v1\".";

bool isHostName(std::string_view host) {
    for (const char c : host)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'))
            return false;
    return !host.empty() && host.front() != '.' && host.front() != '-';
}

Result<void> readPort(std::string_view text, BaseUrl& url) {
    if (text.empty()) {
        url.port = url.scheme == "https" ? 443 : 80;
        return {};
    }
    text.remove_prefix(1); // ':'
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), url.port);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || url.port == 0)
        return badUrl("has a port that is not a number from 1 to 65535", kExample);
    return {};
}

// host[:port] or [v6][:port]
Result<void> readAuthority(std::string_view text, BaseUrl& url) {
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        boost::system::error_code failed;
        if (close != std::string_view::npos)
            url.host = toLowerAscii(text.substr(1, close - 1));
        (void)ip::make_address_v6(url.host, failed);
        if (close == std::string_view::npos || failed || (close + 1 < text.size() && text[close + 1] != ':'))
            return badUrl("has a host in brackets that is no IPv6 address", "Write it like \"http://[::1]:8080\".");
        return readPort(text.substr(close + 1), url);
    }
    const auto colon = text.find(':');
    url.host = toLowerAscii(text.substr(0, colon));
    if (!isHostName(url.host))
        return badUrl(url.host.empty() ? "names no host" : "names a host with characters that no host name has",
                      kExample);
    return readPort(colon == std::string_view::npos ? std::string_view{} : text.substr(colon), url);
}

bool isPrivate(const ip::address& address) {
    if (address.is_loopback())
        return true;
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] >= 16 && bytes[1] < 32) ||
               (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 169 && bytes[1] == 254);
    }
    const auto bytes = address.to_v6().to_bytes();
    if (address.to_v6().is_v4_mapped())
        return isPrivate(ip::make_address_v4(ip::v4_mapped, address.to_v6()));
    return (bytes[0] & 0xFE) == 0xFC || address.to_v6().is_link_local();
}

} // namespace

Result<BaseUrl> parseBaseUrl(std::string_view text) {
    BaseUrl url;
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos)
        return badUrl("is not a complete URL", kExample);
    url.scheme = toLowerAscii(text.substr(0, scheme));
    text.remove_prefix(scheme + 3);
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F)
            return badUrl("contains white space or control characters", kExample);
    if (text.find('#') != std::string_view::npos)
        return badUrl("has a fragment ('#…')", "Remove it.");
    const auto end = text.find_first_of("/?");
    const std::string_view authority = text.substr(0, end);
    if (authority.find('@') != std::string_view::npos)
        return badUrl("contains a user name or password", "Give the key as a reference, not in the URL.");
    if (const auto read = readAuthority(authority, url); !read)
        return read.error();
    if (end == std::string_view::npos)
        return url;
    const auto query = text.find('?', end);
    url.path = std::string(text.substr(end, query == std::string_view::npos ? query : query - end));
    if (query != std::string_view::npos)
        url.query = std::string(text.substr(query + 1));
    return url;
}

bool isLoopbackHost(std::string_view host) {
    if (host == "localhost" || host.ends_with(".localhost"))
        return true;
    boost::system::error_code failed;
    const auto address = ip::make_address(std::string(host), failed);
    return !failed && address.is_loopback();
}

bool isLocalHost(std::string_view host) {
    boost::system::error_code failed;
    const auto address = ip::make_address(std::string(host), failed);
    if (!failed)
        return isPrivate(address);
    if (isLoopbackHost(host) || host.find('.') == std::string_view::npos)
        return !host.empty();
    for (const std::string_view suffix : {".local", ".lan", ".internal", ".home.arpa"})
        if (host.ends_with(suffix))
            return true;
    return false;
}

} // namespace patchbay
