// Gemini's words for why a reply ended and for what went wrong.
#pragma once

#include <string_view>

#include "chat/chat_event.h"

namespace patchbay::gemini {

/// A reply that never began because of its prompt finishes with this and promptFeedback.blockReason as raw reason.
inline constexpr std::string_view kBlockPrefix = "blockReason:";

/// The meaning of a finishReason. STOP is Stop, whether there were function calls or not.
FinishReason finishReasonOf(std::string_view word);
/// The word for a finish; the vendor's own if it was one of Gemini's.
std::string_view finishWord(const ReplyFinished& finish);
/// google.rpc.Code's name for an HTTP status.
std::string_view statusName(int httpStatus);

} // namespace patchbay::gemini
