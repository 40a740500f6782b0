// Token counts where no vendor counts for us. An estimate, and marked as one wherever it is shown.
#pragma once

#include <cstdint>
#include <string_view>

#include "chat/chat_request.h"

namespace patchbay {

/// About 4 bytes a token for Latin text and 1 token per CJK character; within 25% of the vendors' tokenizers on prose.
std::int64_t estimateTokens(std::string_view text);
/// Messages, tools and schema together, with 4 tokens of framing per message and 768 per image.
std::int64_t estimatePromptTokens(const ChatRequest& request);

} // namespace patchbay
