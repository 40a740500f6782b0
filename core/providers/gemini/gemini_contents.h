// Messages as Gemini's `contents` and `systemInstruction`, both directions.
#pragma once

#include <vector>

#include "base/json.h"
#include "chat/chat_request.h"

namespace patchbay::gemini {

/// Google's documented stand-in for a signature in a history that another model wrote.
inline constexpr std::string_view kNoSignature = "skip_thought_signature_validator";

/// The keys of one object (not of what it holds) in camelCase: the service takes snake_case too.
json::object camelKeys(const json::object& object);

struct Contents {
    json::array system; ///< the parts of systemInstruction
    json::array contents;
};

/// System and developer messages, wherever they stand, go to systemInstruction: there is only that one place.
/// `model` decides whether a history from elsewhere needs a stand-in for the signatures that Gemini 3 asks for.
Result<Contents> contentsOf(const std::vector<Message>& messages, std::string_view model);

/// Calls and answers without an id get one that is the same every time: "call_" and the number of the call.
Result<std::vector<Message>> messagesOf(const json::object* systemInstruction, const json::array& contents);

} // namespace patchbay::gemini
