#include "chat/chat_request.h"

namespace patchbay {

std::string_view roleName(Role role) {
    switch (role) {
    case Role::System: return "system";
    case Role::Developer: return "developer";
    case Role::User: return "user";
    case Role::Assistant: return "assistant";
    case Role::Tool: return "tool";
    }
    return "user";
}

Message textMessage(Role role, std::string text) {
    return Message{.role = role, .parts = {TextPart{.text = std::move(text)}}};
}

std::string textOf(const Message& message) {
    std::string text;
    for (const ContentPart& part : message.parts)
        if (const auto* piece = std::get_if<TextPart>(&part))
            text += piece->text;
    return text;
}

namespace {

std::size_t partBytes(const TextPart& part) { return part.text.size(); }
std::size_t partBytes(const ImagePart& part) { return part.source.data.size(); }
std::size_t partBytes(const FilePart& part) { return part.source.data.size(); }
std::size_t partBytes(const ReasoningPart& part) { return part.text.size() + part.redacted.size(); }
std::size_t partBytes(const ToolCallPart& part) { return part.arguments.size(); }
std::size_t partBytes(const RefusalPart& part) { return part.text.size(); }
std::size_t partBytes(const ToolResultPart& part) {
    std::size_t total = 0;
    for (const auto& piece : part.content)
        total += std::visit([](const auto& inner) { return partBytes(inner); }, piece);
    return total;
}

} // namespace

std::size_t contentBytes(const ChatRequest& request) {
    std::size_t total = 0;
    for (const Message& message : request.messages)
        for (const ContentPart& part : message.parts)
            total += std::visit([](const auto& inner) { return partBytes(inner); }, part);
    return total;
}

bool wantsImages(const ChatRequest& request) {
    for (const Message& message : request.messages)
        for (const ContentPart& part : message.parts) {
            if (std::holds_alternative<ImagePart>(part))
                return true;
            if (const auto* result = std::get_if<ToolResultPart>(&part))
                for (const auto& piece : result->content)
                    if (std::holds_alternative<ImagePart>(piece))
                        return true;
        }
    return false;
}

bool wantsTools(const ChatRequest& request) {
    return !request.tools.empty();
}

} // namespace patchbay
