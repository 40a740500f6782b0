// Reads an answer of generateContent (one object) or streamGenerateContent (events, or an array without alt=sse).
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay::gemini {

std::unique_ptr<ReplyDecoder> makeDecoder(const WireReplyHead& head, const ChatRequest& request);
Usage usageOf(const json::object& metadata);

} // namespace patchbay::gemini
