// A TCP server that plays a script byte for byte: exact splits, pauses, early closes, resets. It runs on the test's own
// event loop and notes what it saw. With a certificate it speaks TLS.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/async.h"
#include "support/test_certificate.h"

namespace patchbay {

/// One thing that the server does on a connection.
struct Step {
    enum class Kind {
        Request,    ///< reads one request: head, and the body that Content-Length announces
        AnyBytes,   ///< waits for any byte
        Send,       ///< writes `bytes`
        SendSlowly, ///< writes `bytes` one by one, each in a packet of its own
        Flood,      ///< writes `bytes` again and again until the client is gone
        Hold,       ///< waits for proceed()
        WatchClose, ///< waits until the client closes or resets
        Close,
        Reset,
        Repeat, ///< begins again with the first step
    };
    Kind kind;
    std::string bytes = {};
};
using Script = std::vector<Step>;

namespace script {
inline Step request() {
    return {Step::Kind::Request};
}
inline Step anyBytes() {
    return {Step::Kind::AnyBytes};
}
inline Step send(std::string bytes) {
    return {Step::Kind::Send, std::move(bytes)};
}
inline Step sendSlowly(std::string bytes) {
    return {Step::Kind::SendSlowly, std::move(bytes)};
}
inline Step flood(std::string bytes) {
    return {Step::Kind::Flood, std::move(bytes)};
}
inline Step hold() {
    return {Step::Kind::Hold};
}
inline Step watchClose() {
    return {Step::Kind::WatchClose};
}
inline Step close() {
    return {Step::Kind::Close};
}
inline Step reset() {
    return {Step::Kind::Reset};
}
inline Step repeat() {
    return {Step::Kind::Repeat};
}
/// A whole reply with Content-Length.
std::string reply(std::string_view body, std::string_view headers = "", std::string_view status = "200 OK");
std::string chunk(std::string_view data); ///< one chunk; the last one for an empty text
inline std::string streamHead() {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
}
} // namespace script

class ScriptedServer {
public:
    /// The nth connection plays the nth script; further ones play the last.
    ScriptedServer(asio::io_context& io, std::vector<Script> scripts, const TestCertificate* certificate = nullptr);
    ~ScriptedServer();

    std::uint16_t port() const;
    std::string url(std::string_view path = "/") const; ///< with 127.0.0.1
    /// Lets every connection that holds go on.
    void proceed();

    struct Seen {
        int connections = 0;
        std::vector<std::string> requests;                         ///< head and body as they came
        int holding = 0;                                           ///< connections that wait for proceed()
        int gotBytes = 0;                                          ///< AnyBytes steps that have ended
        std::vector<std::chrono::steady_clock::time_point> closes; ///< by the client, seen in WatchClose or Flood
        std::uint64_t flooded = 0;                                 ///< bytes
    };
    const Seen& seen() const;

private:
    struct State;
    class Connection;
    static awaitable<void> accept(std::shared_ptr<State> state);
    static awaitable<void> serve(std::shared_ptr<State> state, std::shared_ptr<Connection> connection, Script script);
    std::shared_ptr<State> m_state;
};

} // namespace patchbay
