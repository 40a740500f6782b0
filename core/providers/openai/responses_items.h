// Messages as the items of OpenAI's responses format, both directions: `input` of a request and `output` of a response
// are made of the same items.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "chat/chat_request.h"

namespace patchbay::responses {

/// What an item's `encrypted_content` holds. OpenAI binds the content to the id of its item, while a stream has to name
/// the item before the vendor's id is known, and other vendors' signatures have no id at all. So where the id that went
/// to the client is not the vendor's, the vendor's travels inside: "pb1:<vendor id>:<signature>", and a redacted block
/// of Anthropic's as "pb1r:<data>".
std::string sealReasoning(const ReasoningPart& part, std::string_view itemId);
/// The part for a reasoning item, undoing sealReasoning. Text comes from `summary`, or from `content` without one.
ReasoningPart reasoningOf(const json::object& item);

/// The items for `messages`. Fails with Unsupported on audio and on images in an assistant's turn.
/// `sameFormat`: the client speaks this format itself, so its cache breakpoints may be passed on.
Result<json::array> itemsOf(const std::vector<Message>& messages, bool sameFormat);

/// The messages for a request's `input` items. Neighbouring items of the assistant make one message, neighbouring tool
/// outputs another.
Result<std::vector<Message>> messagesOf(const json::array& items);

} // namespace patchbay::responses
