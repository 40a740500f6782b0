// ChatRequest -> body of POST /v1/messages (and of count_tokens). What the format cannot carry is an error of code
// Unsupported; hints that it lacks (penalties, seed, logprobs) are left out, because they change no meaning.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_request.h"

namespace patchbay::anthropic {

/// CountTokens leaves out the members that the counting endpoint refuses.
enum class BodyKind { Chat, CountTokens };

Result<json::object> encodeRequestBody(const ChatRequest& request, BodyKind kind);

} // namespace patchbay::anthropic
