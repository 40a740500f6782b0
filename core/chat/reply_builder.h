// Folds a reply's events into the finished reply: what a non-streamed answer, the history and the CLI need.
#pragma once

#include <string>
#include <vector>

#include "chat/chat_event.h"
#include "chat/content.h"

namespace patchbay {

/// One alternative of a reply (n > 1 gives several).
struct ReplyChoice {
    Message message{.role = Role::Assistant};
    ReplyFinished finish;
    bool finished = false; ///< false: the reply broke off before a finish reason came
    bool operator==(const ReplyChoice&) const = default;
};

struct ChatReply {
    std::string id;
    std::string model;
    std::int64_t created = 0;
    std::vector<ReplyChoice> choices; ///< never empty once ReplyBuilder::reply() made it
    Usage usage;
    bool operator==(const ChatReply&) const = default;
};

/// Parts stand in the order in which they began; deltas of one kind join the part they belong to in constant time.
class ReplyBuilder {
public:
    void add(const ChatEvent& event);
    void add(const EventBatch& batch);
    const ChatReply& reply() const { return m_reply; }
    ChatReply take() { return std::move(m_reply); }

private:
    struct OpenParts {
        std::vector<std::size_t> toolParts;      // tool call index -> part index
        std::vector<std::pair<int, std::size_t>> reasoningParts; // block -> part index
    };
    ReplyChoice& choice(int index);
    template <class Part> Part& lastOrNew(Message& message);
    ReasoningPart& reasoningBlock(int choice, int block);

    ChatReply m_reply{.choices = std::vector<ReplyChoice>(1)};
    std::vector<OpenParts> m_open{1};
};

/// The reply as events again: for an upstream that does not stream behind a client that does, and for cache replay.
EventBatch eventsOf(const ChatReply& reply);

} // namespace patchbay
