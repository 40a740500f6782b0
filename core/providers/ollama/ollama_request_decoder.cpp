#include "providers/ollama/ollama_request_decoder.h"

#include <algorithm>
#include <array>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/ollama/ollama_common.h"

namespace patchbay::ollama {
namespace {

constexpr std::int64_t kMaxTopLogprobs = 20;

std::string at(std::string_view field, std::size_t index) {
    return std::string(field) + "[" + std::to_string(index) + "]";
}

Error wrongType(std::string param, std::string_view expected) {
    std::string message = param + " must be " + std::string(expected);
    return invalidField(std::move(param), std::move(message));
}

// The member's value; a value of another type is the client's mistake. Null counts as absent, as in Go.
template <class T, class Finder>
Result<std::optional<T>> typed(const json::object& object, std::string_view key, Finder finder, std::string_view prefix,
                               std::string_view expected) {
    const auto value = finder(object, key);
    if (!value && find(object, key))
        return wrongType(std::string(prefix) + std::string(key), expected);
    return value ? std::optional<T>(*value) : std::nullopt;
}

Result<std::string> textMember(const json::object& object, std::string_view key, std::string_view prefix) {
    auto value = typed<std::string_view>(object, key, findString, prefix, "a string");
    if (!value)
        return value.error();
    return std::string(value->value_or(std::string_view{}));
}

// The base64 of a file's first bytes tells its type; Ollama's clients do not.
std::string imageTypeOf(std::string_view base64) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBeginnings{
        {{"/9j/", "image/jpeg"}, {"R0lGOD", "image/gif"}, {"UklGR", "image/webp"}, {"Qk", "image/bmp"}}};
    for (const auto& [beginning, type] : kBeginnings)
        if (base64.starts_with(beginning))
            return std::string(type);
    return "image/png";
}

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

class MessageDecoder {
public:
    Result<Message> decode(const json::object& source, const std::string& prefix);

private:
    Result<void> decodeCalls(const json::object& source, const std::string& prefix, std::vector<ContentPart>& parts);
    ToolResultPart resultOf(const json::object& source);

    std::vector<ToolCallPart> m_open; // calls without a result so far
};

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
        m_open.push_back(call);
        parts.emplace_back(std::move(call));
    }
    return {};
}

ToolResultPart MessageDecoder::resultOf(const json::object& source) {
    ToolResultPart result{.toolCallId = std::string(stringOr(source, "tool_call_id")),
                          .name = std::string(stringOr(source, "tool_name", stringOr(source, "name")))};
    // Which call it answers: the one with the id, else the first open one of that name, else the first open one.
    auto call = m_open.end();
    if (!result.toolCallId.empty())
        call = std::ranges::find(m_open, result.toolCallId, &ToolCallPart::id);
    else if (!result.name.empty())
        call = std::ranges::find(m_open, result.name, &ToolCallPart::name);
    else
        call = m_open.begin();
    if (call != m_open.end()) {
        result.toolCallId = call->id;
        result.name = call->name;
        m_open.erase(call);
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

Result<void> decodeMessages(const json::object& body, ChatRequest& request) {
    if (!find(body, "messages"))
        return {};
    const json::array* messages = findArray(body, "messages");
    if (!messages)
        return wrongType("messages", "a list");
    MessageDecoder decoder;
    for (std::size_t i = 0; i < messages->size(); ++i) {
        if (!(*messages)[i].is_object())
            return wrongType(at("messages", i), "an object");
        auto message = decoder.decode((*messages)[i].get_object(), at("messages", i) + ".");
        if (!message)
            return message.error();
        request.messages.push_back(std::move(*message));
    }
    return {};
}

Result<void> decodePrompt(const json::object& body, ChatRequest& request) {
    request.extra[kGenerateMark.data()] = true;
    auto system = textMember(body, "system", {});
    if (!system)
        return system.error();
    auto prompt = textMember(body, "prompt", {});
    if (!prompt)
        return prompt.error();
    Message user{.role = Role::User};
    if (auto decoded = decodeImages(body, {}, user.parts); !decoded)
        return decoded;
    if (!prompt->empty())
        user.parts.emplace_back(TextPart{.text = std::move(*prompt)});
    if (user.parts.empty())
        return {}; // asks to load or unload
    if (!system->empty())
        request.messages.push_back(textMessage(Role::System, std::move(*system)));
    request.messages.push_back(std::move(user));
    return {};
}

Result<void> decodeTools(const json::object& body, ChatRequest& request) {
    if (!find(body, "tools"))
        return {};
    const json::array* tools = findArray(body, "tools");
    if (!tools)
        return wrongType("tools", "a list");
    for (std::size_t i = 0; i < tools->size(); ++i) {
        const std::string param = at("tools", i) + ".function";
        const json::object* item = (*tools)[i].if_object();
        const json::object* function = item ? findObject(*item, "function") : nullptr;
        if (!function)
            return wrongType(param, "an object");
        Tool tool{.name = std::string(stringOr(*function, "name")),
                  .description = std::string(stringOr(*function, "description"))};
        if (tool.name.empty())
            return invalidField(param + ".name", param + ".name is required");
        if (find(*function, "parameters")) {
            const json::object* parameters = findObject(*function, "parameters");
            if (!parameters)
                return wrongType(param + ".parameters", "an object");
            tool.parameters = *parameters;
        }
        request.tools.push_back(std::move(tool));
    }
    return {};
}

Result<void> decodeFormat(const json::object& body, ChatRequest& request) {
    const json::value* format = find(body, "format");
    if (!format)
        return {};
    if (format->is_object()) {
        request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = format->get_object()};
        return {};
    }
    const std::string_view text = format->is_string() ? toView(format->get_string()) : "?";
    if (text.empty())
        return {};
    if (text != "json")
        return wrongType("format", "\"json\" or a JSON schema");
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonObject};
    return {};
}

Result<void> decodeThink(const json::object& body, ChatRequest& request) {
    const json::value* think = find(body, "think");
    if (!think)
        return {};
    if (think->is_bool()) {
        request.reasoning = ReasoningOptions{.enabled = think->get_bool()};
        return {};
    }
    const std::string_view effort = think->is_string() ? toView(think->get_string()) : "?";
    if (effort.empty())
        return {};
    if (effort != "low" && effort != "medium" && effort != "high" && effort != "max")
        return wrongType("think", "true, false, \"low\", \"medium\", \"high\" or \"max\"");
    request.reasoning = ReasoningOptions{.effort = std::string(effort)};
    return {};
}

Result<void> decodeStop(const json::object& options, Sampling& sampling) {
    const json::value* stop = find(options, "stop");
    if (!stop)
        return {};
    if (stop->is_string()) {
        sampling.stop.emplace_back(toView(stop->get_string()));
        return {};
    }
    for (const json::value& value : stop->is_array() ? stop->get_array() : json::array{nullptr}) {
        if (!value.is_string())
            return wrongType("options.stop", "a list of strings");
        sampling.stop.emplace_back(toView(value.get_string()));
    }
    return {};
}

Result<void> decodeOptions(const json::object& body, ChatRequest& request) {
    if (!find(body, "options"))
        return {};
    const json::object* options = findObject(body, "options");
    if (!options)
        return wrongType("options", "an object");
    Sampling& sampling = request.sampling;
    const auto integer = [&](const char* key, std::optional<std::int64_t>& target) -> Result<void> {
        auto value = typed<std::int64_t>(*options, key, findInt, "options.", "an integer");
        if (!value)
            return value.error();
        target = *value;
        return {};
    };
    const auto number = [&](const char* key, std::optional<double>& target) -> Result<void> {
        auto value = typed<double>(*options, key, findDouble, "options.", "a number");
        if (!value)
            return value.error();
        target = *value;
        return {};
    };
    for (const auto& decoded : {integer("num_predict", sampling.maxOutputTokens), integer("top_k", sampling.topK),
                                integer("seed", sampling.seed), number("temperature", sampling.temperature),
                                number("top_p", sampling.topP), number("presence_penalty", sampling.presencePenalty),
                                number("frequency_penalty", sampling.frequencyPenalty), decodeStop(*options, sampling)})
        if (!decoded)
            return decoded;

    json::object rest;
    constexpr std::array<std::string_view, 8> kCarried{
        "num_predict", "top_k", "seed", "temperature", "top_p", "presence_penalty", "frequency_penalty", "stop"};
    for (const auto& [key, value] : *options)
        if (std::ranges::find(kCarried, toView(key)) == kCarried.end())
            rest[key] = value;
    if (sampling.maxOutputTokens && *sampling.maxOutputTokens <= 0) { // -1 and -2: no limit, which others leave unsaid
        rest["num_predict"] = *sampling.maxOutputTokens;
        sampling.maxOutputTokens.reset();
    }
    if (!rest.empty())
        request.extra["options"] = std::move(rest);
    return {};
}

Result<void> decodeSwitches(const json::object& body, ChatRequest& request) {
    auto stream = typed<bool>(body, "stream", findBool, {}, "true or false");
    if (!stream)
        return stream.error();
    request.stream = stream->value_or(true);
    auto logprobs = typed<bool>(body, "logprobs", findBool, {}, "true or false");
    if (!logprobs)
        return logprobs.error();
    request.sampling.logprobs = *logprobs;
    auto topLogprobs = typed<std::int64_t>(body, "top_logprobs", findInt, {}, "an integer");
    if (!topLogprobs)
        return topLogprobs.error();
    request.sampling.topLogprobs = *topLogprobs;
    if (*topLogprobs && (**topLogprobs < 0 || **topLogprobs > kMaxTopLogprobs))
        return wrongType("top_logprobs", "between 0 and 20");
    return {};
}

void keepTheRest(const json::object& body, bool generate, ChatRequest& request) {
    constexpr std::array<std::string_view, 8> kShared{"model",  "format",   "think",        "options",
                                                      "stream", "logprobs", "top_logprobs", kGenerateMark};
    constexpr std::array<std::string_view, 2> kChat{"messages", "tools"};
    constexpr std::array<std::string_view, 3> kGenerate{"prompt", "system", "images"};
    for (const auto& [key, value] : body) {
        const std::string_view name = toView(key);
        const bool carried = std::ranges::find(kShared, name) != kShared.end() ||
                             (generate ? std::ranges::find(kGenerate, name) != kGenerate.end()
                                       : std::ranges::find(kChat, name) != kChat.end());
        if (!carried && !value.is_null())
            request.extra[key] = value;
    }
}

} // namespace

Result<ChatRequest> decodeRequest(const ClientRequest& source) {
    const bool generate = source.path.ends_with("/api/generate");
    auto body = requestObject(source.body);
    if (!body)
        return body.error();
    ChatRequest request;
    auto model = requiredModel(*body);
    if (!model)
        return model.error();
    request.model = std::move(*model);
    if (auto decoded = generate ? decodePrompt(*body, request) : decodeMessages(*body, request); !decoded)
        return decoded.error();
    if (!generate)
        if (auto decoded = decodeTools(*body, request); !decoded)
            return decoded.error();
    for (const auto& decode : {decodeFormat, decodeThink, decodeOptions, decodeSwitches})
        if (auto decoded = decode(*body, request); !decoded)
            return decoded.error();
    keepTheRest(*body, generate, request);
    if (!request.extra.empty())
        request.extraFormat = wireFormatName(WireFormat::Ollama);
    return request;
}

} // namespace patchbay::ollama
