// Patchbay's own chat over HTTP: POST /api/chat/stream, answered by server-sent events or, with stream = false, at
// once.
#pragma once

#include "server/surface.h"
#include "services/conversation_chat.h"

namespace patchbay {

/// `chats` outlives the server.
std::vector<http::Route> nativeRoutes(ServerParts parts, ConversationChat& chats);

} // namespace patchbay
