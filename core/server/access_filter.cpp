#include "server/access_filter.h"

#include <algorithm>
#include <array>

#include <boost/asio/ip/address.hpp>

#include "base/strings.h"
#include "server/surface.h"
#include "services/base_url.h"

namespace patchbay {
namespace {

// "name:port", "[::1]:port", "name" -> the name without brackets.
std::string hostName(std::string_view host) {
    if (host.starts_with('['))
        return std::string(host.substr(1, host.find(']') - 1));
    return toLowerAscii(host.substr(0, host.rfind(':')));
}

bool isIpLiteral(const std::string& host) {
    boost::system::error_code failure;
    asio::ip::make_address(host, failure);
    return !failure;
}

// "*" allows anything.
bool allows(const std::vector<std::string>& list, std::string_view value) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& item) { return item == "*" || equalsIgnoreCase(item, value); });
}

bool hasBody(const http::Request& request) {
    const std::string* length = request.header("content-length");
    return request.header("transfer-encoding") || (length && trim(*length) != "0");
}

bool isJson(const http::Request& request) {
    const std::string* type = request.header("content-type");
    return type && equalsIgnoreCase(trim(split(*type, ';').front()), "application/json");
}

class AccessFilter {
public:
    AccessFilter(AccessRules rules, const Auth& auth, IdGenerator& ids)
        : m_rules(std::move(rules)), m_auth(auth), m_ids(ids) {}

    std::optional<http::Response> operator()(const http::Request& request, const http::Route* route) const {
        if (auto error = check(request, route))
            return errorForPath(request, *error, m_ids.next());
        return std::nullopt;
    }

private:
    std::optional<Error> check(const http::Request& request, const http::Route* route) const {
        const std::string* host = request.header("host");
        // An IP literal cannot be rebound by DNS; names must be known.
        if (const std::string name = host ? hostName(*host) : std::string();
            host && name != "localhost" && !isIpLiteral(name) && !equalsIgnoreCase(name, m_rules.boundHost) &&
            !allows(m_rules.allowedHosts, name))
            return makeError(ErrorCode::Permission, "this server does not answer for the host \"" + name + "\"",
                             "Add it to [server] allowed_hosts if it is yours.");
        if (const std::string* origin = request.header("origin"); origin && host) {
            const bool own = equalsIgnoreCase(*origin, "http://" + *host) || equalsIgnoreCase(*origin, "https://" + *host);
            if (!own && !allows(m_rules.allowedOrigins, *origin))
                return makeError(ErrorCode::Permission, "pages of " + *origin + " may not call this server",
                                 "Add the origin to [server] allowed_origins if you trust it.");
        }
        if (auto error = checkRole(request, route))
            return error;
        // A page of another origin can send a form without asking, but not JSON.
        if (route && isNativePath(request.path) && hasBody(request) && !isJson(request))
            return makeError(ErrorCode::UnsupportedMedia, "the body must be JSON",
                             "Send it with the header content-type: application/json.");
        return std::nullopt;
    }

    std::optional<Error> checkRole(const http::Request& request, const http::Route* route) const {
        const AccessRole needed = route ? static_cast<AccessRole>(route->tag) : AccessRole::None;
        if (needed == AccessRole::None)
            return std::nullopt;
        auto role = m_auth.roleOf(credentialOf(request));
        if (!role)
            return role.error();
        if (*role < needed)
            return makeError(ErrorCode::Permission, "this needs the admin token",
                             "Send it as `Authorization: Bearer pb_admin_…`.");
        return std::nullopt;
    }

    AccessRules m_rules;
    const Auth& m_auth;
    IdGenerator& m_ids;
};

} // namespace

std::string_view credentialOf(const http::Request& request) {
    std::string_view first;
    for (const std::string_view name : {"authorization", "x-api-key", "api-key", "x-goog-api-key"}) {
        const std::string* value = request.header(name);
        if (!value)
            continue;
        std::string_view credential = trim(*value);
        if (name == "authorization") {
            if (!startsWithIgnoreCase(credential, "bearer "))
                continue;
            credential = trim(credential.substr(7));
        }
        if (credential.starts_with("pb_"))
            return credential;
        if (first.empty())
            first = credential;
    }
    return first;
}

bool isAllowedOrigin(const AccessRules& rules, std::string_view origin) {
    return allows(rules.allowedOrigins, origin);
}

http::Filter makeAccessFilter(AccessRules rules, const Auth& auth, IdGenerator& ids) {
    return AccessFilter(std::move(rules), auth, ids);
}

} // namespace patchbay
