// Body of /api/chat or /api/generate -> ChatRequest.
#pragma once

#include "providers/codec.h"

namespace patchbay::ollama {

/// `stream` is true unless the client says otherwise. No messages (or no prompt) is allowed: such a request loads or
/// unloads the model, see isOllamaLoadRequest. A tool result without tool_call_id gets the id of the call it answers.
Result<ChatRequest> decodeRequest(const ClientRequest& request);

} // namespace patchbay::ollama
