// Reads a vendor's answer to POST /v1/messages, in whichever form it comes.
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay::anthropic {

/// An error answer by its status, else a stream or one JSON object. The first byte tells these two apart, not the
/// content type: servers answer a stream request with plain JSON, and send streams as text/plain.
std::unique_ptr<ReplyDecoder> makeReplyDecoder(WireReplyHead head);

} // namespace patchbay::anthropic
