// One conversation of Claude's data export (conversations.json): a list of messages with blocks. Where the messages
// name their parents, branches stay branches. Thinking and tools become folded reasoning, artifacts and code stay as
// fenced text, attached texts become documents. The format is not documented; this follows exports of 2024 and 2025.
#pragma once

#include "services/imported_chat.h"

namespace patchbay {

bool isClaudeConversation(const json::object& object);
/// NotFound: it has no messages. Malformed: it has no id. The message is a reason, as in "it has no messages".
Result<ImportedConversation> readClaudeConversation(const json::object& object);

} // namespace patchbay
