#include "providers/openai/responses_codec.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "providers/body_fields.h"
#include "providers/openai/openai_codec.h"
#include "providers/openai/responses_decoder.h"
#include "providers/openai/responses_encoder.h"
#include "providers/openai/responses_request.h"

namespace patchbay {
namespace {

Error cannotCount() {
    return makeError(ErrorCode::Unsupported, "the responses format has no call that counts tokens",
                     "The count is estimated instead.");
}

class ResponsesClientCodec final : public ClientCodec {
public:
    Result<WireRequest> encodeChat(const ChatRequest& request, const Endpoint& endpoint) const override {
        auto body = responses::encodeRequest(request, endpoint.quirks);
        if (!body)
            return body.error();
        WireRequest wire{.url = joinUrl(endpoint.baseUrl, "/responses"), .body = writeJson(*body)};
        wire.headers.push_back({"content-type", "application/json"});
        wire.headers.push_back({"accept", request.stream ? "text/event-stream" : "application/json"});
        if (!endpoint.key.empty()) {
            const bool bearer = endpoint.quirks.authHeader == "authorization";
            wire.headers.push_back(
                {std::string(endpoint.quirks.authHeader), bearer ? "Bearer " + endpoint.key : endpoint.key});
        }
        wire.headers.insert(wire.headers.end(), endpoint.headers.begin(), endpoint.headers.end());
        return wire;
    }
    std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest& request,
                                              const Endpoint&) const override {
        return responses::makeDecoder(head, request.stream);
    }

    // Everything but chat is the same as beside /chat/completions.
    WireRequest encodeListModels(const Endpoint& endpoint) const override {
        return openAiChatClientCodec().encodeListModels(endpoint);
    }
    Result<std::vector<ModelInfo>> decodeListModels(const WireReplyHead& head, std::string_view body) const override {
        return openAiChatClientCodec().decodeListModels(head, body);
    }
    Result<WireRequest> encodeEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint) const override {
        return openAiChatClientCodec().encodeEmbedding(request, endpoint);
    }
    Result<EmbeddingReply> decodeEmbedding(const WireReplyHead& head, std::string_view body) const override {
        return openAiChatClientCodec().decodeEmbedding(head, body);
    }
    Result<WireRequest> encodeCountTokens(const ChatRequest&, const Endpoint&) const override { return cannotCount(); }
    Result<std::int64_t> decodeCountTokens(const WireReplyHead&, std::string_view) const override {
        return cannotCount();
    }
};

class ResponsesServerCodec final : public ServerCodec {
public:
    Result<ChatRequest> decodeChat(const ClientRequest& request) const override {
        return responses::decodeRequest(request.body);
    }
    std::unique_ptr<ReplyEncoder> chatEncoder(const ChatRequest& request, ReplyIdentity identity) const override {
        return responses::makeEncoder(request, std::move(identity));
    }
    ClientReply encodeReply(const ChatRequest& request, const ReplyIdentity& identity,
                            const ChatReply& reply) const override {
        return {.body = writeJson(responses::responseObject(request, identity, reply))};
    }
    ClientReply encodeError(const Error& error, std::string_view requestId) const override {
        return openAiChatServerCodec().encodeError(error, requestId);
    }
    ClientReply encodeModels(const std::vector<ModelInfo>& models) const override {
        return openAiChatServerCodec().encodeModels(models);
    }
    ClientReply encodeModel(const ModelInfo& model) const override {
        return openAiChatServerCodec().encodeModel(model);
    }
    Result<EmbeddingRequest> decodeEmbedding(const ClientRequest& request) const override {
        return openAiChatServerCodec().decodeEmbedding(request);
    }
    ClientReply encodeEmbedding(const EmbeddingRequest& request, const EmbeddingReply& reply) const override {
        return openAiChatServerCodec().encodeEmbedding(request, reply);
    }
    Result<ChatRequest> decodeCountTokens(const ClientRequest&) const override { return cannotCount(); }
    ClientReply encodeCountTokens(std::int64_t inputTokens) const override {
        return {.body = fmt::format(R"({{"object":"response.input_tokens","input_tokens":{}}})", inputTokens)};
    }
};

} // namespace

const ClientCodec& openAiResponsesClientCodec() {
    static const ResponsesClientCodec codec;
    return codec;
}

const ServerCodec& openAiResponsesServerCodec() {
    static const ResponsesServerCodec codec;
    return codec;
}

Result<std::string> resolveItemReferences(std::string_view body, const ItemLookup& lookup) {
    auto object = parseJsonObject(body);
    if (!object)
        return invalidField("", "the body is not a JSON object: " + object.error().message, "Send a JSON object.");
    json::value* input = object->if_contains("input");
    json::array* items = input ? input->if_array() : nullptr;
    if (!items)
        return std::string(body);
    bool changed = false;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const json::object* item = (*items)[i].if_object();
        const bool bare = item && item->size() == 1 && findString(*item, "id"); // the type may be left out
        if (!item || (stringOr(*item, "type") != "item_reference" && !bare))
            continue;
        const std::string id(stringOr(*item, "id"));
        auto found = lookup(id);
        if (!found)
            return invalidField(fmt::format("input[{}].id", i), fmt::format("there is no item '{}'", id),
                                "Send the item itself.");
        (*items)[i] = std::move(*found);
        changed = true;
    }
    return changed ? writeJson(*object) : std::string(body);
}

} // namespace patchbay
