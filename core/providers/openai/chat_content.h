// Messages and their content parts between the chat values and the form of chat completions.
#pragma once

#include <string>
#include <vector>

#include "chat/chat_request.h"
#include "providers/codec.h"
#include "providers/openai/openai_fields.h"

namespace patchbay {

struct OpenAiDataUrl {
    std::string mediaType;
    std::string data; ///< base64
};
/// Takes "data:[type][;base64],…" apart; percent-encoded data becomes base64. nullopt if it is none or not valid
/// base64.
std::optional<OpenAiDataUrl> parseDataUrl(std::string_view url);

/// The `messages` array. Unsupported for what the format has no place for (an image by file id, a document by URL).
/// Images in tool results, which the format lacks, follow the results in a user message.
Result<json::array> encodeOpenAiMessages(const ChatRequest& request, const VendorQuirks& quirks);

std::vector<Message> decodeOpenAiMessages(const json::array& messages, RequestProblem& problem);

} // namespace patchbay
