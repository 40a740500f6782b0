// The server direction: our /v1/messages surface and the playground. Requests are read by anthropic_request_decoder,
// replies written by anthropic_reply_encoder.
#include <fmt/format.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "providers/anthropic/anthropic_codec.h"
#include "providers/anthropic/anthropic_errors.h"
#include "providers/anthropic/anthropic_reply_encoder.h"
#include "providers/anthropic/anthropic_request_decoder.h"

namespace patchbay {
namespace {

using namespace anthropic;

// RFC 3339 to the second. The epoch stands for "unknown", as the service itself has it.
std::string createdAt(std::int64_t seconds) {
    std::string text = formatRfc3339(fromUnixMilliseconds(seconds * 1000));
    if (const auto dot = text.find('.'); dot != std::string::npos)
        text.replace(dot, std::string::npos, "Z");
    return text;
}

json::object capabilitiesOf(const ModelInfo& model) {
    const auto has = [&](std::string_view name) {
        const bool listed =
            std::find(model.capabilities.begin(), model.capabilities.end(), name) != model.capabilities.end();
        return json::object{{"supported", listed}};
    };
    return {{"image_input", has("vision")}, {"structured_outputs", has("json_schema")}, {"thinking", has("reasoning")}};
}

json::object modelJson(const ModelInfo& model) {
    json::object result{{"type", "model"},
                        {"id", model.id},
                        {"display_name", model.displayName.empty() ? model.id : model.displayName},
                        {"created_at", createdAt(model.created)},
                        {"lifecycle", "active"}};
    if (model.contextWindow)
        result["max_input_tokens"] = *model.contextWindow;
    if (model.maxOutput)
        result["max_tokens"] = *model.maxOutput;
    if (!model.capabilities.empty())
        result["capabilities"] = capabilitiesOf(model);
    return result;
}

class AnthropicServerCodec final : public ServerCodec {
public:
    Result<ChatRequest> decodeChat(const ClientRequest& request) const override {
        return decodeRequest(request, false);
    }

    std::unique_ptr<ReplyEncoder> chatEncoder(const ChatRequest& request, ReplyIdentity identity) const override {
        return makeReplyEncoder(request, std::move(identity));
    }

    ClientReply encodeReply(const ChatRequest& request, const ReplyIdentity& identity,
                            const ChatReply& reply) const override {
        return {.body = encodeMessage(request, identity, reply)};
    }

    ClientReply encodeError(const Error& error, std::string_view requestId) const override {
        ClientReply reply{.status = errorStatus(error), .body = errorBody(error, requestId)};
        if (!requestId.empty())
            reply.headers.push_back({"request-id", std::string(requestId)});
        if (error.retryAfter) {
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(*error.retryAfter).count();
            reply.headers.push_back({"retry-after", fmt::format("{}", seconds)});
        }
        reply.headers.push_back({"x-should-retry", error.retryable ? "true" : "false"});
        return reply;
    }

    ClientReply encodeModels(const std::vector<ModelInfo>& models) const override {
        json::array data;
        for (const ModelInfo& model : models)
            data.emplace_back(modelJson(model));
        json::object body{{"data", std::move(data)}, {"has_more", false}, {"first_id", nullptr}, {"last_id", nullptr}};
        if (!models.empty()) {
            body["first_id"] = models.front().id;
            body["last_id"] = models.back().id;
        }
        return {.body = writeJson(body)};
    }

    ClientReply encodeModel(const ModelInfo& model) const override { return {.body = writeJson(modelJson(model))}; }

    Result<EmbeddingRequest> decodeEmbedding(const ClientRequest&) const override { return noEmbeddings(); }

    ClientReply encodeEmbedding(const EmbeddingRequest&, const EmbeddingReply&) const override {
        return encodeError(noEmbeddings(), {});
    }

    Result<ChatRequest> decodeCountTokens(const ClientRequest& request) const override {
        return decodeRequest(request, true);
    }

    ClientReply encodeCountTokens(std::int64_t inputTokens) const override {
        return {.body = writeJson(json::object{{"input_tokens", inputTokens}})};
    }

private:
    static Error noEmbeddings() {
        return makeError(
            ErrorCode::Unsupported, "the Anthropic format has no embeddings",
            "Ask POST /v1/embeddings (OpenAI format) or POST /api/embed (Ollama format), with a model of an "
            "openai, ollama or gemini provider.");
    }
};

} // namespace

const ServerCodec& anthropicServerCodec() {
    static const AnthropicServerCodec codec;
    return codec;
}

} // namespace patchbay
