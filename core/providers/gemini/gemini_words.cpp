#include "providers/gemini/gemini_words.h"

#include <array>
#include <utility>

namespace patchbay::gemini {
namespace {

constexpr std::array<std::pair<std::string_view, FinishReason>, 19> kFinishWords{{
    {"STOP", FinishReason::Stop},
    {"MAX_TOKENS", FinishReason::Length},
    {"SAFETY", FinishReason::ContentFilter},
    {"RECITATION", FinishReason::ContentFilter},
    {"BLOCKLIST", FinishReason::ContentFilter},
    {"PROHIBITED_CONTENT", FinishReason::ContentFilter},
    {"SPII", FinishReason::ContentFilter},
    {"IMAGE_SAFETY", FinishReason::ContentFilter},
    {"IMAGE_PROHIBITED_CONTENT", FinishReason::ContentFilter},
    {"IMAGE_RECITATION", FinishReason::ContentFilter},
    {"MALFORMED_FUNCTION_CALL", FinishReason::Error},
    {"MALFORMED_RESPONSE", FinishReason::Error},
    {"UNEXPECTED_TOOL_CALL", FinishReason::Error},
    {"TOO_MANY_TOOL_CALLS", FinishReason::Error},
    {"CONTINUATION", FinishReason::Pause},
    {"OTHER", FinishReason::Other},
    {"LANGUAGE", FinishReason::Other},
    {"IMAGE_OTHER", FinishReason::Other},
    {"NO_IMAGE", FinishReason::Other},
}};

} // namespace

FinishReason finishReasonOf(std::string_view word) {
    for (const auto& [known, reason] : kFinishWords)
        if (known == word)
            return reason;
    return FinishReason::Other;
}

std::string_view finishWord(const ReplyFinished& finish) {
    // CONTINUATION is left out: the SDK would send the request again by itself.
    for (const auto& [known, reason] : kFinishWords)
        if (known == finish.raw && reason != FinishReason::Pause)
            return known;
    switch (finish.reason) {
    case FinishReason::Stop:
    case FinishReason::ToolCalls:
        return "STOP";
    case FinishReason::Length:
        return "MAX_TOKENS";
    case FinishReason::ContentFilter:
        return "SAFETY";
    default:
        return "OTHER";
    }
}

std::string_view statusName(int httpStatus) {
    switch (httpStatus) {
    case 401:
        return "UNAUTHENTICATED";
    case 403:
        return "PERMISSION_DENIED";
    case 404:
        return "NOT_FOUND";
    case 408:
    case 504:
        return "DEADLINE_EXCEEDED";
    case 409:
        return "ABORTED";
    case 429:
        return "RESOURCE_EXHAUSTED";
    case 499:
        return "CANCELLED";
    case 501:
        return "UNIMPLEMENTED";
    case 502:
    case 503:
    case 529:
        return "UNAVAILABLE";
    default:
        return httpStatus >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
    }
}

} // namespace patchbay::gemini
