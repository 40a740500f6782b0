#include "server/surface.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/request_limits.h"
#include "server/native_events.h"

namespace patchbay {
namespace {

// The only client headers that reach a codec, and through it perhaps an upstream.
constexpr std::array<std::string_view, 3> kCodecHeaders{"content-type", "anthropic-version", "anthropic-beta"};

constexpr std::array<std::string_view, 8> kOllamaPaths{"/api/chat", "/api/generate", "/api/tags",  "/api/show",
                                                       "/api/ps",   "/api/version",  "/api/embed", "/api/embeddings"};

} // namespace

http::Route route(std::string method, std::string pattern, AccessRole role, http::Handler handler) {
    return http::Route{.method = std::move(method),
                       .pattern = std::move(pattern),
                       .handler = std::move(handler),
                       .tag = static_cast<int>(role)};
}

ClientRequest toClientRequest(const http::Request& request) {
    ClientRequest result{.path = request.path, .query = request.query, .headers = {}, .body = request.body};
    for (const http::Header& header : request.headers)
        for (const std::string_view name : kCodecHeaders)
            if (equalsIgnoreCase(header.name, name))
                result.headers.push_back(Header{.name = header.name, .value = header.value});
    return result;
}

http::Response toHttpResponse(ClientReply reply) {
    http::Response response{.status = reply.status, .headers = {}, .body = std::move(reply.body)};
    response.headers.reserve(reply.headers.size() + 8);
    for (Header& header : reply.headers)
        response.headers.push_back(http::Header{.name = std::move(header.name), .value = std::move(header.value)});
    return response;
}

http::Response jsonResponse(int status, const json::value& body) {
    return http::Response{.status = status, .headers = {}, .body = writeJson(body)};
}

http::Response errorResponse(const ServerCodec& codec, const Error& error, std::string_view requestId) {
    return toHttpResponse(codec.encodeError(error, requestId));
}

std::vector<http::Header> callHeaders(const CallRecord& record, const std::string& model) {
    std::vector<http::Header> headers;
    headers.reserve(12);
    const auto add = [&headers](std::string_view name, const std::string& value) {
        if (!value.empty())
            headers.push_back({std::string(name), value});
    };
    add("x-patchbay-trace-id", record.traceId);
    if (checkModelName(model)) // else it is what the error is about, and may be of any size
        add("x-patchbay-model", model);
    add("x-patchbay-provider", record.provider);
    add("x-patchbay-deployment", record.deployment);
    if (record.deployment.empty())
        return headers; // nobody was asked
    headers.push_back({"x-patchbay-attempts", std::to_string(record.attempts)});
    headers.push_back({"x-patchbay-fallbacks", std::to_string(record.fallbacks)});
    if (record.provider == "playground")
        headers.push_back({"x-patchbay-playground", "1"});
    return headers;
}

void addCallHeaders(http::Response& response, const CallRecord& record, const std::string& model) {
    for (http::Header& header : callHeaders(record, model))
        response.headers.push_back(std::move(header));
}

CallRecord unanswered(const CallRecord& record) {
    return CallRecord{.traceId = record.traceId, .received = record.received};
}

const ServerCodec& codecForPath(std::string_view path, bool anthropicVersionSent) {
    while (path.starts_with("/v1/v1/"))
        path.remove_prefix(3);
    if (path.starts_with("/v1/messages") || path.starts_with("/messages"))
        return serverCodec(WireFormat::Anthropic);
    for (const std::string_view ollama : kOllamaPaths)
        if (path == ollama)
            return serverCodec(WireFormat::Ollama);
    return serverCodec(anthropicVersionSent ? WireFormat::Anthropic : WireFormat::OpenAiChat);
}

bool isNativePath(std::string_view path) {
    if (path == "/openapi.json" || path == "/healthz" || path == "/readyz")
        return true;
    return path.starts_with("/api/") && std::find(kOllamaPaths.begin(), kOllamaPaths.end(), path) == kOllamaPaths.end();
}

http::Response nativeError(const Error& error) {
    http::Response response = jsonResponse(error.httpStatus(), json::object{{"error", errorJson(error)}});
    if (error.retryAfter)
        response.headers.push_back(
            {"retry-after", std::to_string(std::chrono::ceil<std::chrono::seconds>(*error.retryAfter).count())});
    return response;
}

http::Response errorForPath(const http::Request& request, const Error& error, std::string_view requestId) {
    if (isNativePath(request.path))
        return nativeError(error);
    const ServerCodec& codec = codecForPath(request.path, request.header("anthropic-version") != nullptr);
    return errorResponse(codec, error, requestId);
}

} // namespace patchbay
