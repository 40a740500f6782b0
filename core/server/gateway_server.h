// The server that stands in front of everything: all surfaces behind one listener.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "server/access_filter.h"
#include "server/surface.h"

namespace patchbay {

struct GatewayOptions {
    http::ServerOptions http;
    AccessRules access;
};

/// A route as the outside sees it.
struct RouteInfo {
    std::string method;
    std::string pattern;
    AccessRole role = AccessRole::None;
};

class GatewayServer {
public:
    /// `parts` and `auth` outlive the server. `more` are routes of surfaces that need parts of their own.
    GatewayServer(asio::any_io_executor executor, GatewayOptions options, ServerParts parts, const Auth& auth,
                  std::vector<http::Route> more);

    /// Binds and listens. Refuses an address beyond loopback as long as callers without a key would be let in.
    Result<void> start();
    std::uint16_t port() const { return m_server.port(); }
    std::size_t connectionCount() const { return m_server.connectionCount(); }
    /// Every route there is; /openapi.json describes them and a test compares the two.
    const std::vector<RouteInfo>& routeList() const { return m_routes; }
    /// Readiness turns off first; running streams may finish within `grace`.
    awaitable<void> stop(Milliseconds grace);

private:
    std::vector<http::Route> routes(ServerParts parts, std::vector<http::Route> more);

    GatewayOptions m_options;
    const Auth& m_auth;
    std::shared_ptr<bool> m_ready = std::make_shared<bool>(false);
    std::vector<RouteInfo> m_routes; // filled while m_server is made
    http::HttpServer m_server;
};

} // namespace patchbay
