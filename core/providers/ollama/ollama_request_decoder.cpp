#include "providers/ollama/ollama_request_decoder.h"

#include <algorithm>
#include <array>

#include "providers/ollama/ollama_fields.h"
#include "providers/ollama/ollama_message_decoder.h"

namespace patchbay::ollama {
namespace {

constexpr std::int64_t kMaxTopLogprobs = 20;

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
