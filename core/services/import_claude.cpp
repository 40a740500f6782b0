#include "services/import_claude.h"

#include <map>

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/strings.h"

namespace patchbay {
namespace {

void addText(std::vector<ContentPart>& parts, std::string text) {
    if (!trim(text).empty())
        parts.emplace_back(TextPart{.text = std::move(text)});
}

void addThinking(std::vector<ContentPart>& parts, std::string text) {
    if (!trim(text).empty())
        parts.emplace_back(ReasoningPart{.text = std::move(text)});
}

// An artifact is what the conversation was about; of other tools a person sees that they were used.
void addToolUse(std::vector<ContentPart>& parts, const json::object& block) {
    const std::string_view name = stringOr(block, "name");
    const json::object* input = findObject(block, "input");
    if (input) {
        const std::string_view content = stringOr(*input, "content", stringOr(*input, "code"));
        if (!content.empty() && (name == "artifacts" || name == "repl" || name == "analysis_tool")) {
            const std::string_view title = stringOr(*input, "title");
            const bool prose = stringOr(*input, "type") == "text/markdown";
            addText(parts,
                    fmt::format("{}{}", title.empty() ? "" : fmt::format("**{}**\n\n", title),
                                prose ? std::string(content)
                                      : fencedCode(name == "artifacts" ? stringOr(*input, "language") : "javascript",
                                                   content)));
            return;
        }
    }
    addThinking(parts, fmt::format("**{}**\n\n{}", name,
                                   input && !input->empty() ? fencedCode("json", writeJsonPretty(*input)) : ""));
}

std::string resultText(const json::object& block) {
    if (const auto text = findString(block, "content"))
        return std::string(*text);
    std::string joined;
    if (const json::array* content = findArray(block, "content"))
        for (const json::value& piece : *content)
            if (const json::object* object = piece.if_object()) {
                const std::string_view text = stringOr(*object, "text", stringOr(*object, "title"));
                if (!joined.empty() && !text.empty())
                    joined += "\n";
                joined += text;
            }
    return joined;
}

void addBlock(std::vector<ContentPart>& parts, const json::object& block) {
    const std::string_view type = stringOr(block, "type");
    if (type == "text")
        addText(parts, std::string(stringOr(block, "text")));
    else if (type == "thinking")
        addThinking(parts, std::string(stringOr(block, "thinking")));
    else if (type == "tool_use")
        addToolUse(parts, block);
    else if (type == "tool_result") {
        if (std::string text = resultText(block); !trim(text).empty())
            addThinking(parts,
                        fmt::format("**{}**\n\n{}", stringOr(block, "name", "Result"), fencedCode("text", text)));
    } else if (type == "voice_note")
        addText(parts, fmt::format("{}\n{}", stringOr(block, "title"), stringOr(block, "text")));
}

void addAttachments(std::vector<ContentPart>& parts, const json::object& message) {
    if (const json::array* attachments = findArray(message, "attachments"))
        for (const json::value& value : *attachments)
            if (const json::object* attachment = value.if_object()) {
                const std::string_view text = stringOr(*attachment, "extracted_content");
                std::string name(stringOr(*attachment, "file_name"));
                if (name.empty())
                    name = "pasted.txt";
                if (!trim(text).empty())
                    parts.push_back(textDocument(std::move(name), text));
                else
                    addText(parts, fmt::format("[File: {}, not in the export]", name));
            }
    if (const json::array* files = findArray(message, "files"))
        for (const json::value& value : *files)
            if (const json::object* file = value.if_object(); file && !stringOr(*file, "file_name").empty())
                addText(parts, fmt::format("[File: {}, not in the export]", stringOr(*file, "file_name")));
}

std::vector<ContentPart> partsOf(const json::object& message) {
    std::vector<ContentPart> parts;
    addAttachments(parts, message);
    const std::size_t attached = parts.size();
    if (const json::array* content = findArray(message, "content"))
        for (const json::value& block : *content)
            if (const json::object* object = block.if_object())
                addBlock(parts, *object);
    if (parts.size() == attached) // exports of early 2024 have the text alone
        addText(parts, std::string(stringOr(message, "text")));
    return parts;
}

} // namespace

bool isClaudeConversation(const json::object& object) {
    return findArray(object, "chat_messages") != nullptr;
}

Result<ImportedConversation> readClaudeConversation(const json::object& object) {
    const std::string_view id = stringOr(object, "uuid");
    if (id.empty())
        return makeError(ErrorCode::Malformed, "it has no id");
    ImportedTree tree(fmt::format("claude:{}", id), millisecondsOf(object, "created_at").value_or(0));
    std::map<std::string_view, int> messageOf; ///< by the source's id; a message left out stands for the one above
    int last = -1;
    std::size_t number = 0;
    for (const json::value& value : *findArray(object, "chat_messages")) {
        ++number;
        const json::object* message = value.if_object();
        if (!message)
            continue;
        const std::string_view parent = stringOr(*message, "parent_message_uuid");
        int above = last;
        if (!parent.empty()) {
            const auto found = messageOf.find(parent);
            above = found == messageOf.end() ? -1 : found->second; // the root's parent is a made-up id
        }
        std::vector<ContentPart> parts = partsOf(*message);
        const std::string_view uuid = stringOr(*message, "uuid");
        if (!parts.empty()) {
            MessageRecord record;
            record.message = {.role = stringOr(*message, "sender") == "assistant" ? Role::Assistant : Role::User,
                              .parts = std::move(parts)};
            if (record.message.role == Role::Assistant) {
                record.model = stringOr(*message, "model", stringOr(object, "model", "claude"));
                record.finishReason = "stop";
            }
            above = last = tree.add(above, uuid.empty() ? fmt::format("#{}", number) : std::string(uuid),
                                    millisecondsOf(*message, "created_at"), std::move(record));
        }
        if (!uuid.empty())
            messageOf[uuid] = above;
    }
    const auto leaf = messageOf.find(stringOr(object, "current_leaf_message_uuid"));
    return tree.take(std::string(stringOr(object, "name")), millisecondsOf(object, "updated_at"),
                     leaf == messageOf.end() ? -1 : leaf->second);
}

} // namespace patchbay
