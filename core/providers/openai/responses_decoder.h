// Reads an answer of OpenAI's responses format: its named event stream, or one response object.
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay::responses {

std::unique_ptr<ReplyDecoder> makeDecoder(const WireReplyHead& head, bool streamed);

} // namespace patchbay::responses
