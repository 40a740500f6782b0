#include "providers/reply_limits.h"

#include <algorithm>

#include <fmt/format.h>

#include "providers/vendor_error.h"

namespace patchbay {
namespace {

constexpr std::size_t kMaxChoices = 128;
// What an event costs beside its text while it waits somewhere.
constexpr std::size_t kEventBytes = 32;
constexpr std::size_t kOtherEventBytes = 256;

} // namespace

std::size_t ReplyLimits::bytesOf(const ChatEvent& event) const {
    if (const auto* text = std::get_if<TextDelta>(&event))
        return kEventBytes + text->text.size();
    if (const auto* reasoning = std::get_if<ReasoningDelta>(&event))
        return kEventBytes + reasoning->text.size();
    if (const auto* refusal = std::get_if<RefusalDelta>(&event))
        return kEventBytes + refusal->text.size();
    if (const auto* arguments = std::get_if<ToolCallDelta>(&event))
        return kEventBytes + arguments->arguments.size();
    if (const auto* signature = std::get_if<ReasoningSignature>(&event))
        return kOtherEventBytes + signature->signature.size() + signature->redacted.size() + signature->id.size();
    if (const auto* call = std::get_if<ToolCallStarted>(&event))
        return kOtherEventBytes + call->id.size() + call->name.size() + call->signature.size();
    return kOtherEventBytes;
}

void ReplyLimits::begin(Part part, int choice, int block) {
    const auto at = std::min(static_cast<std::size_t>(std::max(choice, 0)), kMaxChoices - 1);
    if (m_choices.size() <= at)
        m_choices.resize(at + 1);
    Choice& state = m_choices[at];
    if (state.part == part && state.block == block)
        return;
    state = {.part = part, .block = block};
    ++m_parts;
}

Result<void> ReplyLimits::add(const EventBatch& batch) {
    for (const ChatEvent& event : batch) {
        m_bytes += bytesOf(event);
        if (const auto* text = std::get_if<TextDelta>(&event))
            begin(Part::Text, text->choice);
        else if (const auto* reasoning = std::get_if<ReasoningDelta>(&event))
            begin(Part::Reasoning, reasoning->choice, reasoning->block);
        else if (const auto* signature = std::get_if<ReasoningSignature>(&event))
            begin(Part::Reasoning, signature->choice, signature->block);
        else if (const auto* refusal = std::get_if<RefusalDelta>(&event))
            begin(Part::Refusal, refusal->choice);
        else if (const auto* call = std::get_if<ToolCallStarted>(&event)) {
            ++m_calls;
            begin(Part::Call, call->choice, call->index);
        }
    }
    if (m_calls > kMaxReplyCalls)
        return malformedReply(fmt::format("it has more than {} tool calls", kMaxReplyCalls));
    if (m_parts > kMaxReplyParts)
        return malformedReply(fmt::format("it has more than {} parts", kMaxReplyParts));
    if (m_bytes > kMaxReplyBytes)
        return malformedReply(fmt::format("it is larger than {} MiB", kMaxReplyBytes >> 20U));
    return {};
}

} // namespace patchbay
