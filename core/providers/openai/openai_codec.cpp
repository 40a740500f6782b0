// Ties the pieces of the chat completions format together; every method is one call.
#include "providers/openai/openai_codec.h"

#include "providers/openai/chat_reply_decoder.h"
#include "providers/openai/chat_reply_encoder.h"
#include "providers/openai/chat_request_codec.h"
#include "providers/openai/openai_embeddings.h"
#include "providers/openai/openai_errors.h"
#include "providers/openai/openai_http.h"
#include "providers/openai/openai_models.h"

namespace patchbay {
namespace {

Error noTokenCounting() {
    return makeError(ErrorCode::Unsupported, "OpenAI's chat format has no call that counts tokens",
                     "Use the estimate, or count at a provider of another format.");
}

class OpenAiChatClientCodec final : public ClientCodec {
public:
    Result<WireRequest> encodeChat(const ChatRequest& request, const Endpoint& endpoint) const override {
        auto body = encodeChatBody(request, endpoint.quirks);
        if (!body)
            return body.error();
        return openAiPost(endpoint, "/chat/completions", std::move(*body), request.stream);
    }
    std::unique_ptr<ReplyDecoder> chatDecoder(const WireReplyHead& head, const ChatRequest& request,
                                              const Endpoint& endpoint) const override {
        return makeChatReplyDecoder(head, request, endpoint);
    }
    WireRequest encodeListModels(const Endpoint& endpoint) const override { return openAiGet(endpoint, "/models"); }
    Result<std::vector<ModelInfo>> decodeListModels(const WireReplyHead& head, std::string_view body) const override {
        return decodeOpenAiModels(head, body);
    }
    Result<WireRequest> encodeEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint) const override {
        return encodeOpenAiEmbedding(request, endpoint);
    }
    Result<EmbeddingReply> decodeEmbedding(const WireReplyHead& head, std::string_view body) const override {
        return decodeOpenAiEmbedding(head, body);
    }
    Result<WireRequest> encodeCountTokens(const ChatRequest&, const Endpoint&) const override {
        return noTokenCounting();
    }
    Result<std::int64_t> decodeCountTokens(const WireReplyHead&, std::string_view) const override {
        return noTokenCounting();
    }
};

class OpenAiChatServerCodec final : public ServerCodec {
public:
    Result<ChatRequest> decodeChat(const ClientRequest& request) const override { return decodeChatBody(request.body); }
    std::unique_ptr<ReplyEncoder> chatEncoder(const ChatRequest& request, ReplyIdentity identity) const override {
        return makeChatReplyEncoder(request, std::move(identity));
    }
    ClientReply encodeReply(const ChatRequest&, const ReplyIdentity& identity, const ChatReply& reply) const override {
        return encodeChatReply(identity, reply);
    }
    ClientReply encodeError(const Error& error, std::string_view requestId) const override {
        return openAiErrorReply(error, requestId);
    }
    ClientReply encodeModels(const std::vector<ModelInfo>& models) const override { return encodeOpenAiModels(models); }
    ClientReply encodeModel(const ModelInfo& model) const override { return encodeOpenAiModel(model); }
    Result<EmbeddingRequest> decodeEmbedding(const ClientRequest& request) const override {
        return decodeOpenAiEmbeddingRequest(request.body);
    }
    ClientReply encodeEmbedding(const EmbeddingRequest& request, const EmbeddingReply& reply) const override {
        return encodeOpenAiEmbeddingReply(request, reply);
    }
    Result<ChatRequest> decodeCountTokens(const ClientRequest&) const override { return noTokenCounting(); }
    ClientReply encodeCountTokens(std::int64_t) const override { return openAiErrorReply(noTokenCounting(), {}); }
};

} // namespace

const ClientCodec& openAiChatClientCodec() {
    static const OpenAiChatClientCodec codec;
    return codec;
}

const ServerCodec& openAiChatServerCodec() {
    static const OpenAiChatServerCodec codec;
    return codec;
}

} // namespace patchbay
