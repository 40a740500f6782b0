// The client direction: endpoints, headers and the plain answers. Bodies are made by anthropic_request_encoder, answers
// read by anthropic_reply_decoder.
#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/anthropic/anthropic_codec.h"
#include "providers/anthropic/anthropic_reply_decoder.h"
#include "providers/anthropic/anthropic_request_encoder.h"
#include "providers/anthropic/anthropic_values.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

using namespace anthropic;

Headers requestHeaders(const Endpoint& endpoint, std::string_view betas, bool hasBody) {
    Headers headers;
    if (hasBody)
        headers.push_back({"content-type", "application/json"});
    headers.push_back({"anthropic-version", std::string(kSpokenVersion)});
    if (!endpoint.key.empty())
        headers.push_back({"x-api-key", endpoint.key});
    if (!betas.empty())
        headers.push_back({"anthropic-beta", std::string(betas)});
    for (const Header& header : endpoint.headers) { // the configuration has the last word
        std::erase_if(headers, [&](const Header& own) { return equalsIgnoreCase(own.name, header.name); });
        headers.push_back(header);
    }
    return headers;
}

// RFC 3339 in UTC, as the service writes it; 0 if it is anything else.
std::int64_t unixSecondsOf(std::string_view text) {
    std::tm parts{};
    std::istringstream stream{std::string(text)};
    stream.imbue(std::locale::classic());
    stream >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%S");
    if (stream.fail())
        return 0;
#ifdef _WIN32
    return _mkgmtime(&parts);
#else
    return timegm(&parts);
#endif
}

bool supports(const json::object& capabilities, std::string_view name) {
    const json::object* capability = findObject(capabilities, name);
    return capability && findBool(*capability, "supported").value_or(false);
}

ModelInfo modelOf(const json::object& object) {
    ModelInfo model{.id = std::string(stringOr(object, "id")),
                    .displayName = std::string(stringOr(object, "display_name")),
                    .ownedBy = std::string(stringOr(object, "owned_by"))};
    model.created = findInt(object, "created").value_or(unixSecondsOf(stringOr(object, "created_at")));
    model.contextWindow = findInt(object, "max_input_tokens");
    model.maxOutput = findInt(object, "max_tokens");
    if (const json::object* capabilities = findObject(object, "capabilities")) {
        model.capabilities.emplace_back("tools"); // every model of the service has them; it does not say so
        if (supports(*capabilities, "image_input"))
            model.capabilities.emplace_back("vision");
        if (supports(*capabilities, "structured_outputs"))
            model.capabilities.emplace_back("json_schema");
        if (supports(*capabilities, "thinking"))
            model.capabilities.emplace_back("reasoning");
    }
    return model;
}

Result<json::object> bodyOf(const WireReplyHead& head, std::string_view body) {
    if (head.status >= 400)
        return vendorErrorOf(head, body);
    auto parsed = parseJsonObject(body);
    if (!parsed)
        return malformedReply(parsed.error().message);
    if (stringOr(*parsed, "type") == "error")
        return vendorErrorOf(*parsed);
    return parsed;
}

Error noEmbeddings() {
    return makeError(
        ErrorCode::Unsupported, "Anthropic's format has no embeddings",
        "Use a provider of the openai, ollama or gemini format (OpenAI, Mistral, Ollama, Gemini and others "
        "make embeddings).");
}

class AnthropicClientCodec final : public ClientCodec {
public:
    Result<WireRequest> encodeChat(const ChatRequest& request, const Endpoint& endpoint) const override {
        return post("/v1/messages", BodyKind::Chat, request, endpoint);
    }

    std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest&,
                                              const Endpoint&) const override {
        return makeReplyDecoder(head);
    }

    WireRequest encodeListModels(const Endpoint& endpoint) const override {
        return {.method = "GET",
                .url = joinUrl(endpoint.baseUrl, "/v1/models?limit=1000"), // the most that one page holds
                .headers = requestHeaders(endpoint, {}, false),
                .body = {}};
    }

    Result<std::vector<ModelInfo>> decodeListModels(const WireReplyHead& head, std::string_view body) const override {
        auto object = bodyOf(head, body);
        if (!object)
            return object.error();
        const json::array* data = findArray(*object, "data");
        if (!data)
            return malformedReply("the model list has no data");
        std::vector<ModelInfo> models;
        for (const json::value& entry : *data)
            if (entry.is_object() && !stringOr(entry.get_object(), "id").empty())
                models.push_back(modelOf(entry.get_object()));
        return models;
    }

    Result<WireRequest> encodeEmbedding(const EmbeddingRequest&, const Endpoint&) const override {
        return noEmbeddings();
    }
    Result<EmbeddingReply> decodeEmbedding(const WireReplyHead&, std::string_view) const override {
        return noEmbeddings();
    }

    Result<WireRequest> encodeCountTokens(const ChatRequest& request, const Endpoint& endpoint) const override {
        return post("/v1/messages/count_tokens", BodyKind::CountTokens, request, endpoint);
    }

    Result<std::int64_t> decodeCountTokens(const WireReplyHead& head, std::string_view body) const override {
        auto object = bodyOf(head, body);
        if (!object)
            return object.error();
        const auto count = findInt(*object, "input_tokens");
        if (!count)
            return malformedReply("the token count has no input_tokens");
        return *count;
    }

private:
    static Result<WireRequest> post(std::string_view path, BodyKind kind, const ChatRequest& request,
                                    const Endpoint& endpoint) {
        auto body = encodeRequestBody(request, kind);
        if (!body)
            return body.error();
        WireRequest result{.url = joinUrl(endpoint.baseUrl, path),
                           .headers = requestHeaders(endpoint, request.betas, true),
                           .body = writeJson(*body)};
        return result;
    }
};

} // namespace

const ClientCodec& anthropicClientCodec() {
    static const AnthropicClientCodec codec;
    return codec;
}

} // namespace patchbay
