// How much one chat request may hold beside its bytes. Every message, part and tool costs far more memory and time than
// its few bytes in the body, so that a body within its limit could still ask for hours of work.
#pragma once

#include "base/error.h"
#include "chat/chat_request.h"

namespace patchbay {

constexpr std::size_t kMaxMessages = 65'536;
constexpr std::size_t kMaxParts = 65'536; ///< of all messages together, what tool results hold included
constexpr std::size_t kMaxTools = 4'096;
constexpr std::size_t kMaxModelName = 256; ///< bytes

/// InvalidRequest (vendor.param names the member) for a request that is over one of the limits.
Result<void> checkRequestLimits(const ChatRequest& request);
/// InvalidRequest for a name that is too long or holds control characters: names go into headers and logs. The message
/// repeats the beginning of it at most.
Result<void> checkModelName(std::string_view name);

} // namespace patchbay
