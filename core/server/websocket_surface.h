// Patchbay's own chat over one WebSocket, /api/ws: several chats at once, each under an id that the client chose, with
// the same members and events as POST /api/chat/stream.
//
//   client  {type?:"chat", id, message | messages | regenerate, …}   {type:"cancel", id}   {type:"ping", id?}
//   server  {id, type:"message" | "reasoning" | "refusal" | "tool_call" | "usage" | "error" | "done", …} {type:"pong"}
//
// A chat ends with exactly one `done`, after an `error` if it failed; cancelled, its finish_reason is "stopped". What
// is not taken as a chat at all (bad JSON, an id in use, a bad member) gets one `error` with refused = true.
#pragma once

#include "server/surface.h"
#include "services/conversation_chat.h"

namespace patchbay {

inline constexpr std::size_t kMaxChatsPerSocket = 32;

/// `chats` outlives the server.
std::vector<http::Route> webSocketRoutes(ServerParts parts, ConversationChat& chats);

} // namespace patchbay
