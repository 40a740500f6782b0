// The message list of a request: chat Messages -> Anthropic's system blocks and alternating user/assistant messages.
#pragma once

#include "base/error.h"
#include "base/json.h"
#include "chat/chat_request.h"

namespace patchbay::anthropic {

struct EncodedMessages {
    json::array system; ///< text blocks; empty = no system prompt
    json::array messages;
};

/// System and developer messages leave the list, equal neighbours are merged, the tool results of a turn stand first in
/// the user message behind it. Empty text and reasoning of other vendors are dropped, and messages that end up empty.
Result<EncodedMessages> encodeMessages(const ChatRequest& request);

} // namespace patchbay::anthropic
