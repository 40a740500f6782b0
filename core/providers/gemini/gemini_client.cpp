// Gemini as an upstream.
#include "base/json_writer.h"
#include "providers/gemini/gemini_codec.h"
#include "providers/gemini/gemini_decoder.h"
#include "providers/gemini/gemini_request.h"
#include "providers/gemini/gemini_urls.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

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
        return wireRequest(endpoint, gemini::actionUrl(endpoint, request.model, action), *body);
    }
    std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest& request,
                                              const Endpoint&) const override {
        return gemini::makeDecoder(head, request);
    }

    WireRequest encodeListModels(const Endpoint& endpoint) const override {
        return wireRequest(endpoint, gemini::urlFor(endpoint, "/models?pageSize=1000"), nullptr);
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
            json::object one{{"model", gemini::resourceName(request.model)},
                             {"content", json::object{{"parts", json::array{json::object{{"text", text}}}}}}};
            if (request.dimensions)
                one["outputDimensionality"] = *request.dimensions;
            requests.push_back(std::move(one));
        }
        const json::object body{{"requests", std::move(requests)}};
        return wireRequest(endpoint, gemini::actionUrl(endpoint, request.model, "batchEmbedContents"), body);
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
        content->emplace("model", gemini::resourceName(request.model));
        const json::object body{{"generateContentRequest", std::move(*content)}};
        return wireRequest(endpoint, gemini::actionUrl(endpoint, request.model, "countTokens"), body);
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

} // namespace

const ClientCodec& geminiClientCodec() {
    static const GeminiClientCodec codec;
    return codec;
}

} // namespace patchbay
