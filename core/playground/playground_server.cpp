#include "playground/playground_server.h"

#include "base/json_writer.h"
#include "chat/token_estimate.h"
#include "playground/playground_answer.h"

namespace patchbay::playground {
namespace {

using RequestPtr = std::shared_ptr<http::Request>;
using ResponderPtr = std::shared_ptr<http::Responder>;
using ContextPtr = std::shared_ptr<AnswerContext>;

// GET /v1/models is the same path in three formats; the vendors' clients give themselves away by their headers.
WireFormat formatOfModelsRequest(const http::Request& request) {
    if (request.header("anthropic-version"))
        return WireFormat::Anthropic;
    const bool gemini = request.path.starts_with("/v1beta") || request.header("x-goog-api-key") ||
                        request.header("x-goog-api-client");
    return gemini ? WireFormat::Gemini : WireFormat::OpenAiChat;
}

std::vector<ModelInfo> models() {
    std::vector<ModelInfo> list;
    for (const std::string& name : listedModels())
        list.push_back(ModelInfo{.id = name,
                                 .displayName = "Playground " + name,
                                 .ownedBy = "playground",
                                 .contextWindow = 1'000'000,
                                 .capabilities = {"tools", "vision", "json_schema", "reasoning"}});
    return list;
}

awaitable<void> listModels(ContextPtr, RequestPtr request, ResponderPtr responder) {
    co_await responder->respond(labelled(serverCodec(formatOfModelsRequest(*request)).encodeModels(models())));
}

awaitable<void> oneModel(ContextPtr, RequestPtr request, ResponderPtr responder) {
    const ServerCodec& codec = serverCodec(formatOfModelsRequest(*request));
    const std::string id(request->pathParameter("id"));
    for (const ModelInfo& model : models())
        if (model.id == id) {
            co_await responder->respond(labelled(codec.encodeModel(model)));
            co_return;
        }
    co_await responder->respond(labelled(codec.encodeError(parseModel("?" + id).error(), "req_playground")));
}

awaitable<void> tags(ContextPtr, RequestPtr, ResponderPtr responder) {
    co_await responder->respond(labelled(serverCodec(WireFormat::Ollama).encodeModels(models())));
}

// Eight numbers that depend on the text alone: equal texts have equal vectors, and they have length one.
std::vector<float> vectorOf(std::string_view text, std::size_t dimensions) {
    std::vector<float> vector(dimensions, 0.F);
    std::uint32_t hash = 2166136261U; // FNV-1a
    for (const char c : text) {
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
        vector[hash % dimensions] += 1.F;
    }
    float length = 0;
    for (const float value : vector)
        length += value * value;
    if (length == 0)
        vector[0] = length = 1;
    for (float& value : vector)
        value /= std::sqrt(length);
    return vector;
}

awaitable<void> embed(ContextPtr context, WireFormat format, RequestPtr request, ResponderPtr responder) {
    const ServerCodec& codec = serverCodec(format);
    auto decoded = codec.decodeEmbedding(clientRequestOf(*request));
    if (!decoded) {
        co_await responder->respond(labelled(codec.encodeError(decoded.error(), "req_playground")));
        co_return;
    }
    if (co_await answeredByFault(context, format, decoded->model, responder))
        co_return;
    const auto dimensions = static_cast<std::size_t>(std::clamp<std::int64_t>(decoded->dimensions.value_or(8), 1, 4096));
    EmbeddingReply reply{.model = decoded->model};
    std::int64_t tokens = 0;
    for (const std::string& text : decoded->input) {
        reply.embeddings.push_back(vectorOf(text, dimensions));
        tokens += estimateTokens(text);
    }
    for (const auto& ids : decoded->tokenInput) {
        reply.embeddings.push_back(vectorOf(std::to_string(ids.size()), dimensions));
        tokens += static_cast<std::int64_t>(ids.size());
    }
    if (parseModel(decoded->model)->fault != Fault::NoUsage)
        reply.usage = Usage{.inputTotal = tokens, .inputUncached = tokens, .outputTotal = 0};
    co_await responder->respond(labelled(codec.encodeEmbedding(*decoded, reply)));
}

awaitable<void> countTokens(WireFormat format, RequestPtr request, ResponderPtr responder) {
    const ServerCodec& codec = serverCodec(format);
    const auto decoded = codec.decodeCountTokens(clientRequestOf(*request));
    co_await responder->respond(labelled(decoded ? codec.encodeCountTokens(estimatePromptTokens(*decoded))
                                                 : codec.encodeError(decoded.error(), "req_playground")));
}

// Gemini names the call in the path: models/<id>:<call>.
awaitable<void> gemini(ContextPtr context, RequestPtr request, ResponderPtr responder) {
    const std::string_view path = request->path;
    if (path.ends_with(":countTokens"))
        co_await countTokens(WireFormat::Gemini, std::move(request), std::move(responder));
    else if (path.ends_with(":batchEmbedContents") || path.ends_with(":embedContent"))
        co_await embed(std::move(context), WireFormat::Gemini, std::move(request), std::move(responder));
    else
        co_await answerChat(std::move(context), WireFormat::Gemini, std::move(request), std::move(responder));
}

awaitable<void> statistics(ContextPtr context, RequestPtr, ResponderPtr responder) {
    json::object asked;
    for (const auto& [model, count] : context->asked)
        asked.emplace(model, count);
    co_await responder->respond({.status = 200, .headers = {}, .body = writeJson(json::object{{"asked", asked}})});
}

awaitable<void> version(ContextPtr, RequestPtr, ResponderPtr responder) {
    co_await responder->respond({.status = 200, .headers = {{"x-patchbay-playground", "1"}}, .body = "{\"version\":\"0.31.2\"}"});
}

http::Response renderError(const http::Request&, const Error& error) {
    return labelled(serverCodec(WireFormat::OpenAiChat).encodeError(error, "req_playground"));
}

std::vector<http::Route> routes(ContextPtr context) {
    std::vector<http::Route> list;
    const auto add = [&](std::string method, std::string pattern, auto answer) {
        list.push_back({.method = std::move(method),
                        .pattern = std::move(pattern),
                        .handler = [context, answer](RequestPtr request, ResponderPtr responder) {
                            return answer(context, std::move(request), std::move(responder));
                        }});
    };
    const auto addChat = [&](std::string pattern, WireFormat format) {
        add("POST", std::move(pattern), [format](ContextPtr c, RequestPtr q, ResponderPtr r) {
            return answerChat(std::move(c), format, std::move(q), std::move(r));
        });
    };
    const auto addEmbed = [&](std::string pattern, WireFormat format) {
        add("POST", std::move(pattern), [format](ContextPtr c, RequestPtr q, ResponderPtr r) {
            return embed(std::move(c), format, std::move(q), std::move(r));
        });
    };
    addChat("/v1/chat/completions", WireFormat::OpenAiChat);
    addChat("/v1/responses", WireFormat::OpenAiResponses);
    addChat("/v1/messages", WireFormat::Anthropic);
    addChat("/api/chat", WireFormat::Ollama);
    addChat("/api/generate", WireFormat::Ollama);
    addEmbed("/v1/embeddings", WireFormat::OpenAiChat);
    addEmbed("/api/embed", WireFormat::Ollama);
    add("POST", "/v1/messages/count_tokens", [](ContextPtr, RequestPtr q, ResponderPtr r) {
        return countTokens(WireFormat::Anthropic, std::move(q), std::move(r));
    });
    for (const std::string prefix : {"/v1", "/v1beta"}) {
        add("GET", prefix + "/models", &listModels);
        add("GET", prefix + "/models/{id...}", &oneModel);
        add("POST", prefix + "/models/{call...}", &gemini);
    }
    add("GET", "/api/tags", &tags);
    add("GET", "/api/version", &version);
    add("GET", "/playground/stats", &statistics);
    return list;
}

} // namespace

PlaygroundServer::PlaygroundServer(asio::any_io_executor executor, Clock& clock, PlaygroundOptions options) {
    auto context = std::make_shared<AnswerContext>(AnswerContext{.clock = clock, .tokensPerSecond = options.tokensPerSecond});
    http::ServerOptions serverOptions{.host = options.host, .port = options.port};
    serverOptions.serverHeader = "patchbay-playground";
    m_server = std::make_unique<http::HttpServer>(std::move(executor), std::move(serverOptions), routes(std::move(context)),
                                                  http::Filter{}, renderError);
}

PlaygroundServer::~PlaygroundServer() = default;

Result<void> PlaygroundServer::start() {
    return m_server->start();
}

std::uint16_t PlaygroundServer::port() const {
    return m_server->port();
}

awaitable<void> PlaygroundServer::stop() {
    co_await m_server->stop(std::chrono::milliseconds(200));
}

} // namespace patchbay::playground
