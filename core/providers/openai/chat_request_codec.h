// The body of POST /chat/completions, written for a vendor and read from a client.
#pragma once

#include <string>
#include <string_view>

#include "chat/chat_request.h"
#include "providers/codec.h"

namespace patchbay {

/// The JSON body for the endpoint's quirks.
Result<std::string> encodeChatBody(const ChatRequest& request, const VendorQuirks& quirks);

/// Strict: what OpenAI's service refuses is refused in its words, with vendor.param naming the field. Members unknown
/// here go into `extra`; extraFormat is always "openai", so that an encoder knows where the request came from.
Result<ChatRequest> decodeChatBody(std::string_view body);

} // namespace patchbay
