// A conversation as a file: Markdown and HTML show the active path, JSON holds every branch without loss. Pure
// functions; an HTML export is one file that loads nothing and runs nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "storage/records.h"

namespace patchbay {

enum class ExportFormat : std::uint8_t { Markdown, Json, Html };
/// "md" or "markdown", "json", "html"
std::optional<ExportFormat> exportFormatFromName(std::string_view name);

struct ConversationExport {
    std::string mediaType; ///< with charset
    std::string filename;  ///< ASCII, safe as a file name and in a header
    std::string body;
};

ConversationExport exportConversation(const ConversationTree& tree, ExportFormat format);

/// A stored message as JSON, as the export and the native API show it.
json::object recordToJson(const MessageRecord& record);
json::object conversationToJson(const Conversation& conversation);
/// Root to active leaf.
std::vector<const MessageRecord*> activePathOf(const ConversationTree& tree);

} // namespace patchbay
