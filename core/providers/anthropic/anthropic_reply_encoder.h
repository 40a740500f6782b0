// Replies towards a client: the event stream of section "Stream" of the Messages format, and the plain message.
#pragma once

#include <memory>

#include "providers/codec.h"

namespace patchbay::anthropic {

/// The format has one block open at a time, our events interleave; see anthropic_block_queue.h. message_start waits for
/// the first event that is neither ReplyStarted nor UsageReported, so that it can carry counts that are known by then;
/// otherwise it carries an estimate, and message_delta has the final counts.
std::unique_ptr<ReplyEncoder> makeReplyEncoder(const ChatRequest& request, ReplyIdentity identity);

/// Body of the plain answer. Only the first choice is written: the format has no others.
std::string encodeMessage(const ChatRequest& request, const ReplyIdentity& identity, const ChatReply& reply);

} // namespace patchbay::anthropic
