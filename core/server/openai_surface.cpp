#include "server/openai_surface.h"

#include "server/chat_exchange.h"
#include "server/embedding_exchange.h"

namespace patchbay {
namespace {

// Clients that send anthropic-version get models in Anthropic's shape: both SDKs ask GET /v1/models.
const ServerCodec& modelCodec(const http::Request& request) {
    return serverCodec(request.header("anthropic-version") ? WireFormat::Anthropic : WireFormat::OpenAiChat);
}

awaitable<void> chatCompletions(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    ChatExchangeOptions options{.format = WireFormat::OpenAiChat, .idPrefix = "chatcmpl-"};
    co_await exchangeChat(parts, std::move(options), std::move(request), std::move(responder));
}

awaitable<void> listModels(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    const std::vector<ModelInfo> models = co_await parts.chat.listModels();
    co_await responder->respond(toHttpResponse(modelCodec(*request).encodeModels(models)));
}

awaitable<void> oneModel(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    const auto model = parts.chat.findModel(request->pathParameter("id"));
    const ServerCodec& codec = modelCodec(*request);
    co_await responder->respond(model ? toHttpResponse(codec.encodeModel(*model))
                                      : errorResponse(codec, model.error(), parts.ids.next()));
}

awaitable<void> embeddings(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    co_await exchangeEmbedding(parts, WireFormat::OpenAiChat, std::move(request), std::move(responder));
}

using Answer = awaitable<void> (*)(ServerParts, RequestPtr, ResponderPtr);
http::Handler handlerOf(ServerParts parts, Answer answer) {
    return [parts, answer](RequestPtr request, ResponderPtr responder) {
        return answer(parts, std::move(request), std::move(responder));
    };
}

} // namespace

std::vector<http::Route> openAiRoutes(ServerParts parts) {
    std::vector<http::Route> routes;
    for (const std::string prefix : {"/v1", "/v1/v1"}) {
        routes.push_back(route("POST", prefix + "/chat/completions", AccessRole::Member, handlerOf(parts, chatCompletions)));
        routes.push_back(route("POST", prefix + "/embeddings", AccessRole::Member, handlerOf(parts, embeddings)));
        routes.push_back(route("GET", prefix + "/models", AccessRole::Member, handlerOf(parts, listModels)));
        routes.push_back(route("GET", prefix + "/models/{id...}", AccessRole::Member, handlerOf(parts, oneModel)));
    }
    return routes;
}

} // namespace patchbay
