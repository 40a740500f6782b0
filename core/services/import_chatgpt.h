// One conversation of ChatGPT's data export (conversations.json): a mapping of nodes with parent and children.
//   - Branches stay branches. The nodes of one answer (thinking, code, its output, text) become one message.
//   - Thinking and what tools say to the model become folded reasoning; code and its output stay as fenced text, so
//     that the chat can be continued with any model.
//   - Hidden nodes are left out; custom instructions become the system prompt.
// The format is not documented; this follows exports of 2023 to 2025.
#pragma once

#include "services/imported_chat.h"

namespace patchbay {

bool isChatGptConversation(const json::object& object);
/// NotFound: it has no messages. Malformed: it has no id. The message is a reason, as in "it has no messages".
Result<ImportedConversation> readChatGptConversation(const json::object& object, const ImportedAssets& assets);

} // namespace patchbay
