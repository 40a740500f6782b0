#include "http/target.h"

#include <cstdint>

#include "base/strings.h"

namespace patchbay::http {
namespace {

bool isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDotSegment(std::string_view decoded) {
    return decoded == "." || decoded == "..";
}

bool isValidPort(std::string_view port) {
    if (port.size() > 5)
        return false;
    std::uint32_t value = 0;
    for (const char c : port) {
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value <= 65535; // an empty port is allowed by the grammar
}

bool isValidRegisteredName(std::string_view name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '%') {
            if (i + 2 >= name.size() || !isHexDigit(name[i + 1]) || !isHexDigit(name[i + 2]))
                return false;
        } else if (!isAlphanumeric(name[i]) &&
                   std::string_view("-._~!$&'()*+;=").find(name[i]) == std::string_view::npos) {
            return false; // the comma of the grammar is left out: it is how two Host headers look when merged
        }
    }
    return !name.empty();
}

bool isValidIpLiteral(std::string_view literal) {
    bool colon = false;
    for (const char c : literal) {
        if (c == ':')
            colon = true;
        else if (!isHexDigit(c) && c != '.')
            return false;
    }
    return colon && literal.size() >= 2 && literal.size() <= 45;
}

} // namespace

std::optional<Target> parseTarget(std::string_view target) {
    if (target == "*")
        return Target{.path = target};
    Target parts;
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!startsWithIgnoreCase(target, scheme))
            continue;
        target.remove_prefix(scheme.size());
        const std::size_t end = std::min(target.find_first_of("/?#"), target.size());
        parts.authority = target.substr(0, end);
        target.remove_prefix(end);
        break;
    }
    if (target.find('#') != std::string_view::npos)
        return std::nullopt;
    if (parts.authority && (target.empty() || target.front() == '?')) {
        parts.path = "/";
        parts.query = target.empty() ? target : target.substr(1);
        return parts;
    }
    if (target.empty() || target.front() != '/')
        return std::nullopt;
    const std::size_t question = target.find('?');
    parts.path = target.substr(0, question);
    if (question != std::string_view::npos)
        parts.query = target.substr(question + 1);
    return parts;
}

bool isAcceptablePath(std::string_view rawPath) {
    const bool plain = rawPath.find_first_of("%.") == std::string_view::npos;
    for (const char c : rawPath) {
        if (static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f)
            return false;
    }
    if (plain)
        return true;
    for (std::size_t i = 0; i < rawPath.size(); ++i) {
        if (rawPath[i] == '%' &&
            (i + 2 >= rawPath.size() || !isHexDigit(rawPath[i + 1]) || !isHexDigit(rawPath[i + 2])))
            return false;
    }
    const std::string decoded = percentDecode(rawPath);
    for (const char c : decoded) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            return false;
    }
    // Split after decoding as well: %2e%2e%2f must not become a way up for anyone who joins paths later.
    for (const std::string_view segment : split(decoded, '/')) {
        if (isDotSegment(segment))
            return false;
    }
    return isValidUtf8(decoded);
}

bool isValidHost(std::string_view host) {
    if (host.empty() || host.size() > 255)
        return false;
    if (host.front() == '[') {
        const std::size_t close = host.find(']');
        if (close == std::string_view::npos || !isValidIpLiteral(host.substr(1, close - 1)))
            return false;
        const std::string_view rest = host.substr(close + 1);
        return rest.empty() || (rest.front() == ':' && isValidPort(rest.substr(1)));
    }
    const std::size_t colon = host.find(':');
    if (!isValidRegisteredName(host.substr(0, colon)))
        return false;
    return colon == std::string_view::npos || isValidPort(host.substr(colon + 1));
}

} // namespace patchbay::http
