#include "providers/vendor_features.h"

#include <algorithm>
#include <string>

namespace patchbay {
namespace {

struct Feature {
    std::string param;
    std::string name; // "the tool web_search"
};

bool isDeclared(const ChatRequest& request, std::string_view name) {
    return std::any_of(request.tools.begin(), request.tools.end(),
                       [name](const Tool& tool) { return tool.name == name; });
}

// The decoders leave in extra.tools what they cannot read as a function: {"type": "web_search"} of OpenAI and
// Anthropic,
// {"googleSearch": {}} of Gemini. Entries of Anthropic's without a type only say more about a declared tool.
std::optional<Feature> hostedTool(const ChatRequest& request, WireFormat asked) {
    const json::array* tools = findArray(request.extra, "tools");
    if (!tools)
        return std::nullopt;
    for (const json::value& tool : *tools) {
        const json::object* object = tool.if_object();
        if (!object || object->empty() ||
            (asked == WireFormat::Anthropic && isDeclared(request, stringOr(*object, "name"))))
            continue;
        const std::string_view type =
            asked == WireFormat::Gemini ? toView(object->begin()->key()) : stringOr(*object, "type");
        return Feature{.param = "tools", .name = "the tool \"" + std::string(type) + "\""};
    }
    return std::nullopt;
}

std::optional<Feature> vendorFeature(const ChatRequest& request, WireFormat asked) {
    if (auto tool = hostedTool(request, asked))
        return tool;
    const auto has = [&request](std::string_view member) { return request.extra.contains(member); };
    if (asked == WireFormat::OpenAiResponses && has("prompt"))
        return Feature{.param = "prompt", .name = "a stored prompt"};
    if (asked == WireFormat::OpenAiResponses && has("tool_choice"))
        return Feature{.param = "tool_choice", .name = "the choice of a tool that the vendor runs"};
    if (asked == WireFormat::OpenAiChat && has("web_search_options"))
        return Feature{.param = "web_search_options", .name = "web search"};
    if (asked == WireFormat::Anthropic && has("mcp_servers"))
        return Feature{.param = "mcp_servers", .name = "MCP servers that the vendor calls"};
    if (asked == WireFormat::Anthropic && has("container"))
        return Feature{.param = "container", .name = "a container"};
    if (asked == WireFormat::Gemini && has("cachedContent"))
        return Feature{.param = "cachedContent", .name = "cached content"};
    return std::nullopt;
}

std::string_view whoCan(WireFormat format) {
    switch (format) {
    case WireFormat::OpenAiChat:
        return "a provider with format = \"openai\"";
    case WireFormat::OpenAiResponses:
        return "a provider with format = \"openai\" and api = \"responses\"";
    case WireFormat::Anthropic:
        return "a provider with format = \"anthropic\"";
    case WireFormat::Ollama:
        return "a provider with format = \"ollama\"";
    case WireFormat::Gemini:
        return "a provider with format = \"gemini\"";
    }
    return {};
}

} // namespace

std::optional<Error> missingFeature(const ChatRequest& request, WireFormat upstream) {
    const auto asked = wireFormatFromName(request.extraFormat);
    if (!asked || *asked == upstream || request.extra.empty())
        return std::nullopt;
    const auto feature = vendorFeature(request, *asked);
    if (!feature)
        return std::nullopt;
    Error error = makeError(ErrorCode::Unsupported,
                            "'" + feature->param + "': " + feature->name + " is not known to this model's provider",
                            "Choose a model of " + std::string(whoCan(*asked)) + ", or leave it out" +
                                (feature->param == "tools" ? " and declare a function instead." : "."));
    error.vendor =
        VendorError{.type = "invalid_request_error", .code = "unsupported_parameter", .param = feature->param};
    return error;
}

} // namespace patchbay
