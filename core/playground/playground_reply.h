// What the playground answers: a pure function of the request.
#pragma once

#include "chat/chat_request.h"
#include "chat/reply_builder.h"
#include "playground/playground_model.h"

namespace patchbay::playground {

/// A reply cut into the batches in which it is streamed; each batch is one token.
struct PlannedReply {
    std::vector<EventBatch> tokens;
    Usage usage;
    ReplyFinished finish;
};

/// `echo` repeats the last user text; with a JSON Schema it answers an instance of it; with tools it calls those that the
/// text names (all of them at once), or the first when a call is required; after a tool result it repeats the result. With
/// reasoning asked for, it thinks one sentence first. max_tokens cuts (finish reason length), stop sequences stop.
PlannedReply planReply(const ChatRequest& request, const Model& model);

} // namespace patchbay::playground
