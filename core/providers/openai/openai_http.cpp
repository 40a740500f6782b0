#include "providers/openai/openai_http.h"

#include <algorithm>

#include "base/strings.h"
#include "providers/openai/openai_errors.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

void setHeader(Headers& headers, std::string_view name, std::string value) {
    const auto same = [&](const Header& header) { return equalsIgnoreCase(header.name, name); };
    if (const auto it = std::find_if(headers.begin(), headers.end(), same); it != headers.end())
        it->value = std::move(value);
    else
        headers.push_back({std::string(name), std::move(value)});
}

WireRequest request(std::string_view method, const Endpoint& endpoint, std::string_view path) {
    WireRequest wire{.method = std::string(method), .url = joinUrl(endpoint.baseUrl, path)};
    if (!endpoint.key.empty()) {
        const bool bearer = equalsIgnoreCase(endpoint.quirks.authHeader, "authorization");
        setHeader(wire.headers, endpoint.quirks.authHeader, bearer ? "Bearer " + endpoint.key : endpoint.key);
    }
    return wire;
}

void finishHeaders(WireRequest& wire, const Endpoint& endpoint) {
    for (const Header& header : endpoint.headers)
        setHeader(wire.headers, header.name, header.value);
}

} // namespace

WireRequest openAiPost(const Endpoint& endpoint, std::string_view path, std::string body, bool stream) {
    WireRequest wire = request("POST", endpoint, path);
    setHeader(wire.headers, "content-type", "application/json");
    setHeader(wire.headers, "accept", stream ? "text/event-stream, application/json" : "application/json");
    finishHeaders(wire, endpoint);
    wire.body = std::move(body);
    return wire;
}

WireRequest openAiGet(const Endpoint& endpoint, std::string_view path) {
    WireRequest wire = request("GET", endpoint, path);
    setHeader(wire.headers, "accept", "application/json");
    finishHeaders(wire, endpoint);
    return wire;
}

Error unreadableAnswer(std::string_view body) {
    body = trim(body);
    if (body.empty())
        return truncatedReply("the answer has no content");
    if (body.front() == '<')
        return malformedReply("an HTML page came instead of JSON");
    boost::system::error_code failure;
    json::parse_options options;
    options.max_depth = kMaxJsonDepth;
    json::parse(json::string_view(body.data(), body.size()), failure, {}, options);
    if (failure == json::error::incomplete)
        return truncatedReply("the JSON document is incomplete");
    return malformedReply("the answer is not valid JSON");
}

Result<json::value> openAiAnswer(const WireReplyHead& head, std::string_view body) {
    if (head.status >= 400)
        return vendorErrorOf(head, body);
    if (head.status < 200 || head.status >= 300)
        return malformedReply("status " + std::to_string(head.status) + " is no answer");
    auto parsed = parseJson(trim(body)); // vendors send blank lines while a request waits in their queue
    if (!parsed)
        return unreadableAnswer(body);
    if (parsed->is_object())
        if (auto error = errorInsideOk(parsed->get_object())) {
            if (!error->retryAfter)
                error->retryAfter = retryAfterOf(head.headers);
            return std::move(*error);
        }
    return std::move(*parsed);
}

} // namespace patchbay
