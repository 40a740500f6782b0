#include "chat/token_estimate.h"

#include "base/json_writer.h"

namespace patchbay {
namespace {

constexpr std::int64_t kTokensPerMessage = 4;
constexpr std::int64_t kTokensPerImage = 768;

std::int64_t estimatePart(const ContentPart& part) {
    if (const auto* text = std::get_if<TextPart>(&part))
        return estimateTokens(text->text);
    if (std::holds_alternative<ImagePart>(part))
        return kTokensPerImage;
    if (const auto* file = std::get_if<FilePart>(&part))
        return static_cast<std::int64_t>(file->source.data.size() / 6);
    if (const auto* reasoning = std::get_if<ReasoningPart>(&part))
        return estimateTokens(reasoning->text);
    if (const auto* call = std::get_if<ToolCallPart>(&part))
        return estimateTokens(call->name) + estimateTokens(call->arguments);
    if (const auto* refusal = std::get_if<RefusalPart>(&part))
        return estimateTokens(refusal->text);
    std::int64_t total = 0;
    for (const auto& piece : std::get<ToolResultPart>(part).content)
        total += std::visit([](const auto& inner) { return estimatePart(ContentPart(inner)); }, piece);
    return total;
}

} // namespace

std::int64_t estimateTokens(std::string_view text) {
    std::int64_t narrow = 0, wide = 0;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte < 0x80)
            ++narrow;
        else if (byte >= 0xE0) // lead byte of a three- or four-byte sequence: CJK, emoji
            ++wide;
        else if (byte >= 0xC0)
            narrow += 2;
    }
    return (narrow + 3) / 4 + wide;
}

std::int64_t estimatePromptTokens(const ChatRequest& request) {
    std::int64_t total = 0;
    for (const Message& message : request.messages) {
        total += kTokensPerMessage;
        for (const ContentPart& part : message.parts)
            total += estimatePart(part);
    }
    for (const Tool& tool : request.tools)
        total += estimateTokens(tool.name) + estimateTokens(tool.description) +
                 estimateTokens(writeJson(tool.parameters));
    if (request.format)
        total += estimateTokens(writeJson(request.format->schema));
    return total;
}

} // namespace patchbay
