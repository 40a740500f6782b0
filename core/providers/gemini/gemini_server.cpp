// Gemini's format towards clients.
#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/body_fields.h"
#include "providers/gemini/gemini_codec.h"
#include "providers/gemini/gemini_contents.h"
#include "providers/gemini/gemini_encoder.h"
#include "providers/gemini/gemini_request.h"
#include "providers/gemini/gemini_urls.h"

namespace patchbay {
namespace {

struct Route {
    std::string model;
    std::string action;
};

// ".../models/{model}:{action}". Both may hold what the other separates: the model slashes and colons.
Result<Route> routeOf(std::string_view path) {
    constexpr std::string_view kModels = "/models/";
    const auto models = path.find(kModels);
    const auto colon = path.rfind(':');
    if (models == std::string_view::npos || colon == std::string_view::npos || colon < models + kModels.size() + 1)
        return invalidField("model", "the path names no model and action",
                            "POST to /v1beta/models/{model}:generateContent.");
    const auto from = models + kModels.size();
    return Route{.model = std::string(path.substr(from, colon - from)), .action = std::string(path.substr(colon + 1))};
}

// Streams are framed as events only with alt=sse.
bool wantsEvents(std::string_view query) {
    for (const std::string_view pair : split(query.starts_with('?') ? query.substr(1) : query, '&'))
        if (equalsIgnoreCase(pair, "alt=sse") || equalsIgnoreCase(pair, "$alt=sse"))
            return true;
    return false;
}

class GeminiServerCodec final : public ServerCodec {
public:
    Result<ChatRequest> decodeChat(const ClientRequest& client) const override {
        auto route = routeOf(client.path);
        if (!route)
            return route.error();
        auto body = bodyOf(client);
        if (!body)
            return body.error();
        auto request = gemini::decodeRequest(*body);
        if (!request)
            return request.error();
        request->model = route->model;
        request->stream = route->action == "streamGenerateContent";
        if (request->stream && !wantsEvents(client.query))
            request->extra[gemini::kStreamFraming] = "json";
        return request;
    }
    std::unique_ptr<ReplyEncoder> chatEncoder(const ChatRequest& request, ReplyIdentity identity) const override {
        return gemini::makeEncoder(request, std::move(identity));
    }
    ClientReply encodeReply(const ChatRequest&, const ReplyIdentity& identity, const ChatReply& reply) const override {
        return {.body = writeJson(gemini::responseObject(identity, reply))};
    }
    ClientReply encodeError(const Error& error, std::string_view requestId) const override {
        ClientReply reply{.status = error.httpStatus(),
                          .body = writeJson(json::object{{"error", gemini::errorStatus(error)}})};
        if (error.retryAfter) // this format's clients read RetryInfo; proxies in between read the header
            reply.headers.push_back({"retry-after", std::to_string((error.retryAfter->count() + 999) / 1000)});
        if (!requestId.empty())
            reply.headers.push_back({"x-request-id", std::string(requestId)});
        return reply;
    }

    ClientReply encodeModels(const std::vector<ModelInfo>& models) const override {
        json::array list;
        for (const ModelInfo& model : models)
            list.push_back(modelJson(model));
        return {.body = writeJson(json::object{{"models", std::move(list)}})};
    }
    ClientReply encodeModel(const ModelInfo& model) const override { return {.body = writeJson(modelJson(model))}; }

    Result<EmbeddingRequest> decodeEmbedding(const ClientRequest& client) const override {
        auto route = routeOf(client.path);
        if (!route)
            return route.error();
        auto body = bodyOf(client);
        if (!body)
            return body.error();
        EmbeddingRequest request{.model = route->model};
        const json::array* requests = findArray(*body, "requests");
        if (!requests) // embedContent: the one request is the body
            return addEmbedding(*body, request) ? Result<EmbeddingRequest>(request) : noContent("content");
        for (std::size_t i = 0; i < requests->size(); ++i)
            if (const json::object* one = (*requests)[i].if_object(); !one || !addEmbedding(*one, request))
                return noContent(fmt::format("requests[{}].content", i));
        return request;
    }
    ClientReply encodeEmbedding(const EmbeddingRequest&, const EmbeddingReply& reply) const override {
        json::array list;
        for (const std::vector<float>& embedding : reply.embeddings) {
            json::array values;
            for (const float value : embedding)
                values.emplace_back(shortest(value));
            list.push_back(json::object{{"values", std::move(values)}});
        }
        json::object body;
        if (list.size() == 1)
            body["embedding"] = list.front(); // where embedContent's clients look
        body["embeddings"] = std::move(list);
        return {.body = writeJson(body)};
    }

    Result<ChatRequest> decodeCountTokens(const ClientRequest& client) const override {
        auto route = routeOf(client.path);
        if (!route)
            return route.error();
        auto body = bodyOf(client);
        if (!body)
            return body.error();
        const json::object* inner = findObject(*body, "generateContentRequest");
        auto request = gemini::decodeRequest(inner ? *inner : *body);
        if (!request)
            return request.error();
        request->model = route->model;
        return request;
    }
    ClientReply encodeCountTokens(std::int64_t inputTokens) const override {
        return {.body = fmt::format(
                    R"({{"totalTokens":{0},"promptTokensDetails":[{{"modality":"TEXT","tokenCount":{0}}}]}})",
                    inputTokens)};
    }

private:
    static Result<json::object> bodyOf(const ClientRequest& client) {
        auto object = parseJsonObject(client.body);
        if (!object)
            return invalidField("", "the body is not a JSON object: " + object.error().message, "Send a JSON object.");
        return gemini::camelKeys(*object);
    }

    static Error noContent(std::string where) {
        std::string message = "'" + where + "' must hold text parts";
        return invalidField(std::move(where), std::move(message));
    }

    static bool addEmbedding(const json::object& object, EmbeddingRequest& request) {
        const json::object one = gemini::camelKeys(object);
        const json::object* content = findObject(one, "content");
        const json::array* parts = content ? findArray(*content, "parts") : nullptr;
        if (!parts)
            return false;
        std::string text;
        for (const json::value& part : *parts) {
            if (!part.is_object() || !findString(part.get_object(), "text"))
                return false;
            text += stringOr(part.get_object(), "text");
        }
        request.input.push_back(std::move(text));
        if (const auto dimensions = findInt(one, "outputDimensionality"))
            request.dimensions = dimensions;
        return true;
    }

    // 0.1f as 0.1, not as the double nearest to the float.
    static double shortest(float value) {
        std::array<char, 32> buffer;
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr;
        double number = 0;
        std::from_chars(buffer.data(), end, number);
        return number;
    }

    static json::object modelJson(const ModelInfo& model) {
        const bool embeds = std::ranges::find(model.capabilities, "embedding") != model.capabilities.end();
        json::object out{{"name", gemini::resourceName(model.id)},
                         {"version", "001"},
                         {"displayName", model.displayName.empty() ? model.id : model.displayName}};
        if (model.contextWindow)
            out["inputTokenLimit"] = *model.contextWindow;
        if (model.maxOutput)
            out["outputTokenLimit"] = *model.maxOutput;
        out["supportedGenerationMethods"] =
            embeds ? json::array{"embedContent", "batchEmbedContents"} : json::array{"generateContent", "countTokens"};
        if (std::ranges::find(model.capabilities, "reasoning") != model.capabilities.end())
            out["thinking"] = true;
        return out;
    }
};

} // namespace

const ServerCodec& geminiServerCodec() {
    static const GeminiServerCodec codec;
    return codec;
}

} // namespace patchbay
