#include "providers/request_limits.h"

#include <algorithm>

#include <fmt/format.h>

#include "providers/body_fields.h"

namespace patchbay {
namespace {

Error over(std::string_view param, std::size_t count, std::string_view what, std::size_t limit) {
    return invalidField(std::string(param),
                        fmt::format("the request has {} {}; at most {} are allowed", count, what, limit),
                        "Send fewer, or split the request.");
}

std::size_t partsOf(const Message& message) {
    std::size_t parts = message.parts.size();
    for (const ContentPart& part : message.parts)
        if (const auto* result = std::get_if<ToolResultPart>(&part))
            parts += result->content.size();
    return parts;
}

} // namespace

Result<void> checkModelName(std::string_view name) {
    if (name.size() > kMaxModelName)
        return invalidField(
            "model",
            fmt::format("the name of the model has {} bytes; at most {} are allowed", name.size(), kMaxModelName),
            "GET /v1/models lists the names.");
    const auto unsafe = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    if (std::any_of(name.begin(), name.end(), unsafe))
        return invalidField("model", "the name of the model holds control characters",
                            "GET /v1/models lists the names.");
    return {};
}

Result<void> checkRequestLimits(const ChatRequest& request) {
    if (auto named = checkModelName(request.model); !named)
        return named;
    if (request.messages.size() > kMaxMessages)
        return over("messages", request.messages.size(), "messages", kMaxMessages);
    std::size_t parts = 0;
    for (const Message& message : request.messages)
        parts += partsOf(message);
    if (parts > kMaxParts)
        return over("messages", parts, "content parts", kMaxParts);
    if (request.tools.size() > kMaxTools)
        return over("tools", request.tools.size(), "tools", kMaxTools);
    if (request.toolChoice && request.toolChoice->allowedTools.size() > kMaxTools)
        return over("tool_choice", request.toolChoice->allowedTools.size(), "allowed tools", kMaxTools);
    return {};
}

} // namespace patchbay
