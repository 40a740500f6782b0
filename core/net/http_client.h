// The only outgoing sockets: HTTP/1.1 over libcurl's multi interface inside the engine's asio loop. Nobody outside this
// room knows curl. Nothing buffers a whole stream: reading pauses when the reader does.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/async.h"
#include "base/clock.h"
#include "base/error.h"
#include "providers/codec.h"

namespace patchbay {

/// Each clock starts when the request is fully sent, the connect clock and the total at the beginning.
struct HttpTimeouts {
    Milliseconds connect{10'000};
    std::optional<Milliseconds> headers; ///< until the status line
    std::optional<Milliseconds> idle;    ///< between two reads of the body
    Milliseconds total{600'000};
    std::optional<Milliseconds> firstOutput; ///< until HttpReply::markOutput()
    std::optional<Milliseconds> firstIdle;   ///< in place of `idle` until HttpReply::markOutput()
};

struct HttpCallOptions {
    HttpTimeouts timeouts;
    std::string proxy;                     ///< URL; empty = the system's; "none" = direct
    std::size_t maxBodyBytes = 64U << 20U; ///< after decompression, for readAll(); streams are unlimited in length
    /// The offline switch: the resolved address must be loopback or private, and no proxy is used.
    bool loopbackOnly = false;
};

/// One answer being read. Destroying it cancels the transfer and closes its socket at once if it was not complete. It
/// must outlive a read that is under way.
class HttpReply {
public:
    virtual ~HttpReply() = default;
    virtual const WireReplyHead& head() const = 0;
    /// The next bytes; an empty string at the end. Errors: Unreachable (reset), Timeout, Malformed (bad encoding),
    /// Truncated (closed before Content-Length or the last chunk).
    virtual awaitable<Result<std::string>> read() = 0;
    /// The rest of the body, at most maxBodyBytes of it (more is UpstreamFailed).
    virtual awaitable<Result<std::string>> readAll() = 0;
    /// What was waited for has come: stops the firstOutput clock.
    virtual void markOutput() {}
    /// The caller has all it needs and destroys the reply next: if the body ends by itself within `limit`, its
    /// connection is kept for the next request; else it is closed then.
    virtual void release(Milliseconds limit) { static_cast<void>(limit); }
};

class HttpClient {
public:
    struct Options {
        std::size_t maxIdleConnections = 256;
        std::string caFile; ///< empty = the system's trust store; tests name their own authority
        std::string userAgent = "patchbay";
    };
    HttpClient(asio::any_io_executor executor, Clock& clock, Options options);
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Sends and waits for the head. Cancellation closes the socket within 100 ms and throws operation_aborted, as in
    /// HttpReply. Errors: Unreachable, Timeout, Configuration (bad URL or proxy, a redirect), Malformed (not HTTP/1.x),
    /// InvalidRequest (a header that cannot be sent). Must be called on the client's executor.
    awaitable<Result<std::unique_ptr<HttpReply>>> send(WireRequest request, HttpCallOptions options);

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace patchbay
