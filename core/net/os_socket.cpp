#include "net/os_socket.h"

#include <boost/asio/ip/address.hpp>

#ifdef _WIN32
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <netinet/in.h>
#include <sys/socket.h>
#endif

namespace patchbay {
namespace {

namespace ip = boost::asio::ip;

bool isLocal(ip::address_v4 address) {
    const std::uint32_t bits = address.to_uint();
    const auto within = [bits](std::uint32_t network, int length) { return (bits ^ network) >> (32 - length) == 0; };
    return within(0x7F000000U, 8) || within(0x0A000000U, 8) || within(0xAC100000U, 12) || within(0xC0A80000U, 16) ||
           within(0xA9FE0000U, 16);
}

bool isLocal(const ip::address_v6& address) {
    if (address.is_v4_mapped())
        return isLocal(ip::make_address_v4(ip::v4_mapped, address));
    return address.is_loopback() || address.is_link_local() || (address.to_bytes()[0] & 0xFEU) == 0xFCU;
}

} // namespace

bool isLocalAddress(std::string_view text) {
    boost::system::error_code failure;
    const auto address = ip::make_address(std::string(text), failure);
    if (failure)
        return false;
    return address.is_v4() ? isLocal(address.to_v4()) : isLocal(address.to_v6());
}

curl_socket_t openLocalSocket(const curl_sockaddr& address) {
    bool local = false;
    if (address.family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(address.addr);
        local = isLocal(ip::address_v4(ntohl(v4.sin_addr.s_addr)));
    } else if (address.family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address.addr);
        ip::address_v6::bytes_type bytes;
        std::copy_n(reinterpret_cast<const unsigned char*>(&v6.sin6_addr), bytes.size(), bytes.begin());
        local = isLocal(ip::address_v6(bytes));
    }
    if (!local)
        return CURL_SOCKET_BAD;
#ifdef SOCK_CLOEXEC
    return ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
#else
    return ::socket(address.family, address.socktype, address.protocol);
#endif
}

} // namespace patchbay
