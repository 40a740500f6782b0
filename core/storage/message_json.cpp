#include "storage/message_json.h"

#include <fmt/format.h>

namespace patchbay {
namespace {

void put(json::object& object, std::string_view key, const std::string& text) {
    if (!text.empty())
        object[key] = text;
}

void put(json::object& object, std::string_view key, bool flag) {
    if (flag)
        object[key] = true;
}

void put(json::object& object, std::string_view key, const std::optional<std::int64_t>& number) {
    if (number)
        object[key] = *number;
}

void put(json::object& object, const std::optional<CacheBreakpoint>& cache) {
    if (!cache)
        return;
    json::object value;
    put(value, "ttl", cache->ttl);
    object["cache"] = std::move(value);
}

json::object sourceToJson(const MediaSource& source) {
    json::object object;
    put(object, "media_type", source.mediaType);
    put(object, "data", source.data);
    put(object, "url", source.url);
    put(object, "file_id", source.fileId);
    return object;
}

json::object partToJson(const ContentPart& part);

json::object toJson(const TextPart& part) {
    json::object object{{"type", "text"}, {"text", part.text}};
    put(object, part.cache);
    return object;
}

json::object toJson(const ImagePart& part) {
    json::object object{{"type", "image"}, {"source", sourceToJson(part.source)}};
    put(object, "detail", part.detail);
    put(object, part.cache);
    return object;
}

json::object toJson(const FilePart& part) {
    json::object object{{"type", "file"}, {"source", sourceToJson(part.source)}};
    put(object, "filename", part.filename);
    put(object, part.cache);
    return object;
}

json::object toJson(const ReasoningPart& part) {
    json::object object{{"type", "reasoning"}, {"text", part.text}};
    put(object, "signature", part.signature);
    put(object, "redacted", part.redacted);
    put(object, "id", part.id);
    return object;
}

json::object toJson(const ToolCallPart& part) {
    json::object object{{"type", "tool_call"}, {"id", part.id}, {"name", part.name}, {"arguments", part.arguments}};
    put(object, "signature", part.signature);
    put(object, "custom", part.custom);
    return object;
}

json::object toJson(const ToolResultPart& part) {
    json::array content;
    for (const auto& piece : part.content)
        content.push_back(std::visit([](const auto& inner) { return toJson(inner); }, piece));
    json::object object{{"type", "tool_result"}, {"tool_call_id", part.toolCallId}, {"content", std::move(content)}};
    put(object, "name", part.name);
    put(object, "is_error", part.isError);
    put(object, part.cache);
    return object;
}

json::object toJson(const RefusalPart& part) {
    return {{"type", "refusal"}, {"text", part.text}};
}

json::object partToJson(const ContentPart& part) {
    return std::visit([](const auto& inner) { return toJson(inner); }, part);
}

std::string text(const json::object& object, std::string_view key) {
    return std::string(stringOr(object, key));
}

std::optional<CacheBreakpoint> cacheOf(const json::object& object) {
    const json::object* cache = findObject(object, "cache");
    return cache ? std::optional(CacheBreakpoint{.ttl = text(*cache, "ttl")}) : std::nullopt;
}

MediaSource sourceOf(const json::object& object) {
    const json::object* source = findObject(object, "source");
    if (!source)
        return {};
    return {.mediaType = text(*source, "media_type"),
            .data = text(*source, "data"),
            .url = text(*source, "url"),
            .fileId = text(*source, "file_id")};
}

Error malformed(std::string what) {
    return makeError(ErrorCode::Malformed, "A stored message cannot be read: " + std::move(what),
                     "The database may have been changed by another program or a newer Patchbay.");
}

Result<ContentPart> partFromJson(const json::value& value);

Result<ContentPart> toolResultFromJson(const json::object& object) {
    ToolResultPart part{.toolCallId = text(object, "tool_call_id"),
                        .name = text(object, "name"),
                        .isError = findBool(object, "is_error").value_or(false),
                        .cache = cacheOf(object)};
    if (const json::array* content = findArray(object, "content"))
        for (const json::value& item : *content) {
            auto piece = partFromJson(item);
            if (!piece)
                return piece.error();
            if (auto* inner = std::get_if<TextPart>(&*piece))
                part.content.emplace_back(std::move(*inner));
            else if (auto* image = std::get_if<ImagePart>(&*piece))
                part.content.emplace_back(std::move(*image));
            else if (auto* file = std::get_if<FilePart>(&*piece))
                part.content.emplace_back(std::move(*file));
            else
                return malformed("a tool result holds a part that it cannot hold");
        }
    return ContentPart(std::move(part));
}

Result<ContentPart> partFromJson(const json::value& value) {
    const json::object* object = value.if_object();
    if (!object)
        return malformed("a part is not an object");
    const std::string_view type = stringOr(*object, "type");
    if (type == "text")
        return ContentPart(TextPart{.text = text(*object, "text"), .cache = cacheOf(*object)});
    if (type == "image")
        return ContentPart(
            ImagePart{.source = sourceOf(*object), .detail = text(*object, "detail"), .cache = cacheOf(*object)});
    if (type == "file")
        return ContentPart(
            FilePart{.source = sourceOf(*object), .filename = text(*object, "filename"), .cache = cacheOf(*object)});
    if (type == "reasoning")
        return ContentPart(ReasoningPart{.text = text(*object, "text"),
                                         .signature = text(*object, "signature"),
                                         .redacted = text(*object, "redacted"),
                                         .id = text(*object, "id")});
    if (type == "tool_call")
        return ContentPart(ToolCallPart{.id = text(*object, "id"),
                                        .name = text(*object, "name"),
                                        .arguments = text(*object, "arguments"),
                                        .signature = text(*object, "signature"),
                                        .custom = findBool(*object, "custom").value_or(false)});
    if (type == "tool_result")
        return toolResultFromJson(*object);
    if (type == "refusal")
        return ContentPart(RefusalPart{.text = text(*object, "text")});
    return malformed(fmt::format("unknown part type \"{}\"", type));
}

} // namespace

std::optional<Role> roleFromName(std::string_view name) {
    for (const Role role : {Role::System, Role::Developer, Role::User, Role::Assistant, Role::Tool})
        if (roleName(role) == name)
            return role;
    return std::nullopt;
}

json::object messageToJson(const Message& message) {
    json::array parts;
    for (const ContentPart& part : message.parts)
        parts.push_back(partToJson(part));
    json::object object{{"role", roleName(message.role)}, {"parts", std::move(parts)}};
    put(object, "name", message.name);
    return object;
}

Result<Message> messageFromJson(const json::value& value) {
    const json::object* object = value.if_object();
    if (!object)
        return malformed("it is not an object");
    const auto role = roleFromName(stringOr(*object, "role"));
    if (!role)
        return malformed("its role is unknown");
    Message message{.role = *role, .name = text(*object, "name")};
    if (const json::array* parts = findArray(*object, "parts"))
        for (const json::value& item : *parts) {
            auto part = partFromJson(item);
            if (!part)
                return part.error();
            message.parts.push_back(std::move(*part));
        }
    return message;
}

json::array messagesToJson(const std::vector<Message>& messages) {
    json::array array;
    for (const Message& message : messages)
        array.push_back(messageToJson(message));
    return array;
}

Result<std::vector<Message>> messagesFromJson(std::string_view text) {
    auto value = parseJson(text);
    if (!value)
        return value.error();
    const json::array* array = value->if_array();
    if (!array)
        return malformed("the list is not an array");
    std::vector<Message> messages;
    for (const json::value& item : *array) {
        auto message = messageFromJson(item);
        if (!message)
            return message.error();
        messages.push_back(std::move(*message));
    }
    return messages;
}

json::object usageToJson(const Usage& usage) {
    json::object object;
    put(object, "input_total", usage.inputTotal);
    put(object, "input_uncached", usage.inputUncached);
    put(object, "cache_read", usage.cacheRead);
    put(object, "cache_write", usage.cacheWrite);
    put(object, "cache_write_1h", usage.cacheWrite1h);
    put(object, "output_total", usage.outputTotal);
    put(object, "reasoning", usage.reasoning);
    put(object, "reported_cost_nano_usd", usage.reportedCostNanoUsd);
    put(object, "estimated", usage.estimated);
    return object;
}

Usage usageFromJson(const json::object& object) {
    return {.inputTotal = findInt(object, "input_total"),
            .inputUncached = findInt(object, "input_uncached"),
            .cacheRead = findInt(object, "cache_read"),
            .cacheWrite = findInt(object, "cache_write"),
            .cacheWrite1h = findInt(object, "cache_write_1h"),
            .outputTotal = findInt(object, "output_total"),
            .reasoning = findInt(object, "reasoning"),
            .reportedCostNanoUsd = findInt(object, "reported_cost_nano_usd"),
            .estimated = findBool(object, "estimated").value_or(false)};
}

json::object errorToJson(const Error& error) {
    json::object object{{"code", errorCodeName(error.code)}, {"message", error.message}};
    put(object, "hint", error.hint);
    put(object, "retryable", error.retryable);
    if (error.retryAfter)
        object["retry_after_ms"] = error.retryAfter->count();
    if (error.vendor) {
        json::object vendor{{"status", error.vendor->status}};
        put(vendor, "type", error.vendor->type);
        put(vendor, "code", error.vendor->code);
        put(vendor, "param", error.vendor->param);
        put(vendor, "request_id", error.vendor->requestId);
        object["vendor"] = std::move(vendor);
    }
    return object;
}

Error errorFromJson(const json::object& object) {
    Error error{.message = text(object, "message"),
                .hint = text(object, "hint"),
                .retryable = findBool(object, "retryable").value_or(false)};
    const std::string_view name = stringOr(object, "code");
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
        if (errorCodeName(static_cast<ErrorCode>(code)) == name)
            error.code = static_cast<ErrorCode>(code);
    if (const auto wait = findInt(object, "retry_after_ms"))
        error.retryAfter = std::chrono::milliseconds(*wait);
    if (const json::object* vendor = findObject(object, "vendor"))
        error.vendor = VendorError{.status = static_cast<int>(findInt(*vendor, "status").value_or(0)),
                                   .type = text(*vendor, "type"),
                                   .code = text(*vendor, "code"),
                                   .param = text(*vendor, "param"),
                                   .requestId = text(*vendor, "request_id")};
    return error;
}

} // namespace patchbay
