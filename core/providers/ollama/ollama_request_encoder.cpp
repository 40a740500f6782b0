#include "providers/ollama/ollama_request_encoder.h"

#include <algorithm>
#include <map>

#include "base/bytes.h"
#include "base/json_writer.h"
#include "base/strings.h"
#include "providers/ollama/ollama_common.h"

namespace patchbay::ollama {
namespace {

std::string at(std::string_view field, std::size_t index) {
    return std::string(field) + "[" + std::to_string(index) + "]";
}

Result<void> addImage(json::array& images, const ImagePart& image, const std::string& param) {
    if (!image.source.data.empty()) {
        images.emplace_back(image.source.data);
        return {};
    }
    return unsupportedField(param, "Ollama takes images as base64 only, not as a URL or a file id",
                            "Send the image's bytes (a data: URL or base64) or choose another provider.");
}

Result<void> addFile(std::string& text, const FilePart& file, const std::string& param) {
    if (file.source.mediaType.starts_with("text/") && !file.source.data.empty())
        if (const auto bytes = base64Decode(file.source.data)) {
            if (!text.empty())
                text.append("\n\n");
            if (!file.filename.empty())
                text.append(file.filename).append(":\n");
            text.append(repairUtf8(*bytes));
            return {};
        }
    return unsupportedField(param, "Ollama takes no files of type \"" + file.source.mediaType + "\"",
                            "Send the document as text or as images, or choose another provider.");
}

class MessageEncoder {
public:
    Result<void> add(const Message& message, std::size_t index);
    json::array take() { return std::move(m_messages); }

private:
    Result<void> addToolResult(const ToolResultPart& result, const std::string& param);

    json::array m_messages;
    std::map<std::string, std::string, std::less<>> m_toolNames; // call id -> tool name
};

Result<void> MessageEncoder::addToolResult(const ToolResultPart& result, const std::string& param) {
    std::string text;
    json::array images;
    for (const auto& piece : result.content) {
        Result<void> added;
        if (const auto* plain = std::get_if<TextPart>(&piece))
            text += plain->text;
        else if (const auto* image = std::get_if<ImagePart>(&piece))
            added = addImage(images, *image, param);
        else
            added = addFile(text, std::get<FilePart>(piece), param);
        if (!added)
            return added;
    }
    json::object out{{"role", "tool"}, {"content", text}};
    if (!images.empty())
        out["images"] = std::move(images);
    const auto known = m_toolNames.find(result.toolCallId);
    const std::string& name = result.name.empty() && known != m_toolNames.end() ? known->second : result.name;
    if (!name.empty())
        out["tool_name"] = name;
    if (!result.toolCallId.empty())
        out["tool_call_id"] = result.toolCallId;
    m_messages.emplace_back(std::move(out));
    return {};
}

Result<void> MessageEncoder::add(const Message& message, std::size_t index) {
    const std::string param = at("messages", index);
    std::string text;
    std::string thinking;
    json::array images;
    json::array calls;
    bool ownContent = message.role != Role::Tool;
    for (const ContentPart& part : message.parts) {
        Result<void> added;
        if (const auto* plain = std::get_if<TextPart>(&part))
            text += plain->text;
        else if (const auto* refusal = std::get_if<RefusalPart>(&part))
            text += refusal->text;
        else if (const auto* image = std::get_if<ImagePart>(&part))
            added = addImage(images, *image, param + ".images");
        else if (const auto* file = std::get_if<FilePart>(&part))
            added = addFile(text, *file, param + ".content");
        else if (const auto* reasoning = std::get_if<ReasoningPart>(&part)) {
            // Signed thinking belongs to another vendor.
            if (reasoning->signature.empty() && reasoning->redacted.empty())
                thinking += reasoning->text;
        } else if (const auto* call = std::get_if<ToolCallPart>(&part)) {
            m_toolNames[call->id] = call->name;
            json::object function{{"index", calls.size()}, {"name", call->name}};
            function["arguments"] = argumentsObject(call->arguments);
            json::object item;
            if (!call->id.empty())
                item["id"] = call->id;
            item["function"] = std::move(function);
            calls.emplace_back(std::move(item));
        } else if (const auto* result = std::get_if<ToolResultPart>(&part)) {
            added = addToolResult(*result, param);
            ownContent = ownContent && message.parts.size() > 1;
        }
        if (!added)
            return added;
    }
    if (!ownContent)
        return {};
    const Role role = message.role == Role::Developer ? Role::System : message.role;
    const std::string_view roleText = roleName(role);
    json::object out{{"role", json::string_view(roleText.data(), roleText.size())}, {"content", text}};
    if (!thinking.empty())
        out["thinking"] = thinking;
    if (!images.empty())
        out["images"] = std::move(images);
    if (!calls.empty())
        out["tool_calls"] = std::move(calls);
    m_messages.emplace_back(std::move(out));
    return {};
}

Result<json::array> encodeTools(const ChatRequest& request) {
    json::array tools;
    const ToolChoice choice = request.toolChoice.value_or(ToolChoice{});
    if (choice.mode == ToolChoice::Mode::None)
        return tools;
    if (choice.mode == ToolChoice::Mode::Required)
        return unsupportedField("tool_choice", "Ollama cannot be made to call a tool",
                                "Leave tool_choice out, name one tool (then only that one is offered), or choose "
                                "another provider.");
    for (std::size_t i = 0; i < request.tools.size(); ++i) {
        const Tool& tool = request.tools[i];
        if (choice.mode == ToolChoice::Mode::Named && tool.name != choice.name)
            continue;
        if (!choice.allowedTools.empty() &&
            std::ranges::find(choice.allowedTools, tool.name) == choice.allowedTools.end())
            continue;
        if (tool.custom)
            return unsupportedField(at("tools", i), "Ollama has no tools with free-text input",
                                    "Declare \"" + tool.name + "\" as a function or choose another provider.");
        json::object function{{"name", tool.name}};
        if (!tool.description.empty())
            function["description"] = tool.description;
        function["parameters"] = tool.parameters.empty()
                                     ? json::object{{"type", "object"}, {"properties", json::object{}}}
                                     : tool.parameters;
        tools.emplace_back(json::object{{"type", "function"}, {"function", std::move(function)}});
    }
    return tools;
}

json::object encodeOptions(const ChatRequest& request, bool sameFormat) {
    json::object options;
    const Sampling& sampling = request.sampling;
    const auto set = [&](const char* key, const auto& value) {
        if (value)
            options[key] = *value;
    };
    set("num_predict", sampling.maxOutputTokens);
    set("temperature", sampling.temperature);
    set("top_p", sampling.topP);
    set("top_k", sampling.topK);
    set("presence_penalty", sampling.presencePenalty);
    set("frequency_penalty", sampling.frequencyPenalty);
    set("seed", sampling.seed);
    if (!sampling.stop.empty())
        options["stop"] = json::array(sampling.stop.begin(), sampling.stop.end());
    if (const json::object* extra = sameFormat ? findObject(request.extra, "options") : nullptr)
        for (const auto& [key, value] : *extra)
            if (!options.contains(key))
                options[key] = value;
    return options;
}

std::optional<json::value> encodeThink(const ReasoningOptions& reasoning) {
    const std::string& effort = reasoning.effort;
    if (effort == "none")
        return json::value(false);
    if (effort == "minimal")
        return json::value("low");
    if (effort == "xhigh")
        return json::value("max");
    if (reasoning.enabled == false)
        return json::value(false);
    if (!effort.empty())
        return json::value(effort);
    if (reasoning.enabled)
        return json::value(*reasoning.enabled);
    if (reasoning.budgetTokens)
        return json::value(*reasoning.budgetTokens != 0);
    if (reasoning.adaptive)
        return json::value(*reasoning.adaptive);
    return std::nullopt;
}

// A generate request is a prompt and perhaps a system text; anything more needs the chat call.
bool fitsGenerate(const std::vector<Message>& messages) {
    std::size_t users = 0;
    for (const Message& message : messages) {
        if (message.role == Role::User && ++users == 1)
            continue;
        if (message.role != Role::System || users > 0)
            return false;
    }
    return true;
}

void putPrompt(json::object& body, json::array messages) {
    std::string system;
    for (json::value& value : messages) {
        json::object& message = value.get_object();
        if (stringOr(message, "role") == "system") {
            system += stringOr(message, "content");
            continue;
        }
        body["prompt"] = message["content"];
        if (message.contains("images"))
            body["images"] = std::move(message["images"]);
    }
    if (!system.empty())
        body["system"] = system;
}

} // namespace

Result<EncodedRequest> encodeRequest(const ChatRequest& request) {
    if (request.sampling.choices.value_or(1) != 1)
        return unsupportedField("n", "Ollama gives one answer per request", "Ask once per answer.");
    MessageEncoder encoder;
    for (std::size_t i = 0; i < request.messages.size(); ++i)
        if (auto added = encoder.add(request.messages[i], i); !added)
            return added.error();
    auto tools = encodeTools(request);
    if (!tools)
        return tools.error();

    const bool sameFormat = request.extraFormat == wireFormatName(WireFormat::Ollama);
    const bool generate = isGenerate(request) && tools->empty() && fitsGenerate(request.messages);
    json::object body{{"model", request.model}};
    if (generate)
        putPrompt(body, encoder.take());
    else
        body["messages"] = encoder.take();
    if (!tools->empty())
        body["tools"] = std::move(*tools);
    if (request.format && request.format->kind == ResponseFormat::Kind::JsonObject)
        body["format"] = "json";
    else if (request.format && request.format->kind == ResponseFormat::Kind::JsonSchema)
        body["format"] = request.format->schema;
    if (request.reasoning)
        if (auto think = encodeThink(*request.reasoning))
            body["think"] = std::move(*think);
    if (json::object options = encodeOptions(request, sameFormat); !options.empty())
        body["options"] = std::move(options);
    body["stream"] = request.stream; // the server's default is true
    if (request.sampling.logprobs)
        body["logprobs"] = *request.sampling.logprobs;
    if (request.sampling.topLogprobs)
        body["top_logprobs"] = *request.sampling.topLogprobs;
    if (sameFormat)
        for (const auto& [key, value] : request.extra)
            if (!body.contains(key) && toView(key) != kGenerateMark && toView(key) != "options")
                body[key] = value;
    return EncodedRequest{.path = generate ? "/api/generate" : "/api/chat", .body = writeJson(body)};
}

} // namespace patchbay::ollama
