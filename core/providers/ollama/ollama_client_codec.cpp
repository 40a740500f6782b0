// Ollama as a vendor.
#include "base/json_writer.h"
#include "providers/ollama/ollama_codec.h"
#include "providers/ollama/ollama_common.h"
#include "providers/ollama/ollama_reply_decoder.h"
#include "providers/ollama/ollama_request_encoder.h"
#include "providers/vendor_error.h"

namespace patchbay {
namespace {

using namespace ollama;

std::vector<std::string> capabilitiesOf(const json::object& model) {
    std::vector<std::string> result;
    const json::array* listed = findArray(model, "capabilities");
    const auto has = [&](std::string_view name) {
        for (const json::value& value : *listed)
            if (value.is_string() && toView(value.get_string()) == name)
                return true;
        return false;
    };
    if (!listed)
        return result;
    if (has("tools"))
        result.emplace_back("tools");
    if (has("vision"))
        result.emplace_back("vision");
    if (has("completion")) // the `format` of Ollama constrains the sampler, whatever the model
        result.emplace_back("json_schema");
    if (has("thinking"))
        result.emplace_back("reasoning");
    if (has("embedding"))
        result.emplace_back("embedding");
    return result;
}

class OllamaClientCodec final : public ClientCodec {
public:
    Result<WireRequest> encodeChat(const ChatRequest& request, const Endpoint& endpoint) const override {
        auto encoded = encodeRequest(request);
        if (!encoded)
            return encoded.error();
        return wireRequest("POST", endpoint, encoded->path, std::move(encoded->body));
    }

    std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest& request,
                                              const Endpoint&) const override {
        return std::make_unique<OllamaReplyDecoder>(head, request.stream);
    }

    WireRequest encodeListModels(const Endpoint& endpoint) const override {
        return wireRequest("GET", endpoint, "/api/tags", {});
    }

    Result<std::vector<ModelInfo>> decodeListModels(const WireReplyHead& head, std::string_view body) const override {
        const auto object = replyObject(head, body);
        if (!object)
            return object.error();
        const json::array* listed = findArray(*object, "models");
        if (!listed && !object->contains("models")) // null stands for an empty list
            return malformedReply("no list of models");
        std::vector<ModelInfo> models;
        for (const json::value& value : listed ? *listed : json::array{}) {
            const json::object* model = value.if_object();
            if (!model)
                continue;
            const std::string_view name = stringOr(*model, "name", stringOr(*model, "model"));
            if (name.empty())
                continue;
            ModelInfo info{.id = std::string(name), .created = unixSecondsOf(stringOr(*model, "modified_at"))};
            info.capabilities = capabilitiesOf(*model);
            if (const json::object* details = findObject(*model, "details"))
                info.contextWindow = findInt(*details, "context_length");
            models.push_back(std::move(info));
        }
        return models;
    }

    Result<WireRequest> encodeEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint) const override {
        if (!request.tokenInput.empty())
            return unsupportedField("input", "Ollama embeds texts, not token numbers", "Send the input as text.");
        json::object body{{"model", request.model}, {"input", json::array(request.input.begin(), request.input.end())}};
        if (request.dimensions)
            body["dimensions"] = *request.dimensions;
        return wireRequest("POST", endpoint, "/api/embed", writeJson(body));
    }

    Result<EmbeddingReply> decodeEmbedding(const WireReplyHead& head, std::string_view body) const override {
        const auto object = replyObject(head, body);
        if (!object)
            return object.error();
        const json::array* vectors = findArray(*object, "embeddings");
        if (!vectors)
            return malformedReply("no embeddings");
        EmbeddingReply reply{.model = std::string(stringOr(*object, "model"))};
        reply.usage = Usage{.inputTotal = findInt(*object, "prompt_eval_count").value_or(0), .outputTotal = 0};
        for (const json::value& value : *vectors) {
            std::vector<float>& vector = reply.embeddings.emplace_back();
            if (!value.is_array())
                return malformedReply("an embedding is no list of numbers");
            for (const json::value& number : value.get_array()) {
                if (!number.is_number())
                    return malformedReply("an embedding is no list of numbers");
                vector.push_back(number.to_number<float>());
            }
        }
        return reply;
    }

    Result<WireRequest> encodeCountTokens(const ChatRequest&, const Endpoint&) const override { return noCount(); }
    Result<std::int64_t> decodeCountTokens(const WireReplyHead&, std::string_view) const override { return noCount(); }

private:
    static Error noCount() {
        return makeError(ErrorCode::Unsupported, "Ollama cannot count tokens", "Use an estimate.");
    }
};

} // namespace

const ClientCodec& ollamaClientCodec() {
    static const OllamaClientCodec codec;
    return codec;
}

} // namespace patchbay
