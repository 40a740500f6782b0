// The native API of the program that holds the data directory, over loopback. A second program on the same data talks
// to the first through this instead of opening the database.
#pragma once

#include <string>

#include "net/http_client.h"
#include "storage/data_lock.h"
#include "wire/sse_reader.h"

namespace patchbay {

class SystemClock;

/// Conflict: who has the data directory and what to do. For a holder without an address.
Error dataHeldError(const DataLockHolder& holder, const std::string& dataDir);

class RemoteApi {
public:
    /// `token` may be empty: on loopback none is needed unless [server] auth = "required".
    RemoteApi(asio::any_io_executor executor, Clock& clock, const DataLockHolder& holder, std::string token);

    const std::string& url() const { return m_url; }

    /// The body of a 2xx answer. Other answers become their error: code, message and hint as the other program said it.
    awaitable<Result<std::string>> text(std::string method, std::string target, std::string body = {});
    /// The same, parsed; an empty body is an empty object.
    awaitable<Result<json::object>> call(std::string method, std::string target, std::string body = {});

    /// An event stream being read.
    class Stream {
    public:
        explicit Stream(std::unique_ptr<HttpReply> reply) : m_reply(std::move(reply)) {}
        /// The events of the next read; none at the end. Throws operation_aborted when cancelled.
        awaitable<Result<std::vector<SseEvent>>> next();

    private:
        std::unique_ptr<HttpReply> m_reply;
        SseReader m_reader;
        bool m_ended = false;
    };
    awaitable<Result<std::unique_ptr<Stream>>> stream(std::string target, std::string body);

private:
    awaitable<Result<std::unique_ptr<HttpReply>>> send(std::string method, std::string target, std::string body,
                                                       HttpTimeouts timeouts);
    HttpClient m_http;
    std::string m_url;
    std::string m_token;
};

/// What PATCHBAY_TOKEN or the holder's token file says; may be empty.
std::string remoteToken(const DataLockHolder& holder);
/// {code, message, hint} as an Error.
Error errorFromJson(const json::object& error, int status);

} // namespace patchbay
