#include "server/embedding_exchange.h"

namespace patchbay {

awaitable<void> exchangeEmbedding(ServerParts parts, WireFormat format, RequestPtr request, ResponderPtr responder) {
    const ServerCodec& codec = serverCodec(format);
    const auto record = parts.chat.newRecord();
    const auto decoded = codec.decodeEmbedding(toClientRequest(*request));
    Result<EmbeddingReply> reply =
        decoded ? co_await parts.chat.embed(*decoded, record) : Result<EmbeddingReply>(decoded.error());
    http::Response response = reply ? toHttpResponse(codec.encodeEmbedding(*decoded, *reply))
                                    : errorResponse(codec, reply.error(), record->traceId);
    addCallHeaders(response, *record, decoded ? decoded->model : std::string());
    if (reply && reply->usage.estimated)
        response.headers.push_back({"x-patchbay-estimated", "1"});
    co_await responder->respond(std::move(response));
}

} // namespace patchbay
