#include "app/cli/remote_api.h"

#include <fmt/format.h>

#include "base/environment.h"
#include "base/os_file.h"
#include "base/strings.h"

namespace patchbay {
namespace {

// A server that listens everywhere is reached through loopback.
std::string reachable(std::string url) {
    for (const auto& [any, loopback] :
         {std::pair<std::string_view, std::string_view>{"//0.0.0.0", "//127.0.0.1"}, {"//[::]", "//[::1]"}})
        if (const auto at = url.find(any); at != std::string::npos)
            url.replace(at, any.size(), loopback);
    return url;
}

ErrorCode codeNamed(std::string_view name, int status) {
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i)
        if (errorCodeName(static_cast<ErrorCode>(i)) == name)
            return static_cast<ErrorCode>(i);
    switch (status) {
    case 401:
        return ErrorCode::Authentication;
    case 403:
        return ErrorCode::Permission;
    case 404:
        return ErrorCode::NotFound;
    case 409:
        return ErrorCode::Conflict;
    case 503:
        return ErrorCode::Unavailable;
    default:
        return status >= 500 ? ErrorCode::UpstreamFailed : ErrorCode::InvalidRequest;
    }
}

Error errorOfAnswer(int status, const std::string& body) {
    const auto answer = parseJsonObject(body);
    const json::object* error = answer ? findObject(*answer, "error") : nullptr;
    Error result = error ? errorFromJson(*error, status)
                         : makeError(codeNamed({}, status), fmt::format("the running program answered {}", status));
    if (result.code == ErrorCode::Authentication)
        result.hint = "Set PATCHBAY_TOKEN to a key that the running program accepts.";
    return result;
}

} // namespace

Error dataHeldError(const DataLockHolder& holder, const std::string& dataDir) {
    std::string who = holder.program.empty() ? "another program" : holder.program;
    if (holder.pid > 0)
        who += fmt::format(" (process {})", holder.pid);
    return makeError(ErrorCode::Conflict, fmt::format("{} is using the data in {} and has no address", who, dataDir),
                     "Wait for it to end, stop it, or choose another --data-dir.");
}

std::string remoteToken(const DataLockHolder& holder) {
    if (const auto token = Environment::ofProcess().get("PATCHBAY_TOKEN"))
        return *token;
    if (holder.tokenFile.empty())
        return {};
    const auto text = readFile(holder.tokenFile, 4096);
    return text ? std::string(trim(*text)) : std::string();
}

Error errorFromJson(const json::object& error, int status) {
    Error result = makeError(codeNamed(stringOr(error, "code"), status), std::string(stringOr(error, "message")),
                             std::string(stringOr(error, "hint")));
    if (result.message.empty())
        result.message = fmt::format("the running program answered {}", status);
    if (const auto wait = findInt(error, "retry_after_ms"))
        result.retryAfter = Milliseconds(*wait);
    return result;
}

RemoteApi::RemoteApi(asio::any_io_executor executor, Clock& clock, const DataLockHolder& holder, std::string token)
    : m_http(std::move(executor), clock, HttpClient::Options{}), m_url(reachable(holder.url)),
      m_token(std::move(token)) {
}

awaitable<Result<std::unique_ptr<HttpReply>>> RemoteApi::send(std::string method, std::string target, std::string body,
                                                              HttpTimeouts timeouts) {
    WireRequest request{.method = std::move(method), .url = m_url + target, .headers = {}, .body = std::move(body)};
    request.headers.push_back({"accept", "application/json, text/event-stream"});
    if (!request.body.empty())
        request.headers.push_back({"content-type", "application/json"});
    if (!m_token.empty())
        request.headers.push_back({"authorization", "Bearer " + m_token});
    HttpCallOptions options{.timeouts = timeouts, .proxy = "none", .loopbackOnly = true};
    auto reply = co_await m_http.send(std::move(request), std::move(options));
    if (!reply)
        co_return reply.error();
    const int status = (*reply)->head().status;
    if (status >= 200 && status < 300)
        co_return reply;
    auto rest = co_await (*reply)->readAll();
    co_return errorOfAnswer(status, rest ? *rest : std::string());
}

awaitable<Result<std::string>> RemoteApi::text(std::string method, std::string target, std::string body) {
    const HttpTimeouts timeouts{.connect = Milliseconds(2'000), .total = Milliseconds(60'000)};
    auto reply = co_await send(std::move(method), std::move(target), std::move(body), timeouts);
    if (!reply)
        co_return reply.error();
    co_return co_await (*reply)->readAll();
}

awaitable<Result<json::object>> RemoteApi::call(std::string method, std::string target, std::string body) {
    auto answer = co_await text(std::move(method), std::move(target), std::move(body));
    if (!answer)
        co_return answer.error();
    if (answer->empty())
        co_return json::object();
    auto parsed = parseJsonObject(*answer);
    co_return parsed;
}

awaitable<Result<std::unique_ptr<RemoteApi::Stream>>> RemoteApi::stream(std::string target, std::string body) {
    // The other program's own clocks watch the model; here only its death is watched for.
    const HttpTimeouts timeouts{.connect = Milliseconds(2'000), .total = std::chrono::hours(24)};
    auto reply = co_await send("POST", std::move(target), std::move(body), timeouts);
    if (!reply)
        co_return reply.error();
    co_return std::make_unique<Stream>(std::move(*reply));
}

awaitable<Result<std::vector<SseEvent>>> RemoteApi::Stream::next() {
    std::vector<SseEvent> events;
    while (events.empty() && !m_ended) {
        auto bytes = co_await m_reply->read();
        if (!bytes)
            co_return bytes.error();
        if (bytes->empty()) {
            m_ended = true;
            if (auto last = m_reader.finish())
                events.push_back(std::move(*last));
        } else if (auto fed = m_reader.feed(*bytes, events); !fed) {
            co_return fed.error();
        }
    }
    co_return events;
}

} // namespace patchbay
