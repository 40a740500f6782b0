#include "providers/openai/responses_items.h"

#include <fmt/format.h>

#include "base/strings.h"
#include "providers/body_fields.h"

namespace patchbay::responses {
namespace {

constexpr std::string_view kSealed = "pb1:";
constexpr std::string_view kRedacted = "pb1r:";

// "data:image/png;base64,AAAA" taken apart; any other text is a URL.
MediaSource sourceOfUrl(std::string_view url) {
    MediaSource source;
    const auto comma = url.find(',');
    if (!startsWithIgnoreCase(url, "data:") || comma == std::string_view::npos) {
        source.url = url;
        return source;
    }
    const std::string_view head = url.substr(5, comma - 5);
    source.mediaType = head.substr(0, head.find(';'));
    source.data = url.substr(comma + 1);
    return source;
}

std::optional<CacheBreakpoint> breakpointOf(const json::object& part) {
    const json::object* breakpoint = findObject(part, "prompt_cache_breakpoint");
    return breakpoint ? std::optional(CacheBreakpoint{.ttl = std::string(stringOr(*breakpoint, "ttl"))}) : std::nullopt;
}

Result<ContentPart> contentPart(const json::value& value, const std::string& where) {
    const json::object* part = value.if_object();
    if (!part)
        return invalidField(where, "'" + where + "' must be an object");
    const std::string_view type = stringOr(*part, "type");
    if (type == "input_text" || type == "output_text" || type == "text") {
        const auto text = findString(*part, "text");
        if (!text)
            return invalidField(where + ".text", "'" + where + ".text' must be a string");
        return ContentPart(TextPart{.text = std::string(*text), .cache = breakpointOf(*part)});
    }
    if (type == "refusal")
        return ContentPart(RefusalPart{.text = std::string(stringOr(*part, "refusal"))});
    if (type == "input_image") {
        ImagePart image{.detail = std::string(stringOr(*part, "detail")), .cache = breakpointOf(*part)};
        if (const auto fileId = findString(*part, "file_id"))
            image.source.fileId = *fileId;
        else if (const auto url = findString(*part, "image_url"))
            image.source = sourceOfUrl(*url);
        else
            return invalidField(where + ".image_url", "'" + where + "' needs an image_url or a file_id");
        return ContentPart(std::move(image));
    }
    if (type == "input_file") {
        FilePart file{.filename = std::string(stringOr(*part, "filename")), .cache = breakpointOf(*part)};
        if (const auto fileId = findString(*part, "file_id"))
            file.source.fileId = *fileId;
        else if (const auto url = findString(*part, "file_url"))
            file.source.url = *url;
        else if (const auto data = findString(*part, "file_data")) {
            if (startsWithIgnoreCase(*data, "data:"))
                file.source = sourceOfUrl(*data);
            else
                file.source = {.mediaType = "application/pdf", .data = std::string(*data)};
        } else
            return invalidField(where + ".file_data", "'" + where + "' needs file_data, a file_url or a file_id");
        return ContentPart(std::move(file));
    }
    return invalidField(where + ".type", fmt::format("content of type '{}' is not supported", type),
                        "Use input_text, input_image, input_file, output_text or refusal.");
}

Result<std::vector<ContentPart>> contentOf(const json::object& item, std::string_view key, const std::string& where) {
    std::vector<ContentPart> parts;
    const json::value* content = find(item, key);
    const std::string at = where + "." + std::string(key);
    if (!content)
        return invalidField(at, "'" + at + "' is missing");
    if (content->is_string()) {
        parts.emplace_back(TextPart{.text = std::string(toView(content->get_string()))});
        return parts;
    }
    if (!content->is_array())
        return invalidField(at, "'" + at + "' must be a string or an array");
    for (std::size_t i = 0; i < content->get_array().size(); ++i) {
        auto part = contentPart(content->get_array()[i], fmt::format("{}[{}]", at, i));
        if (!part)
            return part.error();
        parts.push_back(std::move(*part));
    }
    return parts;
}

std::optional<Role> roleOf(std::string_view name) {
    for (const Role role : {Role::System, Role::Developer, Role::User, Role::Assistant})
        if (roleName(role) == name)
            return role;
    return std::nullopt;
}

class ItemReader {
public:
    Result<void> add(const json::object& item, const std::string& where) {
        const std::string_view type = stringOr(item, "type", "message");
        if (type == "message")
            return addMessage(item, where);
        if (type == "reasoning") {
            turn(Role::Assistant).parts.emplace_back(reasoningOf(item));
            return {};
        }
        if (type == "function_call" || type == "custom_tool_call")
            return addCall(item, type == "custom_tool_call", where);
        if (type == "function_call_output" || type == "custom_tool_call_output")
            return addResult(item, where);
        if (type == "item_reference")
            return invalidField(where + ".id", "references to items are not resolved here",
                                "Send the items themselves, or use previous_response_id.");
        return invalidField(where + ".type", fmt::format("input items of type '{}' are not supported", type),
                            "Use messages, reasoning, function calls and their outputs.");
    }
    std::vector<Message> take() { return std::move(m_messages); }

private:
    // The items of one turn are one message: that is what every other format calls it.
    Message& turn(Role role) {
        if (m_messages.empty() || m_messages.back().role != role)
            m_messages.push_back(Message{.role = role});
        return m_messages.back();
    }

    Result<void> addMessage(const json::object& item, const std::string& where) {
        const auto role = roleOf(stringOr(item, "role"));
        if (!role)
            return invalidField(where + ".role", "'" + where + ".role' must be user, assistant, system or developer");
        auto parts = contentOf(item, "content", where);
        if (!parts)
            return parts.error();
        if (*role == Role::Assistant)
            std::ranges::move(*parts, std::back_inserter(turn(*role).parts));
        else
            m_messages.push_back(Message{.role = *role, .parts = std::move(*parts)});
        return {};
    }

    Result<void> addCall(const json::object& item, bool custom, const std::string& where) {
        const auto callId = findString(item, "call_id");
        const auto name = findString(item, "name");
        const auto arguments = findString(item, custom ? "input" : "arguments");
        if (!callId || !name || !arguments)
            return invalidField(where, "'" + where + "' needs call_id, name and " + (custom ? "input" : "arguments"));
        ToolCallPart call{.id = std::string(*callId),
                          .name = std::string(*name),
                          .arguments = std::string(*arguments),
                          .custom = custom};
        if (const json::object* extra = findObject(item, "extra_content"))
            if (const json::object* google = findObject(*extra, "google"))
                call.signature = stringOr(*google, "thought_signature");
        turn(Role::Assistant).parts.emplace_back(std::move(call));
        return {};
    }

    Result<void> addResult(const json::object& item, const std::string& where) {
        const auto callId = findString(item, "call_id");
        if (!callId)
            return invalidField(where + ".call_id", "'" + where + ".call_id' must be a string");
        auto parts = contentOf(item, "output", where);
        if (!parts)
            return parts.error();
        ToolResultPart result{.toolCallId = std::string(*callId)};
        for (ContentPart& part : *parts) {
            if (auto* text = std::get_if<TextPart>(&part))
                result.content.emplace_back(std::move(*text));
            else if (auto* image = std::get_if<ImagePart>(&part))
                result.content.emplace_back(std::move(*image));
            else if (auto* file = std::get_if<FilePart>(&part))
                result.content.emplace_back(std::move(*file));
        }
        turn(Role::Tool).parts.emplace_back(std::move(result));
        return {};
    }

    std::vector<Message> m_messages;
};

std::string joinedText(const json::array& parts) {
    std::string text;
    for (const json::value& part : parts) {
        const json::object* object = part.if_object();
        const std::string_view piece = object ? stringOr(*object, "text") : std::string_view{};
        if (!text.empty() && !piece.empty())
            text += "\n\n";
        text += piece;
    }
    return text;
}

} // namespace

std::string sealReasoning(const ReasoningPart& part, std::string_view itemId) {
    if (!part.redacted.empty())
        return std::string(kRedacted) + part.redacted;
    if (part.id == itemId)
        return part.signature;
    return fmt::format("{}{}:{}", kSealed, part.id, part.signature);
}

ReasoningPart reasoningOf(const json::object& item) {
    ReasoningPart part{.id = std::string(stringOr(item, "id"))};
    if (const json::array* summary = findArray(item, "summary"))
        part.text = joinedText(*summary);
    if (const json::array* content = findArray(item, "content"); content && part.text.empty())
        part.text = joinedText(*content);
    std::string_view sealed = stringOr(item, "encrypted_content");
    if (sealed.starts_with(kRedacted)) {
        part.id.clear();
        part.text.clear();
        part.redacted = sealed.substr(kRedacted.size());
        return part;
    }
    if (sealed.starts_with(kSealed)) {
        sealed.remove_prefix(kSealed.size());
        const auto end = std::min(sealed.find(':'), sealed.size());
        part.id = sealed.substr(0, end);
        sealed.remove_prefix(std::min(end + 1, sealed.size()));
    }
    part.signature = sealed;
    return part;
}

Result<std::vector<Message>> messagesOf(const json::array& items) {
    ItemReader reader;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string where = fmt::format("input[{}]", i);
        if (!items[i].is_object())
            return invalidField(where, "'" + where + "' must be an object");
        if (auto added = reader.add(items[i].get_object(), where); !added)
            return added.error();
    }
    return reader.take();
}

} // namespace patchbay::responses
