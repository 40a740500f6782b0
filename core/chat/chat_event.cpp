#include "chat/chat_event.h"

namespace patchbay {

std::string_view finishReasonName(FinishReason reason) {
    switch (reason) {
    case FinishReason::Stop: return "stop";
    case FinishReason::Length: return "length";
    case FinishReason::ToolCalls: return "tool_calls";
    case FinishReason::ContentFilter: return "content_filter";
    case FinishReason::Pause: return "pause";
    case FinishReason::Error: return "error";
    case FinishReason::Other: return "other";
    }
    return "other";
}

bool isModelOutput(const ChatEvent& event) {
    return std::holds_alternative<TextDelta>(event) || std::holds_alternative<ReasoningDelta>(event) ||
           std::holds_alternative<RefusalDelta>(event) || std::holds_alternative<ToolCallStarted>(event) ||
           std::holds_alternative<ToolCallDelta>(event) || std::holds_alternative<ReasoningSignature>(event);
}

} // namespace patchbay
