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
    auto decoded = codec.decodeCountTokens(toClientRequest(*request));
    if (!decoded) {
        co_await responder->respond(errorResponse(codec, decoded.error(), parts.ids.next()));
        co_return;
    }
    const auto count = co_await parts.chat.countTokens(std::move(*decoded));
    if (!count) {
        co_await responder->respond(errorResponse(codec, count.error(), parts.ids.next()));
        co_return;
    }
    http::Response response = toHttpResponse(codec.encodeCountTokens(count->tokens));
    if (count->estimated)
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
