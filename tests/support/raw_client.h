// A client that speaks bytes, not HTTP: it sends what a test says, however wrong, and reads replies with a time limit.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "base/async.h"
#include "base/strings.h"

namespace patchbay {

struct RawReply {
    int status = 0;                             ///< 0: no complete reply came
    std::map<std::string, std::string> headers; ///< names in lower case; repeated ones joined by ", "
    std::string body;                           ///< without the chunked framing
    bool complete = false;                      ///< the body ended as its framing says

    std::string header(const std::string& name) const {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string() : found->second;
    }
};

class RawClient {
public:
    using Limit = std::chrono::milliseconds;
    static constexpr Limit kPatience{10'000};

    explicit RawClient(std::uint16_t port, const std::string& address = "127.0.0.1") : m_socket(m_io) {
        boost::system::error_code error;
        m_socket.connect({asio::ip::make_address(address), port}, error);
        m_connected = !error;
    }

    bool connected() const { return m_connected; }
    asio::ip::tcp::socket& socket() { return m_socket; }

    /// Sends everything within the limit; gives back how many bytes the peer's side took.
    std::size_t send(std::string_view bytes, Limit limit = kPatience) {
        std::size_t sent = 0;
        asio::async_write(m_socket, asio::buffer(bytes),
                          [&](const boost::system::error_code&, std::size_t count) { sent = count; });
        run(limit);
        return sent;
    }
    void halfClose() {
        boost::system::error_code ignored;
        m_socket.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    }
    void close() {
        boost::system::error_code ignored;
        m_socket.close(ignored);
    }
    /// Closes with a reset instead of an orderly end.
    void reset() {
        boost::system::error_code ignored;
        m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
        m_socket.close(ignored);
    }

    /// What comes next, up to 64 KiB; empty at the end or when the limit is over.
    std::string readSome(Limit limit = kPatience) {
        if (!m_pending.empty())
            return std::exchange(m_pending, {});
        std::string bytes(64U << 10U, '\0');
        std::size_t got = 0;
        bool finished = false;
        m_socket.async_read_some(asio::buffer(bytes), [&](const boost::system::error_code& error, std::size_t count) {
            got = count;
            finished = true;
            m_ended = m_ended || (error && error != asio::error::operation_aborted);
        });
        run(limit);
        bytes.resize(finished ? got : 0);
        return bytes;
    }
    /// Everything until the peer closes.
    std::string readAll(Limit limit = kPatience) {
        const auto end = std::chrono::steady_clock::now() + limit;
        std::string all;
        while (!m_ended && std::chrono::steady_clock::now() < end)
            all += readSome(std::chrono::duration_cast<Limit>(end - std::chrono::steady_clock::now()));
        return all;
    }
    /// True when the peer closed (or reset) the connection within the limit; what came before is dropped.
    bool waitForClose(Limit limit = kPatience) {
        readAll(limit);
        return m_ended;
    }
    bool ended() const { return m_ended; }

    /// One reply; further bytes stay for the next call. `toHead`: the reply to a HEAD request has no body.
    RawReply readReply(Limit limit = kPatience, bool toHead = false) {
        const auto end = std::chrono::steady_clock::now() + limit;
        std::string bytes;
        while (true) {
            if (auto reply = parse(bytes, toHead))
                return *reply;
            if (m_ended || std::chrono::steady_clock::now() >= end) {
                RawReply partial;
                parseHead(bytes, partial);
                const std::size_t body = bytes.find("\r\n\r\n");
                partial.body = body == std::string::npos ? bytes : bytes.substr(body + 4);
                partial.complete = m_ended && body != std::string::npos &&
                                   !partial.headers.contains("content-length") &&
                                   !partial.headers.contains("transfer-encoding");
                return partial;
            }
            bytes += readSome(std::chrono::duration_cast<Limit>(end - std::chrono::steady_clock::now()) + Limit(1));
        }
    }
    RawReply ask(std::string_view request, Limit limit = kPatience) {
        send(request);
        return readReply(limit, request.starts_with("HEAD "));
    }

private:
    void run(Limit limit) {
        m_io.restart();
        m_io.run_for(limit);
        if (!m_io.stopped()) {
            boost::system::error_code ignored;
            m_socket.cancel(ignored);
            m_io.restart();
            m_io.run();
        }
    }

    static bool parseHead(const std::string& bytes, RawReply& reply) {
        const std::size_t end = bytes.find("\r\n\r\n");
        if (end == std::string::npos || !bytes.starts_with("HTTP/1.1 "))
            return false;
        reply.status = std::atoi(bytes.c_str() + 9);
        std::size_t at = bytes.find("\r\n") + 2;
        while (at < end + 2) {
            const std::size_t stop = bytes.find("\r\n", at);
            const std::string_view line = std::string_view(bytes).substr(at, stop - at);
            const std::size_t colon = line.find(':');
            if (colon != std::string_view::npos) {
                std::string& value = reply.headers[toLowerAscii(line.substr(0, colon))];
                value += (value.empty() ? "" : ", ") + std::string(trim(line.substr(colon + 1)));
            }
            at = stop + 2;
        }
        return true;
    }

    std::optional<RawReply> parse(const std::string& bytes, bool toHead) {
        RawReply reply;
        if (!parseHead(bytes, reply))
            return std::nullopt;
        std::size_t at = bytes.find("\r\n\r\n") + 4;
        if (toHead || reply.status < 200 || reply.status == 204 || reply.status == 304) {
            // no body
        } else if (reply.headers.contains("content-length")) {
            const std::size_t length = std::strtoull(reply.headers["content-length"].c_str(), nullptr, 10);
            if (bytes.size() - at < length)
                return std::nullopt;
            reply.body = bytes.substr(at, length);
            at += length;
        } else if (reply.headers.contains("transfer-encoding")) {
            while (true) {
                const std::size_t lineEnd = bytes.find("\r\n", at);
                if (lineEnd == std::string::npos)
                    return std::nullopt;
                const std::size_t size = std::strtoull(bytes.c_str() + at, nullptr, 16);
                if (bytes.size() < lineEnd + 2 + size + 2)
                    return std::nullopt;
                reply.body.append(bytes, lineEnd + 2, size);
                at = lineEnd + 2 + size + 2;
                if (size == 0)
                    break;
            }
        } else {
            return std::nullopt; // until close
        }
        reply.complete = true;
        m_pending = bytes.substr(at);
        return reply;
    }

    asio::io_context m_io;
    asio::ip::tcp::socket m_socket;
    std::string m_pending;
    bool m_connected = false;
    bool m_ended = false;
};

} // namespace patchbay
