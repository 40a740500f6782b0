// Writes an answer in OpenAI's responses format: the named event stream, or one response object. Both come from one
// state machine, so that the streamed items and the final object always agree.
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay::responses {

std::unique_ptr<ReplyEncoder> makeEncoder(const ChatRequest& request, ReplyIdentity identity);
/// The finished response object for a reply that was not streamed.
json::object responseObject(const ChatRequest& request, const ReplyIdentity& identity, const ChatReply& reply);

} // namespace patchbay::responses
