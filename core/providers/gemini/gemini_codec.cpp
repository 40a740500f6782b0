#include "providers/gemini/gemini_codec.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/body_fields.h"
#include "providers/gemini/gemini_contents.h"
#include "providers/gemini/gemini_decoder.h"
#include "providers/gemini/gemini_encoder.h"
#include "providers/gemini/gemini_request.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

// "models/gemini-x" and "gemini-x" are the same model; tuned models keep their own collection.
std::string resourceName(std::string_view model) {
    return model.starts_with("models/") || model.starts_with("tunedModels/") ? std::string(model)
                                                                             : "models/" + std::string(model);
}

// base + /v1beta/models/<model>:<action>; a base that names a version already keeps it.
std::string urlFor(const Endpoint& endpoint, std::string_view path) {
    const std::string_view base = std::string_view(endpoint.baseUrl).substr(0, endpoint.baseUrl.find('?'));
    const auto slash = base.rfind('/');
    const std::string_view last = slash == std::string_view::npos ? std::string_view{} : base.substr(slash + 1);
    const bool versioned = last.starts_with("v1beta") || last.starts_with("v1alpha");
    return joinUrl(endpoint.baseUrl, versioned ? std::string(path) : "/v1beta" + std::string(path));
}

// The name becomes a part of the path, so it must not lead out of it.
Result<std::string> actionUrl(const Endpoint& endpoint, std::string_view model, std::string_view action) {
    const std::string name = resourceName(model);
    std::string path;
    for (const std::string_view piece : split(name, '/')) {
        if (piece.empty() || piece == "." || piece == ".." || piece.find_first_of("?#\\") != std::string_view::npos)
            return invalidField("model", fmt::format("'{}' cannot be the name of a model", model),
                                "Names have no empty, '.' or '..' parts and no '?', '#' or '\\'.");
        path.append("/").append(percentEncode(piece));
    }
    return urlFor(endpoint, path.append(":").append(action));
}

WireRequest wireRequest(const Endpoint& endpoint, std::string url, const json::object* body) {
    WireRequest wire{.method = body ? "POST" : "GET", .url = std::move(url)};
    if (body) {
        wire.body = writeJson(*body);
        wire.headers.push_back({"content-type", "application/json"});
    }
    if (!endpoint.key.empty())
        wire.headers.push_back({"x-goog-api-key", endpoint.key});
    wire.headers.insert(wire.headers.end(), endpoint.headers.begin(), endpoint.headers.end());
    return wire;
}

Result<WireRequest> wireRequest(const Endpoint& endpoint, Result<std::string> url, const json::object& body) {
    if (!url)
        return url.error();
    return wireRequest(endpoint, std::move(*url), &body);
}

// A body that is no chat answer: the object, or the error that it or the status tells of.
Result<json::object> answerObject(const WireReplyHead& head, std::string_view body) {
    if (head.status >= 400)
        return vendorErrorOf(head, body);
    auto object = parseJsonObject(body);
    if (!object)
        return malformedReply(object.error().message);
    if (const json::object* error = findObject(*object, "error"))
        return vendorErrorOf(*error);
    return object;
}

class GeminiClientCodec final : public ClientCodec {
public:
    Result<WireRequest> encodeChat(const ChatRequest& request, const Endpoint& endpoint) const override {
        auto body = gemini::encodeRequest(request);
        if (!body)
            return body.error();
        const std::string_view action = request.stream ? "streamGenerateContent?alt=sse" : "generateContent";
        return wireRequest(endpoint, actionUrl(endpoint, request.model, action), *body);
    }
    std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest& request,
                                              const Endpoint&) const override {
        return gemini::makeDecoder(head, request);
    }

    WireRequest encodeListModels(const Endpoint& endpoint) const override {
        return wireRequest(endpoint, urlFor(endpoint, "/models?pageSize=1000"), nullptr);
    }
    Result<std::vector<ModelInfo>> decodeListModels(const WireReplyHead& head, std::string_view body) const override {
        auto object = answerObject(head, body);
        if (!object)
            return object.error();
        const json::array* list = findArray(*object, "models");
        if (!list)
            return malformedReply("the answer has no models");
        std::vector<ModelInfo> models;
        for (const json::value& value : *list)
            if (const json::object* model = value.if_object())
                models.push_back(modelOf(*model));
        return models;
    }

    Result<WireRequest> encodeEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint) const override {
        if (!request.tokenInput.empty())
            return makeError(ErrorCode::Unsupported, "Gemini embeds text, not token numbers", "Send the text itself.");
        json::array requests;
        for (const std::string& text : request.input) {
            json::object one{{"model", resourceName(request.model)},
                             {"content", json::object{{"parts", json::array{json::object{{"text", text}}}}}}};
            if (request.dimensions)
                one["outputDimensionality"] = *request.dimensions;
            requests.push_back(std::move(one));
        }
        const json::object body{{"requests", std::move(requests)}};
        return wireRequest(endpoint, actionUrl(endpoint, request.model, "batchEmbedContents"), body);
    }
    Result<EmbeddingReply> decodeEmbedding(const WireReplyHead& head, std::string_view body) const override {
        auto object = answerObject(head, body);
        if (!object)
            return object.error();
        const json::array* list = findArray(*object, "embeddings");
        if (!list)
            return malformedReply("the answer has no embeddings");
        EmbeddingReply reply;
        for (const json::value& value : *list) {
            const json::array* numbers = value.is_object() ? findArray(value.get_object(), "values") : nullptr;
            if (!numbers)
                return malformedReply("an embedding has no values");
            std::vector<float>& vector = reply.embeddings.emplace_back();
            for (const json::value& number : *numbers) {
                if (!number.is_number())
                    return malformedReply("an embedding holds something that is no number");
                vector.push_back(number.to_number<float>());
            }
        }
        if (const json::object* usage = findObject(*object, "usageMetadata"))
            reply.usage.inputTotal = findInt(*usage, "promptTokenCount");
        return reply;
    }

    Result<WireRequest> encodeCountTokens(const ChatRequest& request, const Endpoint& endpoint) const override {
        auto content = gemini::encodeRequest(request);
        if (!content)
            return content.error();
        // Wrapped like this the system instruction and the tools are counted too.
        content->emplace("model", resourceName(request.model));
        const json::object body{{"generateContentRequest", std::move(*content)}};
        return wireRequest(endpoint, actionUrl(endpoint, request.model, "countTokens"), body);
    }
    Result<std::int64_t> decodeCountTokens(const WireReplyHead& head, std::string_view body) const override {
        auto object = answerObject(head, body);
        if (!object)
            return object.error();
        const auto total = findInt(*object, "totalTokens");
        if (!total)
            return malformedReply("the answer has no totalTokens");
        return *total;
    }

private:
    static ModelInfo modelOf(const json::object& model) {
        ModelInfo info{.id = std::string(stringOr(model, "name")),
                       .displayName = std::string(stringOr(model, "displayName")),
                       .ownedBy = "google",
                       .contextWindow = findInt(model, "inputTokenLimit"),
                       .maxOutput = findInt(model, "outputTokenLimit")};
        if (const json::array* methods = findArray(model, "supportedGenerationMethods"))
            for (const json::value& method : *methods)
                if (method.is_string() && toView(method.get_string()) == "embedContent")
                    info.capabilities.emplace_back("embedding");
        if (findBool(model, "thinking").value_or(false))
            info.capabilities.emplace_back("reasoning");
        return info;
    }
};

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
        json::object out{{"name", resourceName(model.id)},
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

const ClientCodec& geminiClientCodec() {
    static const GeminiClientCodec codec;
    return codec;
}

const ServerCodec& geminiServerCodec() {
    static const GeminiServerCodec codec;
    return codec;
}

} // namespace patchbay
