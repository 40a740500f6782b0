#include "http/listener.h"

#include <boost/asio/ip/v6_only.hpp>

#include "base/async.h"

namespace patchbay::http {
namespace {

using asio::ip::tcp;
using ErrorOut = boost::system::error_code;

Result<asio::ip::address> addressOf(tcp::acceptor& acceptor, const std::string& host) {
    ErrorOut error;
    const asio::ip::address address = asio::ip::make_address(host, error);
    if (!error)
        return address;
    // A name is rare here and looked up once, before the server serves anyone.
    tcp::resolver resolver(acceptor.get_executor());
    const auto found = resolver.resolve(host, "", tcp::resolver::passive, error);
    if (error || found.empty())
        return makeError(ErrorCode::Configuration,
                         "cannot listen on \"" + host + "\": it is no address of this machine",
                         "set the host to 127.0.0.1, ::1 or an address of one of this machine's network interfaces");
    return found.begin()->endpoint().address();
}

Error listenError(const ErrorOut& error, const tcp::endpoint& endpoint) {
    const std::string host =
        endpoint.address().is_v6() ? "[" + endpoint.address().to_string() + "]" : endpoint.address().to_string();
    const std::string where = "cannot listen on " + host + ":" + std::to_string(endpoint.port()) + ": ";
    if (error == asio::error::address_in_use)
        return makeError(ErrorCode::Conflict, where + "the port is in use",
                         "stop the program that uses it (perhaps another patchbay) or choose another port; 0 takes any "
                         "free one");
    if (error == asio::error::access_denied || error == boost::system::errc::permission_denied)
        return makeError(ErrorCode::Configuration, where + "not permitted",
                         "ports below 1024 need privileges; choose a port from 1024 up");
    if (error == boost::system::errc::address_not_available)
        return makeError(ErrorCode::Configuration, where + "this machine does not have the address",
                         "use 127.0.0.1, ::1 or an address of one of this machine's network interfaces");
    return makeError(ErrorCode::Configuration, where + error.message(), "check the host and the port");
}

} // namespace

Result<void> listenOn(tcp::acceptor& acceptor, std::string host, std::uint16_t port) {
    if (host.size() > 2 && host.front() == '[' && host.back() == ']')
        host = host.substr(1, host.size() - 2);
    const auto address = addressOf(acceptor, host);
    if (!address)
        return address.error();
    const tcp::endpoint endpoint(*address, port);
    ErrorOut error;
    acceptor.open(endpoint.protocol(), error);
#ifndef _WIN32
    // On Windows this option would let another program take the port over.
    if (!error)
        acceptor.set_option(tcp::acceptor::reuse_address(true), error);
#endif
    if (!error && address->is_v6() && address->is_unspecified())
        acceptor.set_option(asio::ip::v6_only(false), error);
    if (!error)
        acceptor.bind(endpoint, error);
    if (!error)
        acceptor.listen(tcp::acceptor::max_listen_connections, error);
    if (!error)
        return {};
    ErrorOut ignored; // the first error is the one that tells
    acceptor.close(ignored);
    return listenError(error, endpoint);
}

} // namespace patchbay::http
