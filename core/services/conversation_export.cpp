#include "services/conversation_export.h"

#include <unordered_map>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/ids.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "storage/message_json.h"

namespace patchbay {
namespace {

std::string when(std::int64_t milliseconds) {
    return formatRfc3339(fromUnixMilliseconds(milliseconds));
}

std::string titleOf(const Conversation& conversation) {
    return conversation.title.empty() ? "Conversation" : conversation.title;
}

std::string_view speaker(Role role) {
    switch (role) {
    case Role::System:
        return "System";
    case Role::Developer:
        return "Developer";
    case Role::User:
        return "User";
    case Role::Assistant:
        return "Assistant";
    case Role::Tool:
        return "Tool";
    }
    return "User";
}

/// "Assistant · gpt-5 · 2026-01-01T10:00:00.000Z (stopped)"
std::string headingOf(const MessageRecord& record) {
    std::string heading(speaker(record.message.role));
    if (!record.model.empty())
        heading += " · " + record.model;
    heading += " · " + when(record.createdAt);
    if (record.status != MessageStatus::Complete)
        heading += fmt::format(" ({})", messageStatusName(record.status));
    return heading;
}

std::string sourceName(const MediaSource& source) {
    if (!source.url.empty())
        return source.url;
    return source.mediaType.empty() ? "attachment" : source.mediaType;
}

// Each format draws a part in its own way; which parts there are is said once, here.
struct PartWriter {
    virtual ~PartWriter() = default;
    virtual void text(const std::string& text) = 0;
    virtual void code(std::string_view label, const std::string& text) = 0;
    virtual void image(const MediaSource& source) = 0;
    virtual void note(const std::string& text) = 0;

    void write(const ContentPart& part) {
        if (const auto* plain = std::get_if<TextPart>(&part))
            text(plain->text);
        else if (const auto* image_ = std::get_if<ImagePart>(&part))
            image(image_->source);
        else if (const auto* file = std::get_if<FilePart>(&part))
            note("File: " + (file->filename.empty() ? sourceName(file->source) : file->filename));
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
            if (!reasoning->text.empty())
                code("Reasoning", reasoning->text);
        } else if (const auto* call = std::get_if<ToolCallPart>(&part))
            code("Tool call: " + call->name, call->arguments);
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            text(refusal->text);
        else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
            note(result->isError ? "Tool result (error)" : "Tool result");
            for (const auto& piece : result->content) {
                if (const auto* inner = std::get_if<TextPart>(&piece))
                    code("", inner->text);
                else
                    std::visit([this](const auto& other) { write(ContentPart(other)); }, piece);
            }
        }
    }
};

struct MarkdownWriter final : PartWriter {
    std::string out;
    void text(const std::string& text) override { out += text + "\n\n"; }
    void note(const std::string& text) override { out += "*" + text + "*\n\n"; }
    void image(const MediaSource& source) override { note("Image: " + sourceName(source)); }
    void code(std::string_view label, const std::string& text) override {
        if (!label.empty())
            out += fmt::format("*{}*\n\n", label);
        std::string fence = "```";
        while (text.find(fence) != std::string::npos)
            fence.push_back('`');
        out += fence + "\n" + text + "\n" + fence + "\n\n";
    }
};

std::string escapeHtml(std::string_view text) {
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped.push_back(c);
        }
    }
    return escaped;
}

/// Only what cannot be anything but a picture goes into a data: URL.
bool isPlainImage(const MediaSource& source) {
    constexpr std::string_view kTypes[] = {"image/png", "image/jpeg", "image/gif", "image/webp"};
    constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    return !source.data.empty() &&
           std::find(std::begin(kTypes), std::end(kTypes), source.mediaType) != std::end(kTypes) &&
           source.data.find_first_not_of(kBase64) == std::string::npos;
}

struct HtmlWriter final : PartWriter {
    std::string out;
    void text(const std::string& text) override { out += "<div class=\"text\">" + escapeHtml(text) + "</div>\n"; }
    void note(const std::string& text) override { out += "<p class=\"note\">" + escapeHtml(text) + "</p>\n"; }
    void code(std::string_view label, const std::string& text) override {
        if (!label.empty())
            out += "<p class=\"note\">" + escapeHtml(label) + "</p>\n";
        out += "<pre>" + escapeHtml(text) + "</pre>\n";
    }
    void image(const MediaSource& source) override {
        if (isPlainImage(source))
            out += "<img alt=\"\" src=\"data:" + source.mediaType + ";base64," + source.data + "\">\n";
        else
            note("Image: " + sourceName(source)); // a link that loads by itself would tell that the file was opened
    }
};

std::string toMarkdown(const ConversationTree& tree) {
    MarkdownWriter writer;
    const Conversation& conversation = tree.conversation;
    writer.out = fmt::format("# {}\n\n- Created: {}\n", titleOf(conversation), when(conversation.createdAt));
    if (!conversation.model.empty())
        writer.out += fmt::format("- Model: {}\n", conversation.model);
    writer.out += "\n";
    if (!conversation.systemPrompt.empty())
        writer.out += "## System prompt\n\n" + conversation.systemPrompt + "\n\n";
    for (const MessageRecord* record : activePathOf(tree)) {
        writer.out += "## " + headingOf(*record) + "\n\n";
        for (const ContentPart& part : record->message.parts)
            writer.write(part);
        if (record->error)
            writer.note("Error: " + record->error->message);
    }
    return std::move(writer.out);
}

constexpr std::string_view kStyle =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 "
    "1rem;color:#222;background:#fff}"
    "section{border-top:1px solid #ddd;padding:.5rem 0}h2{font-size:.9rem;color:#666}.text{white-space:pre-wrap}"
    "pre{background:#f4f4f4;padding:.75rem;overflow:auto;white-space:pre-wrap}.note{color:#666;font-style:italic}"
    "img{max-width:100%}@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}pre{background:#2a2a2a}"
    "section{border-color:#444}}";

std::string toHtml(const ConversationTree& tree) {
    HtmlWriter writer;
    const Conversation& conversation = tree.conversation;
    const std::string title = escapeHtml(titleOf(conversation));
    writer.out = fmt::format(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
        "'unsafe-inline'\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n"
        "</head>\n<body>\n<h1>{}</h1>\n<p class=\"note\">{} {}</p>\n",
        title, kStyle, title, when(conversation.createdAt), escapeHtml(conversation.model));
    if (!conversation.systemPrompt.empty())
        writer.out += "<section>\n<h2>System prompt</h2>\n<div class=\"text\">" +
                      escapeHtml(conversation.systemPrompt) + "</div>\n</section>\n";
    for (const MessageRecord* record : activePathOf(tree)) {
        writer.out += "<section>\n<h2>" + escapeHtml(headingOf(*record)) + "</h2>\n";
        for (const ContentPart& part : record->message.parts)
            writer.write(part);
        if (record->error)
            writer.note("Error: " + record->error->message);
        writer.out += "</section>\n";
    }
    writer.out += "</body>\n</html>\n";
    return std::move(writer.out);
}

std::string toJson(const ConversationTree& tree) {
    json::array messages;
    for (const MessageRecord& record : tree.messages)
        messages.push_back(recordToJson(record));
    return writeJsonPretty(json::object{{"format", "patchbay.conversation"},
                                        {"version", 1},
                                        {"conversation", conversationToJson(tree.conversation)},
                                        {"messages", std::move(messages)}}) +
           "\n";
}

template <class T> void putOptional(json::object& object, std::string_view key, const std::optional<T>& value) {
    object[key] = value ? json::value(*value) : json::value(nullptr);
}

} // namespace

std::optional<ExportFormat> exportFormatFromName(std::string_view name) {
    if (name == "md" || name == "markdown")
        return ExportFormat::Markdown;
    if (name == "json")
        return ExportFormat::Json;
    if (name == "html")
        return ExportFormat::Html;
    return std::nullopt;
}

std::vector<const MessageRecord*> activePathOf(const ConversationTree& tree) {
    std::unordered_map<std::string_view, const MessageRecord*> byId;
    for (const MessageRecord& record : tree.messages)
        byId.emplace(record.id, &record);
    std::vector<const MessageRecord*> path;
    auto it = byId.find(tree.conversation.activeLeaf);
    while (it != byId.end() && path.size() <= tree.messages.size()) {
        path.push_back(it->second);
        it = byId.find(it->second->parentId);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

json::object conversationToJson(const Conversation& conversation) {
    json::object object{{"id", conversation.id},
                        {"title", conversation.title},
                        {"created_at", conversation.createdAt},
                        {"updated_at", conversation.updatedAt},
                        {"model", conversation.model},
                        {"system_prompt", conversation.systemPrompt},
                        {"parameters", conversation.parameters},
                        {"folder", conversation.folder},
                        {"pinned", conversation.pinned}};
    putOptional(object, "deleted_at", conversation.deletedAt);
    object["active_leaf"] =
        conversation.activeLeaf.empty() ? json::value(nullptr) : json::value(conversation.activeLeaf);
    object["draft"] = conversation.draft;
    return object;
}

json::object recordToJson(const MessageRecord& record) {
    json::object object{{"id", record.id}};
    object["parent_id"] = record.parentId.empty() ? json::value(nullptr) : json::value(record.parentId);
    object["role"] = roleName(record.message.role);
    object["text"] = textOf(record.message);
    object["message"] = messageToJson(record.message);
    object["status"] = messageStatusName(record.status);
    object["created_at"] = record.createdAt;
    if (record.message.role == Role::Assistant) {
        object["model"] = record.model;
        object["provider"] = record.provider;
        object["finish_reason"] = record.finishReason.empty() ? json::value(nullptr) : json::value(record.finishReason);
        object["error"] = record.error ? json::value(errorToJson(*record.error)) : json::value(nullptr);
        object["usage"] = usageToJson(record.usage);
        putOptional(object, "cost_nano_usd", record.costNanoUsd);
        object["trace_id"] = record.traceId;
        putOptional(object, "first_token_ms", record.firstTokenMs);
        putOptional(object, "duration_ms", record.durationMs);
        object["feedback"] = record.feedback;
    }
    return object;
}

ConversationExport exportConversation(const ConversationTree& tree, ExportFormat format) {
    const std::string name = isUuid(tree.conversation.id) ? "conversation-" + tree.conversation.id : "conversation";
    switch (format) {
    case ExportFormat::Markdown:
        return {.mediaType = "text/markdown; charset=utf-8", .filename = name + ".md", .body = toMarkdown(tree)};
    case ExportFormat::Html:
        return {.mediaType = "text/html; charset=utf-8", .filename = name + ".html", .body = toHtml(tree)};
    case ExportFormat::Json:
        break;
    }
    return {.mediaType = "application/json", .filename = name + ".json", .body = toJson(tree)};
}

} // namespace patchbay
