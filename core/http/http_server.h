// An HTTP/1.1 server for the product's own listeners (the gateway and the playground): Boost.Beast parses, everything
// that protects is ours: limits, timeouts, connection caps, Host and Origin checks, routing. Knows nothing of chat.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/async.h"
#include "base/error.h"

namespace patchbay::http {

struct Header {
    std::string name;
    std::string value;
};

struct Request {
    std::string method; ///< upper case
    std::string target; ///< as sent
    std::string path;   ///< percent-decoded, without query
    std::string query;  ///< raw, without '?'
    std::vector<Header> headers;
    std::string body; ///< decoded (chunked, gzip, deflate), within the body limit
    std::string peer; ///< address without port
    bool loopbackPeer = false;
    std::vector<std::pair<std::string, std::string>> pathParameters; ///< from the route pattern, decoded

    const std::string* header(std::string_view name) const; ///< case-insensitive
    std::string_view pathParameter(std::string_view name) const;
    std::optional<std::string> queryParameter(std::string_view name) const; ///< decoded
};

/// A whole answer.
struct Response {
    int status = 200;
    std::vector<Header> headers;
    std::string body;
    std::string contentType = "application/json";
};

class WebSocket;

/// The way to answer one request; used by one coroutine at a time. Exactly one of respond(), begin()…end(), or
/// acceptWebSocket() must be used; a handler that returns without answering gives a 500.
class Responder {
public:
    virtual ~Responder() = default;
    virtual awaitable<Result<void>> respond(Response response) = 0;

    /// Starts a streamed answer (chunked; on HTTP/1.0 until close).
    virtual awaitable<Result<void>> begin(int status, std::string contentType, std::vector<Header> headers) = 0;
    /// Suspends while the socket is full. An error means that the client is gone (also when it was full for 60 s).
    virtual awaitable<Result<void>> write(std::string bytes) = 0;
    virtual awaitable<Result<void>> end() = 0;
    /// Closes the connection without the final chunk, so that the client sees a cut stream. For the playground's
    /// faults.
    virtual void abort() = 0;
    /// True once begin() or respond() put bytes on the wire.
    virtual bool started() const = 0;

    virtual awaitable<Result<std::shared_ptr<WebSocket>>> acceptWebSocket() = 0;
};

/// receive() and send() may be used by different coroutines at once: one that receives, any number that send. A
/// cancelled send() is still sent whole. The session ends with its handler. When the client goes while nobody receives,
/// the handler is cancelled as for any other request.
class WebSocket {
public:
    virtual ~WebSocket() = default;
    /// A text message; nullopt after a close or a lost connection. Errors: protocol violations, size over the limit.
    virtual awaitable<Result<std::optional<std::string>>> receive() = 0;
    virtual awaitable<Result<void>> send(std::string text) = 0;
    virtual awaitable<void> close(std::uint16_t code, std::string reason) = 0;
    /// True once the server stops: receive() gives nullopt then, but what is running may still be sent until the grace
    /// of HttpServer::stop is over.
    virtual bool stopping() const { return false; }
};

/// A handler runs as a coroutine of the connection. When the client goes away (half-close counts), the handler is
/// cancelled through asio's per-operation cancellation: terminal, within 100 ms.
using Handler = std::function<awaitable<void>(std::shared_ptr<Request> request, std::shared_ptr<Responder> responder)>;

struct Route {
    std::string method;  ///< "GET", "POST", … ; HEAD is answered by GET routes, OPTIONS by the table
    std::string pattern; ///< "/api/conversations/{id}/branch"; "{id...}" takes the rest of the path, slashes included
    Handler handler;
    /// Free for the owner: Patchbay's server keeps the role that the route needs here.
    int tag = 0;
};

/// Looks at a request before its handler and before its body is read: authentication, Host and Origin rules. A Response
/// refuses the request. `route` is null for OPTIONS (answered by the table) and where a 404 or 405 will follow.
using Filter = std::function<std::optional<Response>(const Request& request, const Route* route)>;
/// Renders the server's own errors (404, 405, 413, 400 …) in the shape that fits the path.
using ErrorRenderer = std::function<Response(const Request& request, const Error& error)>;

/// Sees the headers of every answer before they go out, the server's own errors included, and may add to them.
using HeaderHook = std::function<void(const Request& request, std::vector<Header>& headers)>;

struct ServerOptions {
    std::string host = "127.0.0.1";
    std::uint16_t port = 0; ///< 0 = any free one
    std::size_t headerLimit = 64U << 10U;
    std::size_t bodyLimit = 32U << 20U; ///< also after decompression
    std::chrono::milliseconds headerTimeout{10'000};
    std::chrono::milliseconds bodyTimeout{60'000}; ///< without progress of at least one read
    std::chrono::milliseconds idleTimeout{75'000};
    std::chrono::milliseconds writeTimeout{60'000};
    std::size_t maxConnections = 4096;
    std::size_t maxConnectionsPerAddress = 2048;
    std::string serverHeader = "patchbay";
    /// A body that arrives more slowly than this on the whole (bytes per second, beyond the first bodyTimeout) is given
    /// up.
    std::size_t bodyMinimumRate = 1024;
    /// How long a refused client may take to read its answer before the connection is closed.
    std::chrono::milliseconds lingerTimeout{2'000};
    /// A WebSocket that is silent for this long is closed; a ping is sent after half of it.
    std::chrono::milliseconds webSocketIdleTimeout{60'000};
    /// Told of what a handler threw and of handlers that did not answer (the client sees a 500 without details).
    std::function<void(const Request& request, std::string_view what)> onInternalError;
    HeaderHook onHeaders; ///< may be empty
};

class HttpServer {
public:
    HttpServer(asio::any_io_executor executor, ServerOptions options, std::vector<Route> routes, Filter filter,
               ErrorRenderer errors);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Binds and listens; the error names the address and what to do.
    Result<void> start();
    std::uint16_t port() const;
    std::size_t connectionCount() const;
    /// Stops accepting, closes idle connections, lets running answers finish for at most `grace`, then cancels them.
    awaitable<void> stop(std::chrono::milliseconds grace);

private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace patchbay::http
