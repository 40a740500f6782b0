// Opening a listening socket, with errors that tell a person what to do.
#pragma once

#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "base/error.h"

namespace patchbay::http {

/// Binds and listens. `host` is an address ("127.0.0.1", "::1", "[::1]", "::" for all, both families) or a name.
/// Errors: Configuration (no such address, not permitted), Conflict (the port is taken).
Result<void> listenOn(boost::asio::ip::tcp::acceptor& acceptor, std::string host, std::uint16_t port);

} // namespace patchbay::http
