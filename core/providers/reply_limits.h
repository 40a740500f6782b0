// How much one reply may become. What a reply adds up to is kept in several places (a whole answer, the history, stored
// responses, the closing frames of some formats), so its sum is bounded once, where it comes in.
#pragma once

#include <cstddef>
#include <vector>

#include "base/error.h"
#include "chat/chat_event.h"

namespace patchbay {

constexpr std::size_t kMaxReplyBytes = 128U << 20U; ///< of one reply: a whole document, or all its events together
constexpr std::size_t kMaxReplyCalls = 1'024;       ///< tool calls of one reply
constexpr std::size_t kMaxReplyParts = 8'192;       ///< texts, thoughts and refusals that alternate in one reply

/// Counts a reply while it comes in; holds no part of it.
class ReplyLimits {
public:
    /// Malformed once the reply is over a limit; the rest of it is not to be read.
    Result<void> add(const EventBatch& batch);

private:
    enum class Part : std::uint8_t { None, Text, Refusal, Reasoning, Call };
    struct Choice {
        Part part = Part::None;
        int block = 0;
    };
    std::size_t bytesOf(const ChatEvent& event) const;
    void begin(Part part, int choice, int block = 0);

    std::vector<Choice> m_choices;
    std::size_t m_bytes = 0;
    std::size_t m_parts = 0;
    std::size_t m_calls = 0;
};

} // namespace patchbay
