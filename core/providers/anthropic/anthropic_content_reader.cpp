#include "providers/anthropic/anthropic_content_reader.h"

#include <array>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"

namespace patchbay::anthropic {
namespace {

constexpr std::array<std::string_view, 4> kImageTypes{"image/jpeg", "image/png", "image/gif", "image/webp"};

// The parts that one block stands for; usually one.
using Parts = std::vector<ContentPart>;

Result<void> checkWebUrl(const FieldReader& source, std::string_view url) {
    if (startsWithIgnoreCase(url, "https://") || startsWithIgnoreCase(url, "http://"))
        return {};
    return source.invalid("url", "URL must begin with https:// or http://");
}

Result<MediaSource> readImageSource(const FieldReader& source) {
    auto type = source.requiredText("type");
    if (!type)
        return type.error();
    MediaSource media;
    if (*type == "base64") {
        auto mediaType = source.requiredText("media_type");
        if (!mediaType)
            return mediaType.error();
        if (std::find(kImageTypes.begin(), kImageTypes.end(), *mediaType) == kImageTypes.end())
            return source.invalid("media_type",
                                  "Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'");
        auto data = source.requiredText("data");
        if (!data)
            return data.error();
        media.mediaType = std::move(*mediaType);
        media.data = std::move(*data);
    } else if (*type == "url") {
        auto url = source.requiredText("url");
        if (!url)
            return url.error();
        if (auto fine = checkWebUrl(source, *url); !fine)
            return fine.error();
        media.url = std::move(*url);
    } else if (*type == "file") {
        auto id = source.requiredText("file_id");
        if (!id)
            return id.error();
        media.fileId = std::move(*id);
    } else {
        return source.invalid("type", "Input should be 'base64', 'url' or 'file'");
    }
    return media;
}

Result<ContentPart> readImage(const FieldReader& block) {
    auto source = block.requiredObject("source");
    if (!source)
        return source.error();
    auto media = readImageSource(FieldReader(**source, block.pathOf("source")));
    if (!media)
        return media.error();
    auto cache = readCacheControl(block);
    if (!cache)
        return cache.error();
    return ContentPart(ImagePart{.source = std::move(*media), .cache = std::move(*cache)});
}

Result<ContentPart> readText(const FieldReader& block, bool noCitations) {
    auto text = block.requiredText("text", true);
    if (!text)
        return text.error();
    auto citations = block.arrayOr("citations");
    if (!citations)
        return citations.error();
    if (noCitations && *citations && !(*citations)->empty())
        return block.invalid("citations", "Citations are not permitted on a text block of a user message");
    auto cache = readCacheControl(block);
    if (!cache)
        return cache.error();
    return ContentPart(TextPart{.text = std::move(*text), .cache = std::move(*cache)});
}

Result<Parts> readInnerBlocks(const json::value& content, const std::string& path);

// base64 and text sources; both are kept as bytes.
Result<MediaSource> readInlineDocument(const FieldReader& source, bool isText) {
    auto data = source.requiredText("data");
    if (!data)
        return data.error();
    auto mediaType = source.text("media_type");
    if (!mediaType)
        return mediaType.error();
    const std::string_view expected = isText ? "text/plain" : "application/pdf";
    if (mediaType->value_or(std::string(expected)) != expected)
        return source.invalid("media_type", fmt::format("Input should be '{}'", expected));
    return MediaSource{.mediaType = std::string(expected), .data = isText ? base64Encode(*data) : std::move(*data)};
}

Result<Parts> readDocument(const FieldReader& block) {
    auto source = block.requiredObject("source");
    if (!source)
        return source.error();
    const FieldReader inner(**source, block.pathOf("source"));
    auto type = inner.requiredText("type");
    auto title = block.text("title");
    auto context = block.text("context");
    auto cache = readCacheControl(block);
    if (auto error = firstError(type, title, context, cache))
        return *error;
    Parts parts;
    if (*context && !(*context)->empty()) // said about the document, so it stands before it
        parts.emplace_back(TextPart{.text = **context});
    if (*type == "content") {
        const json::value* content = find(inner.object(), "content");
        if (!content)
            return inner.invalid("content", "Field required");
        auto blocks = readInnerBlocks(*content, inner.pathOf("content"));
        if (!blocks)
            return blocks.error();
        if (*title && !(*title)->empty())
            parts.emplace_back(TextPart{.text = **title + "\n"});
        parts.insert(parts.end(), blocks->begin(), blocks->end());
        return parts;
    }
    Result<MediaSource> media = MediaSource{};
    if (*type == "base64" || *type == "text")
        media = readInlineDocument(inner, *type == "text");
    else if (*type == "url" || *type == "file")
        media = readImageSource(inner); // the two references are those of an image
    else
        return inner.invalid("type", "Input should be 'base64', 'text', 'url', 'content' or 'file'");
    if (!media)
        return media.error();
    parts.emplace_back(
        FilePart{.source = std::move(*media), .filename = title->value_or(std::string{}), .cache = std::move(*cache)});
    return parts;
}

Result<Parts> readSearchResult(const FieldReader& block) {
    auto title = block.requiredText("title", true);
    auto source = block.requiredText("source", true);
    auto cache = readCacheControl(block);
    if (auto error = firstError(title, source, cache))
        return *error;
    const json::value* content = find(block.object(), "content");
    if (!content)
        return block.invalid("content", "Field required");
    auto inner = readInnerBlocks(*content, block.pathOf("content"));
    if (!inner)
        return inner.error();
    std::string text = fmt::format("{}\n{}\n", *title, *source);
    for (const ContentPart& part : *inner)
        if (const auto* piece = std::get_if<TextPart>(&part))
            text += piece->text;
    return Parts{TextPart{.text = std::move(text), .cache = std::move(*cache)}};
}

template <class Part> Result<Parts> single(Result<Part> part) {
    if (!part)
        return part.error();
    Parts parts;
    parts.emplace_back(std::move(*part));
    return parts;
}

// Text, image, document and search_result: what users send and tools give back.
Result<Parts> readPlainBlock(const FieldReader& block, std::string_view type, bool noCitations) {
    if (type == "text")
        return single(readText(block, noCitations));
    if (type == "image")
        return single(readImage(block));
    if (type == "document")
        return readDocument(block);
    if (type == "search_result")
        return readSearchResult(block);
    return block.invalid("type", fmt::format("a block of type '{}' cannot be used here", type));
}

// A string or plain blocks; empty texts carry nothing and are left out.
Result<Parts> readInnerBlocks(const json::value& content, const std::string& path) {
    Parts parts;
    if (content.is_string()) {
        if (!content.get_string().empty())
            parts.emplace_back(TextPart{.text = std::string(toView(content.get_string()))});
        return parts;
    }
    if (!content.is_array())
        return invalidField(path, "Input should be a string or a list of blocks");
    for (std::size_t i = 0; i < content.get_array().size(); ++i) {
        const json::value& entry = content.get_array()[i];
        if (!entry.is_object())
            return invalidField(joinPath(path, i), "Input should be an object");
        const FieldReader block(entry.get_object(), joinPath(path, i));
        auto type = block.requiredText("type");
        if (!type)
            return type.error();
        auto read = readPlainBlock(block, *type, false);
        if (!read)
            return read.error();
        for (ContentPart& part : *read)
            if (const auto* text = std::get_if<TextPart>(&part); !text || !text->text.empty())
                parts.push_back(std::move(part));
    }
    return parts;
}

Result<ContentPart> readToolResult(const FieldReader& block) {
    ToolResultPart result;
    auto id = block.requiredText("tool_use_id");
    auto isError = block.boolean("is_error");
    auto cache = readCacheControl(block);
    if (auto error = firstError(id, isError, cache))
        return *error;
    result.toolCallId = std::move(*id);
    result.isError = isError->value_or(false);
    result.cache = std::move(*cache);
    if (const json::value* content = find(block.object(), "content")) {
        auto parts = readInnerBlocks(*content, block.pathOf("content"));
        if (!parts)
            return parts.error();
        for (ContentPart& part : *parts) {
            if (auto* text = std::get_if<TextPart>(&part))
                result.content.emplace_back(std::move(*text));
            else if (auto* image = std::get_if<ImagePart>(&part))
                result.content.emplace_back(std::move(*image));
            else if (auto* file = std::get_if<FilePart>(&part))
                result.content.emplace_back(std::move(*file));
        }
    }
    return ContentPart(std::move(result));
}

Result<ContentPart> readToolUse(const FieldReader& block) {
    auto id = block.requiredText("id");
    auto name = block.requiredText("name");
    auto input = block.requiredObject("input");
    auto cache = readCacheControl(block);
    if (auto error = firstError(id, name, input, cache))
        return *error;
    ToolCallPart call{.id = std::move(*id), .name = std::move(*name), .arguments = writeJson(**input)};
    call.cache = std::move(*cache);
    return ContentPart(std::move(call));
}

Result<ContentPart> readThinking(const FieldReader& block, std::string_view type) {
    ReasoningPart part;
    if (type == "redacted_thinking") {
        auto data = block.requiredText("data");
        if (!data)
            return data.error();
        part.redacted = std::move(*data);
        return ContentPart(std::move(part));
    }
    auto text = block.requiredText("thinking", true);
    if (!text)
        return text.error();
    auto signature = block.text("signature"); // models of other vendors sign nothing
    if (!signature)
        return signature.error();
    part.text = std::move(*text);
    part.signature = signature->value_or(std::string{});
    return ContentPart(std::move(part));
}

Result<Parts> readAssistantBlock(const FieldReader& block, std::string_view type, ContentRules rules) {
    if (type == "text")
        return single(readText(block, false));
    if (type == "thinking" || type == "redacted_thinking")
        return single(readThinking(block, type));
    if (type == "tool_use")
        return single(readToolUse(block));
    if (type == "document" && !rules.strict)
        return readDocument(block);
    return block.invalid("type", fmt::format("a block of type '{}' cannot be used in an assistant message", type));
}

Result<Parts> readBlock(const FieldReader& block, Role role, ContentRules rules) {
    auto type = block.requiredText("type");
    if (!type)
        return type.error();
    if (role == Role::Assistant)
        return readAssistantBlock(block, *type, rules);
    if (role == Role::System) {
        if (*type != "text")
            return block.invalid("type", "Input should be 'text'");
        return single(readText(block, false));
    }
    if (*type == "tool_result")
        return single(readToolResult(block));
    return readPlainBlock(block, *type, rules.strict);
}

Result<Parts> readContent(const json::value& content, const std::string& path, Role role, ContentRules rules) {
    Parts parts;
    if (content.is_string()) {
        if (!content.get_string().empty())
            parts.emplace_back(TextPart{.text = std::string(toView(content.get_string()))});
        return parts;
    }
    if (!content.is_array())
        return invalidField(path, "Input should be a string or a list of blocks");
    for (std::size_t i = 0; i < content.get_array().size(); ++i) {
        const json::value& entry = content.get_array()[i];
        if (!entry.is_object())
            return invalidField(joinPath(path, i), "Input should be an object");
        auto read = readBlock(FieldReader(entry.get_object(), joinPath(path, i)), role, rules);
        if (!read)
            return read.error();
        for (ContentPart& part : *read)
            if (const auto* text = std::get_if<TextPart>(&part); !text || !text->text.empty())
                parts.push_back(std::move(part));
    }
    return parts;
}

std::optional<Role> roleOf(std::string_view name) {
    if (name == "user")
        return Role::User;
    if (name == "assistant")
        return Role::Assistant;
    return name == "system" ? std::optional(Role::System) : std::nullopt;
}

void addUserMessages(Parts parts, std::vector<Message>& messages) {
    Message results{.role = Role::Tool};
    Message rest{.role = Role::User};
    for (ContentPart& part : parts)
        (std::holds_alternative<ToolResultPart>(part) ? results : rest).parts.push_back(std::move(part));
    if (!results.parts.empty())
        messages.push_back(std::move(results));
    if (!rest.parts.empty())
        messages.push_back(std::move(rest));
}

} // namespace

Result<std::optional<CacheBreakpoint>> readCacheControl(const FieldReader& block) {
    auto control = block.objectOr("cache_control");
    if (!control)
        return control.error();
    if (!*control)
        return std::optional<CacheBreakpoint>{};
    const FieldReader reader(**control, block.pathOf("cache_control"));
    auto type = reader.requiredText("type");
    if (!type)
        return type.error();
    if (*type != "ephemeral")
        return reader.invalid("type", "Input should be 'ephemeral'");
    auto ttl = reader.text("ttl");
    if (!ttl)
        return ttl.error();
    if (*ttl && **ttl != "5m" && **ttl != "1h")
        return reader.invalid("ttl", "Input should be '5m' or '1h'");
    return std::optional(CacheBreakpoint{.ttl = ttl->value_or(std::string{})});
}

Result<Message> readSystem(const json::value& value, std::string_view path) {
    auto parts = readContent(value, std::string(path), Role::System, {});
    if (!parts)
        return parts.error();
    Message message{.role = Role::System, .parts = std::move(*parts)};
    return message;
}

Result<void> readMessage(const json::value& entry, const std::string& path, ContentRules rules,
                         std::vector<Message>& messages) {
    if (!entry.is_object())
        return invalidField(path, "Input should be an object");
    const FieldReader reader(entry.get_object(), path);
    auto name = reader.requiredText("role");
    if (!name)
        return name.error();
    const auto role = roleOf(*name);
    if (!role)
        return reader.invalid("role", "Input should be 'user', 'assistant' or 'system'");
    const json::value* content = find(reader.object(), "content");
    if (!content)
        return reader.invalid("content", "Field required");
    auto parts = readContent(*content, reader.pathOf("content"), *role, rules);
    if (!parts)
        return parts.error();
    if (*role == Role::User) {
        if (parts->empty())
            return reader.invalid("content", "user messages must have non-empty content");
        addUserMessages(std::move(*parts), messages);
    } else if (!parts->empty()) {
        messages.push_back({.role = *role, .parts = std::move(*parts)});
    }
    return {};
}

} // namespace patchbay::anthropic
