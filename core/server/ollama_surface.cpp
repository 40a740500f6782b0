#include "server/ollama_surface.h"

#include "base/json_writer.h"
#include "providers/ollama/ollama_codec.h"
#include "server/chat_exchange.h"
#include "server/embedding_exchange.h"

namespace patchbay {
namespace {

// What Ollama clients compare against to learn which features there are; the version of the API that we follow.
constexpr std::string_view kOllamaApiVersion = "0.31.2";

const ServerCodec& codec() {
    return serverCodec(WireFormat::Ollama);
}

awaitable<void> chat(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    ChatExchangeOptions options{.format = WireFormat::Ollama};
    // Clients warm a model up before they use it; here nothing needs to be loaded, but the name must be right.
    options.shortcut = [parts](const ChatRequest& asked,
                               const ReplyIdentity& identity) -> std::optional<Result<ClientReply>> {
        if (!isOllamaLoadRequest(asked))
            return std::nullopt;
        if (auto model = parts.chat.findModel(asked.model); !model)
            return Result<ClientReply>(model.error());
        return Result<ClientReply>(ollamaLoadReply(asked, identity));
    };
    co_await exchangeChat(parts, std::move(options), std::move(request), std::move(responder));
}

awaitable<void> tags(ServerParts parts, RequestPtr, ResponderPtr responder) {
    co_await responder->respond(toHttpResponse(codec().encodeModels(co_await parts.chat.listModels())));
}

awaitable<void> version(ServerParts, RequestPtr, ResponderPtr responder) {
    co_await responder->respond(jsonResponse(200, json::object{{"version", kOllamaApiVersion.data()}}));
}

// Nothing is loaded into memory here: models live with the providers.
awaitable<void> running(ServerParts, RequestPtr, ResponderPtr responder) {
    co_await responder->respond(jsonResponse(200, json::object{{"models", json::array{}}}));
}

awaitable<void> show(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    const auto body = parseJsonObject(request->body);
    const std::string_view name = body ? stringOr(*body, "model", stringOr(*body, "name")) : std::string_view();
    if (name.empty()) {
        Error error = makeError(ErrorCode::InvalidRequest, "model is required", "Send {\"model\": \"name\"}.");
        co_await responder->respond(errorResponse(codec(), error, parts.ids.next()));
        co_return;
    }
    const auto model = parts.chat.findModel(name);
    co_await responder->respond(model ? toHttpResponse(codec().encodeModel(*model))
                                      : errorResponse(codec(), model.error(), parts.ids.next()));
}

awaitable<void> embed(ServerParts parts, RequestPtr request, ResponderPtr responder) {
    co_await exchangeEmbedding(parts, WireFormat::Ollama, std::move(request), std::move(responder));
}

} // namespace

std::vector<http::Route> ollamaRoutes(ServerParts parts) {
    const auto handler = [parts](auto answer) -> http::Handler {
        return [parts, answer](RequestPtr request, ResponderPtr responder) {
            return answer(parts, std::move(request), std::move(responder));
        };
    };
    return {
        route("POST", "/api/chat", AccessRole::Member, handler(&chat)),
        route("POST", "/api/generate", AccessRole::Member, handler(&chat)),
        route("GET", "/api/tags", AccessRole::Member, handler(&tags)),
        route("POST", "/api/show", AccessRole::Member, handler(&show)),
        route("GET", "/api/ps", AccessRole::Member, handler(&running)),
        route("GET", "/api/version", AccessRole::Member, handler(&version)),
        route("POST", "/api/embed", AccessRole::Member, handler(&embed)),
        route("POST", "/api/embeddings", AccessRole::Member, handler(&embed)),
    };
}

} // namespace patchbay
