// Writes an answer to POST /chat/completions as OpenAI's service does: a stream of chunks or one document. Every field
// that the official SDKs need is there; null stands only where their types allow it.
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay {

/// Chunks are appended to the output directly: nothing is allocated per delta beyond the output's growth.
std::unique_ptr<ReplyEncoder> makeChatReplyEncoder(const ChatRequest& request, ReplyIdentity identity);

ClientReply encodeChatReply(const ReplyIdentity& identity, const ChatReply& reply);

} // namespace patchbay
