// ChatRequest -> body of /api/chat or /api/generate.
#pragma once

#include <string>

#include "providers/codec.h"

namespace patchbay::ollama {

struct EncodedRequest {
    std::string path; ///< "/api/chat", or "/api/generate" for a request that came in there
    std::string body;
};

/// Fails (Unsupported) on images by reference, files that are not text, several choices and custom tools. Ollama has no
/// tool_choice: None leaves the tools out, a named or allowed set narrows them, Required cannot be enforced.
Result<EncodedRequest> encodeRequest(const ChatRequest& request);

} // namespace patchbay::ollama
