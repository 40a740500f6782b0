// Reads one answer to POST /chat/completions: an error, a JSON document or a stream of chunks. Which one it is goes by
// the status and the first bytes rather than by the content type, which proxies and small servers get wrong.
#pragma once

#include <memory>

#include "chat/chat_request.h"
#include "providers/codec.h"

namespace patchbay {

std::unique_ptr<ReplyDecoder> makeChatReplyDecoder(const WireReplyHead& head, const ChatRequest& request,
                                                   const Endpoint& endpoint);

} // namespace patchbay
