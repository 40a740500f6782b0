// One turn of a conversation as the native API says it, over HTTP and over WebSocket alike: the members of the request,
// and the JSON of how it ended.
#pragma once

#include "providers/codec.h"
#include "server/native_events.h"
#include "services/conversation_chat.h"

namespace patchbay {

struct NativeTurn {
    TurnRequest request;
    bool stream = true;
};

/// {message | messages | regenerate, model?, conversation_id?, parent_id?, system?, store?, stream?} and whatever
/// OpenAI's chat completions take beside: temperature, max_tokens, tools, response_format, reasoning_effort …
/// `message` is a text, a list of content parts, or {role?, content}. Errors: InvalidRequest.
Result<NativeTurn> decodeTurn(json::object body);

/// {conversation_id, message_id, user_message_id, trace_id}; null for what there is not.
json::object turnIds(const Turn& turn);
/// What a turn ends with, whatever happened: `usage` where it is known, `error` where it failed, then `done`.
/// finish_reason is the model's, "stopped" or "error".
std::vector<NativeEvent> closingEvents(const Outcome& outcome, const Turn& turn);
/// The whole answer at once, for stream = false.
json::object replyJson(const ChatReply& reply, const ChatSummary& summary, const Turn& turn);

} // namespace patchbay
