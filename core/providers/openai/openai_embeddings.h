// POST /embeddings of OpenAI and its relatives, both directions. Vectors travel as JSON numbers or as base64 of
// little-endian float32; the official SDKs ask for base64 unless told otherwise, and an answer in the other form is
// read as garbage by some of them, so the form asked for is the form given.
#pragma once

#include "providers/codec.h"

namespace patchbay {

WireRequest encodeOpenAiEmbedding(const EmbeddingRequest& request, const Endpoint& endpoint);
/// Accepts both forms, whichever was asked for. Vectors stand in the order of their index.
Result<EmbeddingReply> decodeOpenAiEmbedding(const WireReplyHead& head, std::string_view body);

Result<EmbeddingRequest> decodeOpenAiEmbeddingRequest(std::string_view body);
ClientReply encodeOpenAiEmbeddingReply(const EmbeddingRequest& request, const EmbeddingReply& reply);

} // namespace patchbay
