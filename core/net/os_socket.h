// Sockets of the operating system, for the address check: an address is judged after the name has been resolved, so a
// name that points somewhere else than it seems is caught.
#pragma once

#include <string_view>

#include <curl/curl.h>

namespace patchbay {

/// Loopback, private (RFC 1918, unique local), link-local: nothing that leaves the house.
bool isLocalAddress(std::string_view address);

/// Opens the socket that curl asks for if its address is local, else returns CURL_SOCKET_BAD.
curl_socket_t openLocalSocket(const curl_sockaddr& address);

} // namespace patchbay
