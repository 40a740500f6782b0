// Messages of /api/chat -> Message, and the images that /api/generate carries in the same way.
#pragma once

#include <string>
#include <vector>

#include "providers/codec.h"
#include "providers/open_calls.h"

namespace patchbay::ollama {

/// Appends an ImagePart for each entry of `images` in `source`; `prefix` names the place in errors.
Result<void> decodeImages(const json::object& source, const std::string& prefix, std::vector<ContentPart>& parts);

/// Decodes one message after the other, and so knows which calls a tool result may answer.
class MessageDecoder {
public:
    Result<Message> decode(const json::object& source, const std::string& prefix);

private:
    Result<void> decodeCalls(const json::object& source, const std::string& prefix, std::vector<ContentPart>& parts);
    ToolResultPart resultOf(const json::object& source);

    OpenCalls m_open; // calls without a result so far
};

} // namespace patchbay::ollama
