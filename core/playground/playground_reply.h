// What the playground answers: a pure function of the request.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chat/chat_request.h"
#include "chat/reply_builder.h"
#include "playground/playground_model.h"

namespace patchbay::playground {

/// A reply, cut into the batches in which it is streamed while it is read: each batch is one token. A long reply costs
/// no more than its text, and a numbered one nothing at all until it is taken.
class PlannedReply {
public:
    /// The next token; nullopt at the end.
    std::optional<EventBatch> next();

    Usage usage;
    ReplyFinished finish;

private:
    friend class ReplyPlanner;
    std::vector<EventBatch> m_first; // thoughts and tool calls
    std::size_t m_firstTaken = 0;
    std::string m_text; // what is split into tokens behind them
    std::size_t m_textTaken = 0;
    std::int64_t m_textTokens = 0; // how many of its tokens are still to come
    std::int64_t m_numbered = 0;   // or: this many numbered tokens
    std::int64_t m_numberedTaken = 0;
    bool m_refusal = false;
};

/// `echo` repeats the last user text; with a JSON Schema it answers an instance of it; with tools it calls those that the
/// text names (all of them at once), or the first when a call is required; after a tool result it repeats the result. With
/// reasoning asked for, it thinks one sentence first. max_tokens cuts (finish reason length), stop sequences stop.
PlannedReply planReply(const ChatRequest& request, const Model& model);

} // namespace patchbay::playground
