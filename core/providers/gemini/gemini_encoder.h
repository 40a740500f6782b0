// Writes an answer of generateContent (one object) or streamGenerateContent (events with alt=sse, an array without).
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay::gemini {

std::unique_ptr<ReplyEncoder> makeEncoder(const ChatRequest& request, ReplyIdentity identity);
json::object responseObject(const ReplyIdentity& identity, const ChatReply& reply);
/// google.rpc.Status: {"code","message","status","details"?}.
json::object errorStatus(const Error& error);

} // namespace patchbay::gemini
