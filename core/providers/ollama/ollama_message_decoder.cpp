#include "providers/ollama/ollama_message_decoder.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/ollama/ollama_fields.h"

namespace patchbay::ollama {
namespace {

// The base64 of a file's first bytes tells its type; Ollama's clients do not.
std::string imageTypeOf(std::string_view base64) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBeginnings{
        {{"/9j/", "image/jpeg"}, {"R0lGOD", "image/gif"}, {"UklGR", "image/webp"}, {"Qk", "image/bmp"}}};
    for (const auto& [beginning, type] : kBeginnings)
        if (base64.starts_with(beginning))
            return std::string(type);
    return "image/png";
}

} // namespace

Result<void> decodeImages(const json::object& source, const std::string& prefix, std::vector<ContentPart>& parts) {
    if (!find(source, "images"))
        return {};
    const json::array* images = findArray(source, "images");
    if (!images)
        return wrongType(prefix + "images", "a list of base64 strings");
    for (std::size_t i = 0; i < images->size(); ++i) {
        const std::string param = at(prefix + "images", i);
        if (!(*images)[i].is_string())
            return wrongType(param, "a base64 string");
        std::string_view data = toView((*images)[i].get_string());
        MediaSource image;
        if (const auto comma = data.find(";base64,"); data.starts_with("data:") && comma != std::string_view::npos) {
            image.mediaType = data.substr(5, comma - 5);
            data.remove_prefix(comma + 8);
        }
        if (data.empty() || !base64Decode(data))
            return wrongType(param, "the base64 of an image");
        if (image.mediaType.empty())
            image.mediaType = imageTypeOf(data);
        image.data = data;
        parts.emplace_back(ImagePart{.source = std::move(image)});
    }
    return {};
}

Result<void> MessageDecoder::decodeCalls(const json::object& source, const std::string& prefix,
                                         std::vector<ContentPart>& parts) {
    if (!find(source, "tool_calls"))
        return {};
    const json::array* calls = findArray(source, "tool_calls");
    if (!calls)
        return wrongType(prefix + "tool_calls", "a list");
    for (std::size_t i = 0; i < calls->size(); ++i) {
        const std::string param = at(prefix + "tool_calls", i);
        const json::object* item = (*calls)[i].if_object();
        const json::object* function = item ? findObject(*item, "function") : nullptr;
        const std::string_view name = function ? stringOr(*function, "name") : std::string_view{};
        if (name.empty())
            return invalidField(param + ".function.name", param + ".function.name is required");
        ToolCallPart call{.id = std::string(stringOr(*item, "id")), .name = std::string(name), .arguments = "{}"};
        if (call.id.empty())
            call.id = "call_" + randomAlphanumeric(24);
        if (const json::value* arguments = find(*function, "arguments")) {
            if (!arguments->is_object() && !arguments->is_string())
                return wrongType(param + ".function.arguments", "an object");
            call.arguments =
                arguments->is_string() ? std::string(toView(arguments->get_string())) : writeJson(*arguments);
        }
        m_open.add(call.id, call.name);
        parts.emplace_back(std::move(call));
    }
    return {};
}

ToolResultPart MessageDecoder::resultOf(const json::object& source) {
    ToolResultPart result{.toolCallId = std::string(stringOr(source, "tool_call_id")),
                          .name = std::string(stringOr(source, "tool_name", stringOr(source, "name")))};
    // Which call it answers: the one with the id, or the first open one of that name, or the first open one.
    std::optional<OpenCalls::Call> call = !result.toolCallId.empty() ? m_open.takeById(result.toolCallId)
                                          : !result.name.empty()     ? m_open.takeByName(result.name)
                                                                     : m_open.takeOldest();
    if (call) {
        result.toolCallId = std::move(call->id);
        result.name = std::move(call->name);
    } else if (result.toolCallId.empty())
        result.toolCallId = "call_" + randomAlphanumeric(24);
    return result;
}

Result<Message> MessageDecoder::decode(const json::object& source, const std::string& prefix) {
    const std::string role = toLowerAscii(stringOr(source, "role"));
    Message message;
    if (role == "system")
        message.role = Role::System;
    else if (role == "developer")
        message.role = Role::Developer;
    else if (role == "user")
        message.role = Role::User;
    else if (role == "assistant")
        message.role = Role::Assistant;
    else if (role == "tool")
        message.role = Role::Tool;
    else
        return invalidField(prefix + "role", prefix + "role must be system, user, assistant or tool");
    auto text = textMember(source, "content", prefix);
    if (!text)
        return text.error();
    auto thinking = textMember(source, "thinking", prefix);
    if (!thinking)
        return thinking.error();
    std::vector<ContentPart> images;
    if (auto decoded = decodeImages(source, prefix, images); !decoded)
        return decoded.error();

    if (message.role == Role::Tool) {
        ToolResultPart result = resultOf(source);
        result.content.emplace_back(TextPart{.text = std::move(*text)});
        for (ContentPart& image : images)
            result.content.emplace_back(std::get<ImagePart>(std::move(image)));
        message.parts.emplace_back(std::move(result));
        return message;
    }
    if (!thinking->empty())
        message.parts.emplace_back(ReasoningPart{.text = std::move(*thinking)});
    std::ranges::move(images, std::back_inserter(message.parts)); // models read an image best before the question
    const bool mayBeEmpty = message.role == Role::Assistant || !message.parts.empty();
    if (!text->empty() || !mayBeEmpty)
        message.parts.emplace_back(TextPart{.text = std::move(*text)});
    if (auto decoded = decodeCalls(source, prefix, message.parts); !decoded)
        return decoded.error();
    return message;
}

} // namespace patchbay::ollama
