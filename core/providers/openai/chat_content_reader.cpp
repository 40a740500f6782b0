// Reading: a client's messages -> chat values. Writing is in chat_content.cpp.
#include <algorithm>

#include <fmt/format.h>

#include "base/bytes.h"
#include "base/strings.h"
#include "providers/openai/chat_content.h"

namespace patchbay {
namespace {

bool looksLikeBase64(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
               c == '=';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

std::string withoutSpace(std::string_view text) {
    std::string result(text);
    std::erase_if(result, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; });
    return result;
}

std::optional<CacheBreakpoint> readBreakpoint(FieldReader& part) {
    const json::object* breakpoint = part.object("prompt_cache_breakpoint");
    if (!breakpoint)
        return std::nullopt;
    FieldReader fields(*breakpoint, part.pathOf("prompt_cache_breakpoint"), part.problem());
    return CacheBreakpoint{.ttl = fields.stringOrEmpty("ttl")};
}

std::optional<ContentPart> readImage(FieldReader& part) {
    ImagePart image;
    std::string url;
    const json::value* value = part.value("image_url");
    const std::string urlPath = part.pathOf("image_url.url");
    if (value && value->is_string()) { // many clients send the bare text
        url = toView(value->get_string());
    } else if (const json::object* inner = part.requiredObject("image_url")) {
        FieldReader fields(*inner, part.pathOf("image_url"), part.problem());
        url = fields.requiredString("url");
        image.detail = fields.choice("detail", {"auto", "low", "high", "original"}).value_or("");
    }
    if (part.problem().found())
        return std::nullopt;
    image.cache = readBreakpoint(part);
    if (startsWithIgnoreCase(url, "data:")) {
        auto data = parseDataUrl(url);
        if (!data) {
            part.problem().report(urlPath, fmt::format("Invalid '{}': not a valid base64 data URL.", urlPath),
                                  "invalid_image_url");
            return std::nullopt;
        }
        image.source.mediaType = std::move(data->mediaType);
        image.source.data = std::move(data->data);
    } else if (startsWithIgnoreCase(url, "https://") || startsWithIgnoreCase(url, "http://")) {
        image.source.url = std::move(url);
    } else {
        part.problem().report(urlPath, fmt::format("Invalid '{}': expected an http(s) or data URL.", urlPath),
                              "invalid_image_url");
        return std::nullopt;
    }
    return image;
}

std::optional<ContentPart> readAudio(FieldReader& part) {
    const json::object* inner = part.requiredObject("input_audio");
    if (!inner)
        return std::nullopt;
    FieldReader fields(*inner, part.pathOf("input_audio"), part.problem());
    FilePart file;
    file.source.data = fields.requiredString("data");
    if (!fields.value("format"))
        part.problem().missing(fields.pathOf("format"));
    const std::string format = fields.choice("format", {"wav", "mp3"}).value_or("wav");
    file.source.mediaType = format == "mp3" ? "audio/mpeg" : "audio/wav";
    if (!part.problem().found() && !looksLikeBase64(file.source.data))
        part.problem().report(fields.pathOf("data"), fmt::format("Invalid '{}': not base64.", fields.pathOf("data")));
    file.cache = readBreakpoint(part);
    return file;
}

std::optional<ContentPart> readFile(FieldReader& part) {
    const json::object* inner = part.requiredObject("file");
    if (!inner)
        return std::nullopt;
    FieldReader fields(*inner, part.pathOf("file"), part.problem());
    FilePart file;
    file.filename = fields.stringOrEmpty("filename");
    file.source.fileId = fields.stringOrEmpty("file_id");
    std::string data = fields.stringOrEmpty("file_data");
    file.cache = readBreakpoint(part);
    if (file.source.fileId.empty() && data.empty()) {
        part.problem().missing(fields.pathOf("file_data"));
        return std::nullopt;
    }
    if (startsWithIgnoreCase(data, "data:")) {
        auto parsed = parseDataUrl(data);
        if (!parsed) {
            part.problem().report(fields.pathOf("file_data"),
                                  fmt::format("Invalid '{}': not a valid data URL.", fields.pathOf("file_data")));
            return std::nullopt;
        }
        file.source.mediaType = std::move(parsed->mediaType);
        file.source.data = std::move(parsed->data);
    } else if (!data.empty()) {
        if (!looksLikeBase64(data))
            part.problem().report(fields.pathOf("file_data"),
                                  fmt::format("Invalid '{}': not base64.", fields.pathOf("file_data")));
        file.source.mediaType = "application/pdf";
        file.source.data = std::move(data);
    }
    return file;
}

// Mistral's {"type":"thinking","thinking":[{"type":"text",…}]} in a history that is sent back.
ContentPart readThinking(FieldReader& part) {
    ReasoningPart reasoning;
    const json::value* thinking = part.value("thinking");
    if (thinking && thinking->is_string())
        reasoning.text = toView(thinking->get_string());
    if (const json::array* pieces = thinking ? thinking->if_array() : nullptr)
        for (const json::value& piece : *pieces)
            if (const json::object* object = piece.if_object())
                reasoning.text += stringOr(*object, "text");
    return reasoning;
}

std::optional<ContentPart> readPart(Role role, FieldReader& part) {
    const std::string type = part.requiredString("type");
    if (part.problem().found())
        return std::nullopt;
    const bool user = role == Role::User;
    if (type == "text") {
        if (!part.value("text"))
            part.problem().missing(part.pathOf("text"));
        TextPart text{.text = part.stringOrEmpty("text")};
        text.cache = readBreakpoint(part);
        return text;
    }
    if (type == "image_url" && user)
        return readImage(part);
    if (type == "input_audio" && user)
        return readAudio(part);
    if (type == "file" && user)
        return readFile(part);
    if (type == "refusal" && role == Role::Assistant)
        return RefusalPart{.text = part.stringOrEmpty("refusal")};
    if (type == "thinking" && role == Role::Assistant)
        return readThinking(part);
    const std::string_view allowed = user                      ? "'text', 'image_url', 'input_audio' and 'file'"
                                     : role == Role::Assistant ? "'text' and 'refusal'"
                                                               : "'text'";
    part.problem().report(part.pathOf("type"),
                          fmt::format("Invalid value: '{}'. Supported values are: {}.", type, allowed));
    return std::nullopt;
}

void readContent(Role role, FieldReader& fields, std::vector<ContentPart>& parts) {
    RequestProblem& problem = fields.problem();
    const json::value* content = fields.value("content");
    if (!content)
        return;
    if (content->is_string()) {
        parts.emplace_back(TextPart{.text = std::string(toView(content->get_string()))});
        return;
    }
    const json::array* array = content->if_array();
    if (!array)
        return problem.wrongType(fields.pathOf("content"), "a string or an array of content parts", *content);
    if (array->empty())
        problem.report(fields.pathOf("content"), fmt::format("Invalid '{}': empty array.", fields.pathOf("content")),
                       "empty_array");
    for (std::size_t i = 0; i < array->size() && !problem.found(); ++i) {
        const std::string path = indexedPath(fields.pathOf("content"), i);
        if (!(*array)[i].is_object())
            return problem.wrongType(path, "an object", (*array)[i]);
        FieldReader part((*array)[i].get_object(), path, problem);
        if (auto read = readPart(role, part))
            parts.push_back(std::move(*read));
    }
}

ToolCallPart readToolCall(FieldReader& fields) {
    ToolCallPart call{.id = fields.requiredString("id")};
    call.custom = fields.choice("type", {"function", "custom"}).value_or("function") == "custom";
    const std::string_view key = call.custom ? "custom" : "function";
    const json::object* inner = fields.requiredObject(key);
    if (!inner)
        return call;
    FieldReader function(*inner, fields.pathOf(key), fields.problem());
    call.name = function.requiredString("name");
    const std::string_view argumentsKey = call.custom ? "input" : "arguments";
    if (!function.value(argumentsKey))
        fields.problem().missing(function.pathOf(argumentsKey));
    call.arguments = function.stringOrEmpty(argumentsKey);
    return call;
}

void readAssistant(FieldReader& fields, Message& message) {
    RequestProblem& problem = fields.problem();
    for (const std::string_view key : {"reasoning_content", "reasoning"})
        if (const json::value* text = fields.value(key); text && text->is_string() && message.parts.empty())
            if (!text->get_string().empty())
                message.parts.emplace_back(ReasoningPart{.text = std::string(toView(text->get_string()))});
    readContent(Role::Assistant, fields, message.parts);
    if (std::string refusal = fields.stringOrEmpty("refusal"); !refusal.empty())
        message.parts.emplace_back(RefusalPart{.text = std::move(refusal)});
    const json::array* calls = fields.array("tool_calls");
    for (std::size_t i = 0; calls && i < calls->size() && !problem.found(); ++i) {
        const std::string path = indexedPath(fields.pathOf("tool_calls"), i);
        if (!(*calls)[i].is_object())
            return problem.wrongType(path, "an object", (*calls)[i]);
        FieldReader call((*calls)[i].get_object(), path, problem);
        message.parts.emplace_back(readToolCall(call));
    }
    if (fields.value("function_call"))
        problem.report(fields.pathOf("function_call"), "'function_call' is deprecated. Use 'tool_calls' instead.",
                       "unsupported_parameter");
    // SDKs write content "" beside tool calls; other formats refuse an empty text.
    if (message.parts.size() > 1)
        std::erase_if(message.parts, [](const ContentPart& part) {
            const auto* text = std::get_if<TextPart>(&part);
            return text && text->text.empty();
        });
    if (message.parts.empty())
        problem.report(fields.pathOf("content"),
                       fmt::format("Invalid value for '{}': expected a string, got null.", fields.pathOf("content")),
                       "invalid_type");
}

void readTool(FieldReader& fields, Message& message) {
    ToolResultPart result{.toolCallId = fields.requiredString("tool_call_id")};
    if (!fields.value("content"))
        fields.problem().missing(fields.pathOf("content"));
    std::vector<ContentPart> parts;
    readContent(Role::Tool, fields, parts);
    for (ContentPart& part : parts)
        result.content.emplace_back(std::move(std::get<TextPart>(part)));
    message.parts.emplace_back(std::move(result));
}

Message readMessage(const json::value& value, std::size_t index, RequestProblem& problem) {
    const std::string path = indexedPath("messages", index);
    Message message;
    if (!value.is_object()) {
        problem.wrongType(path, "an object", value);
        return message;
    }
    FieldReader fields(value.get_object(), path, problem);
    if (!fields.value("role"))
        problem.missing(fields.pathOf("role"));
    const auto role = fields.choice("role", {"system", "developer", "user", "assistant", "tool"});
    if (!role)
        return message;
    for (const Role known : {Role::System, Role::Developer, Role::User, Role::Assistant, Role::Tool})
        if (roleName(known) == *role)
            message.role = known;
    if (message.role == Role::Tool) {
        readTool(fields, message);
        return message;
    }
    message.name = fields.stringOrEmpty("name");
    if (message.role == Role::Assistant) {
        readAssistant(fields, message);
        return message;
    }
    if (!fields.value("content"))
        problem.missing(fields.pathOf("content"));
    readContent(message.role, fields, message.parts);
    return message;
}

} // namespace

std::optional<OpenAiDataUrl> parseDataUrl(std::string_view url) {
    if (!startsWithIgnoreCase(url, "data:"))
        return std::nullopt;
    url.remove_prefix(5);
    const auto comma = url.find(',');
    if (comma == std::string_view::npos)
        return std::nullopt;
    std::string_view type = url.substr(0, comma);
    const std::string_view payload = url.substr(comma + 1);
    const bool base64 = type.size() >= 7 && equalsIgnoreCase(type.substr(type.size() - 7), ";base64");
    if (base64)
        type.remove_suffix(7);
    type = type.substr(0, type.find(';'));
    OpenAiDataUrl result{.mediaType = toLowerAscii(trim(type))};
    if (!base64) {
        result.data = base64Encode(percentDecode(payload));
        return result;
    }
    result.data = looksLikeBase64(payload) ? std::string(payload) : withoutSpace(percentDecode(payload));
    return looksLikeBase64(result.data) ? std::optional(std::move(result)) : std::nullopt;
}

std::vector<Message> decodeOpenAiMessages(const json::array& messages, RequestProblem& problem) {
    std::vector<Message> result;
    result.reserve(messages.size());
    for (std::size_t i = 0; i < messages.size() && !problem.found(); ++i)
        result.push_back(readMessage(messages[i], i, problem));
    return result;
}

} // namespace patchbay
