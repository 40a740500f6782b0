// The body of generateContent, both directions. The model and whether to stream stand in the path, not here.
#pragma once

#include "providers/codec.h"

namespace patchbay::gemini {

Result<json::object> encodeRequest(const ChatRequest& request);
/// Fills everything but model and stream.
Result<ChatRequest> decodeRequest(const json::object& body);

/// Member of ChatRequest::extra that says how a stream is framed: "json" = as an array, without alt=sse. Never sent on.
inline constexpr std::string_view kStreamFraming = "$alt";

} // namespace patchbay::gemini
