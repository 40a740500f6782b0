// Keeps the full-text index in step with messages and titles. These run inside the transaction of the change they
// belong to. The index keeps no copy of the text, so taking something out needs the very text that was put in.
#pragma once

#include <cstdint>
#include <string>

#include "base/error.h"
#include "chat/content.h"

namespace patchbay {

class Connection;

/// What of a message is searchable: text, refusals and file names; not reasoning, not tool calls.
std::string searchableText(const Message& message);

Result<void> indexMessage(Connection& connection, std::string conversationId, std::string messageId,
                          std::int64_t createdAt, const Message& message);
Result<void> indexTitle(Connection& connection, std::string conversationId, std::int64_t createdAt, std::string title);
Result<void> unindexTitle(Connection& connection, std::string conversationId, std::string title);
/// Takes out everything of a conversation; messages and title must still be there.
Result<void> unindexConversation(Connection& connection, std::string conversationId);
/// Builds the index anew if it was built by another splitter.
Result<bool> rebuildSearchIndexIfOutdated(Connection& connection);

} // namespace patchbay
