#include "support/scripted_server.h"

#include <charconv>
#include <optional>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include "base/strings.h"

namespace patchbay {

using asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

class ScriptedServer::Connection {
public:
    Connection(tcp::socket socket, asio::ssl::context* tls) : m_socket(std::move(socket)) {
        m_socket.set_option(tcp::no_delay(true));
        if (tls)
            m_tls.emplace(m_socket, *tls);
    }
    awaitable<void> handshake() {
        if (m_tls)
            co_await m_tls->async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
    }
    awaitable<void> readMore() {
        std::array<char, 65536> piece;
        const std::size_t count = m_tls ? co_await m_tls->async_read_some(asio::buffer(piece), asio::use_awaitable)
                                        : co_await m_socket.async_read_some(asio::buffer(piece), asio::use_awaitable);
        buffer.append(piece.data(), count);
    }
    awaitable<void> write(std::string bytes) {
        if (m_tls)
            co_await asio::async_write(*m_tls, asio::buffer(bytes), asio::use_awaitable);
        else
            co_await asio::async_write(m_socket, asio::buffer(bytes), asio::use_awaitable);
    }
    awaitable<std::string> readRequest() {
        std::size_t end = 0;
        while ((end = buffer.find("\r\n\r\n")) == std::string::npos)
            co_await readMore();
        end += 4;
        std::size_t length = 0;
        for (const std::string_view line : split(std::string_view(buffer).substr(0, end), '\n'))
            if (startsWithIgnoreCase(line, "content-length:")) {
                const std::string_view value = trim(line.substr(15));
                std::from_chars(value.data(), value.data() + value.size(), length);
            }
        while (buffer.size() < end + length)
            co_await readMore();
        std::string request = buffer.substr(0, end + length);
        buffer.erase(0, end + length);
        co_return request;
    }
    void close(bool reset) {
        boost::system::error_code ignored;
        if (reset)
            m_socket.set_option(tcp::socket::linger(true, 0), ignored);
        m_socket.close(ignored);
    }
    std::string buffer;

private:
    tcp::socket m_socket;
    std::optional<asio::ssl::stream<tcp::socket&>> m_tls;
};

struct ScriptedServer::State {
    State(asio::io_context& ioIn, std::vector<Script> scriptsIn)
        : io(ioIn), acceptor(ioIn, {asio::ip::address_v4::loopback(), 0}), gate(ioIn, SteadyClock::time_point::max()),
          scripts(std::move(scriptsIn)) {}
    asio::io_context& io;
    tcp::acceptor acceptor;
    asio::steady_timer gate;
    std::vector<Script> scripts;
    std::optional<asio::ssl::context> tls;
    std::set<std::shared_ptr<Connection>> open;
    Seen seen;
};

ScriptedServer::ScriptedServer(asio::io_context& io, std::vector<Script> scripts, const TestCertificate* certificate)
    : m_state(std::make_shared<State>(io, std::move(scripts))) {
    if (certificate) {
        m_state->tls.emplace(asio::ssl::context::tls_server);
        m_state->tls->use_certificate_chain(asio::buffer(certificate->certificatePem));
        m_state->tls->use_private_key(asio::buffer(certificate->keyPem), asio::ssl::context::pem);
    }
    asio::co_spawn(io, accept(m_state), asio::detached);
}

ScriptedServer::~ScriptedServer() {
    boost::system::error_code ignored;
    m_state->acceptor.close(ignored);
    m_state->gate.cancel();
    for (const auto& connection : m_state->open)
        connection->close(false);
    // What is left of the coroutines ends here, not inside the next test.
    m_state->io.restart();
    m_state->io.poll();
}

std::uint16_t ScriptedServer::port() const {
    return m_state->acceptor.local_endpoint().port();
}

std::string ScriptedServer::url(std::string_view path) const {
    return fmt::format("{}://127.0.0.1:{}{}", m_state->tls ? "https" : "http", port(), path);
}

void ScriptedServer::proceed() {
    m_state->gate.cancel();
}

const ScriptedServer::Seen& ScriptedServer::seen() const {
    return m_state->seen;
}

awaitable<void> ScriptedServer::accept(std::shared_ptr<State> state) {
    for (;;) {
        boost::system::error_code failure;
        tcp::socket socket = co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failure));
        if (failure)
            co_return;
        const auto index = std::min(static_cast<std::size_t>(state->seen.connections++), state->scripts.size() - 1);
        auto connection = std::make_shared<Connection>(std::move(socket), state->tls ? &*state->tls : nullptr);
        state->open.insert(connection);
        asio::co_spawn(state->io, serve(state, connection, state->scripts[index]), asio::detached);
    }
}

awaitable<void> ScriptedServer::serve(std::shared_ptr<State> state, std::shared_ptr<Connection> connection,
                                      Script script) {
    Seen& seen = state->seen;
    bool watching = false;
    try {
        if (script.empty() || script.front().kind != Step::Kind::AnyBytes)
            co_await connection->handshake();
        for (std::size_t i = 0; i < script.size(); ++i) {
            const Step& step = script[i];
            switch (step.kind) {
            case Step::Kind::Request:
                seen.requests.push_back(co_await connection->readRequest());
                break;
            case Step::Kind::AnyBytes:
                if (connection->buffer.empty())
                    co_await connection->readMore();
                ++seen.gotBytes;
                break;
            case Step::Kind::Send:
                co_await connection->write(step.bytes);
                break;
            case Step::Kind::SendSlowly:
                for (const char c : step.bytes) {
                    co_await connection->write(std::string(1, c));
                    co_await asio::post(state->io, asio::use_awaitable); // lets the client read this byte alone
                }
                break;
            case Step::Kind::Flood:
                watching = true;
                for (;;) {
                    co_await connection->write(step.bytes);
                    seen.flooded += step.bytes.size();
                }
            case Step::Kind::Hold: {
                ++seen.holding;
                boost::system::error_code ignored;
                co_await state->gate.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
                --seen.holding;
                break;
            }
            case Step::Kind::WatchClose:
                watching = true;
                for (;;)
                    co_await connection->readMore();
            case Step::Kind::Close:
                connection->close(false);
                break;
            case Step::Kind::Reset:
                connection->close(true);
                break;
            case Step::Kind::Repeat:
                i = static_cast<std::size_t>(-1);
                break;
            }
        }
    } catch (const boost::system::system_error&) {
        if (watching)
            seen.closes.push_back(SteadyClock::now());
    }
    connection->close(false);
    state->open.erase(connection);
}

std::string script::reply(std::string_view body, std::string_view headers, std::string_view status) {
    return fmt::format("HTTP/1.1 {}\r\n{}Content-Length: {}\r\n\r\n{}", status, headers, body.size(), body);
}

std::string script::chunk(std::string_view data) {
    return fmt::format("{:x}\r\n{}\r\n", data.size(), data);
}

} // namespace patchbay
