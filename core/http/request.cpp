#include "base/strings.h"
#include "http/http_server.h"

namespace patchbay::http {

const std::string* Request::header(std::string_view name) const {
    for (const Header& one : headers) {
        if (equalsIgnoreCase(one.name, name))
            return &one.value;
    }
    return nullptr;
}

std::string_view Request::pathParameter(std::string_view name) const {
    for (const auto& [key, value] : pathParameters) {
        if (key == name)
            return value;
    }
    return {};
}

std::optional<std::string> Request::queryParameter(std::string_view name) const {
    if (query.empty())
        return std::nullopt;
    for (const std::string_view pair : split(query, '&')) {
        const std::size_t equals = pair.find('=');
        if (percentDecode(pair.substr(0, equals), true) != name)
            continue;
        return equals == std::string_view::npos ? std::string() : percentDecode(pair.substr(equals + 1), true);
    }
    return std::nullopt;
}

} // namespace patchbay::http
