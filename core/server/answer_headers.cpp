#include "server/answer_headers.h"

#include <algorithm>

#include "base/strings.h"
#include "server/surface.h"

namespace patchbay {
namespace {

constexpr std::string_view kExposed =
    "x-patchbay-trace-id, x-patchbay-model, x-patchbay-provider, x-patchbay-deployment, x-patchbay-attempts, "
    "x-patchbay-fallbacks, x-patchbay-estimated, x-patchbay-playground, x-patchbay-conversation-id, "
    "x-patchbay-message-id, x-request-id, request-id, retry-after, retry-after-ms";
constexpr std::string_view kPreflightSeconds = "600";

const http::Header* find(const std::vector<http::Header>& headers, std::string_view name) {
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [name](const http::Header& header) { return equalsIgnoreCase(header.name, name); });
    return found == headers.end() ? nullptr : &*found;
}

void add(std::vector<http::Header>& headers, std::string_view name, std::string_view value) {
    headers.push_back({std::string(name), std::string(value)});
}

void addRequestId(const http::Request& request, std::vector<http::Header>& headers, IdGenerator& ids) {
    const ServerCodec& codec = codecForPath(request.path, request.header("anthropic-version") != nullptr);
    const std::string_view name = &codec == &serverCodec(WireFormat::Anthropic) ? "request-id" : "x-request-id";
    if (find(headers, name))
        return;
    const http::Header* trace = find(headers, "x-patchbay-trace-id");
    add(headers, name, trace ? trace->value : ids.next());
}

void addCors(const http::Request& request, std::string_view origin, std::vector<http::Header>& headers) {
    add(headers, "access-control-allow-origin", origin);
    add(headers, "vary", "Origin");
    if (request.method != "OPTIONS" || !request.header("access-control-request-method")) {
        add(headers, "access-control-expose-headers", kExposed);
        return;
    }
    const http::Header* allow = find(headers, "allow"); // none where there is no such path
    add(headers, "access-control-allow-methods", allow ? allow->value : "GET, POST");
    // Who may call may send any header: what is not known is ignored.
    const std::string* asked = request.header("access-control-request-headers");
    add(headers, "access-control-allow-headers", asked ? *asked : "authorization, content-type");
    add(headers, "access-control-max-age", kPreflightSeconds);
}

} // namespace

http::HeaderHook makeAnswerHeaders(AccessRules rules, IdGenerator& ids) {
    return [rules = std::move(rules), &ids](const http::Request& request, std::vector<http::Header>& headers) {
        addRequestId(request, headers, ids);
        if (rules.allowedOrigins.empty())
            return;
        const std::string* origin = request.header("origin");
        if (origin && isAllowedOrigin(rules, *origin))
            addCors(request, *origin, headers);
    };
}

} // namespace patchbay
