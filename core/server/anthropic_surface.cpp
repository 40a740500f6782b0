#include "server/anthropic_surface.h"

#include "server/chat_exchange.h"

namespace patchbay {
namespace {

awaitable<void> messages(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    ChatExchangeOptions options{.format = WireFormat::Anthropic, .idPrefix = "msg_"};
    co_await exchangeChat(parts, std::move(options), std::move(request), std::move(responder));
}

awaitable<void> countTokens(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    const ServerCodec& codec = serverCodec(WireFormat::Anthropic);
    const auto record = parts.chat.newRecord();
    auto decoded = codec.decodeCountTokens(toClientRequest(*request));
    const std::string model = decoded ? decoded->model : std::string();
    const Result<TokenCount> count =
        decoded ? co_await parts.chat.countTokens(std::move(*decoded), record) : Result<TokenCount>(decoded.error());
    http::Response response = count ? toHttpResponse(codec.encodeCountTokens(count->tokens))
                                    : errorResponse(codec, count.error(), record->traceId);
    addCallHeaders(response, *record, model);
    if (count && count->estimated)
        response.headers.push_back({"x-patchbay-estimated", "1"});
    co_await responder->respond(std::move(response));
}

} // namespace

std::vector<http::Route> anthropicRoutes(ServerParts parts) {
    const http::Handler ask = [parts](RequestPtr request, ResponderPtr responder) {
        return messages(parts, std::move(request), std::move(responder));
    };
    const http::Handler count = [parts](RequestPtr request, ResponderPtr responder) {
        return countTokens(parts, std::move(request), std::move(responder));
    };
    std::vector<http::Route> routes;
    // Anthropic's own SDK adds /v1, Vercel's does not, and people put /v1 into either base URL.
    for (const std::string prefix : {"/v1", "/v1/v1", ""}) {
        routes.push_back(route("POST", prefix + "/messages", AccessRole::Member, ask));
        routes.push_back(route("POST", prefix + "/messages/count_tokens", AccessRole::Member, count));
    }
    return routes;
}

} // namespace patchbay
