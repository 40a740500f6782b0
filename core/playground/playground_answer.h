// Answers one chat request of the playground over HTTP, in any wire format, at the set rate and with the asked fault.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "http/http_server.h"
#include "playground/playground_model.h"
#include "providers/codec.h"

namespace patchbay::playground {

/// What the answers of one playground share.
struct AnswerContext {
    Clock& clock;
    double tokensPerSecond = 0;              ///< 0 = as fast as the reader takes them
    std::map<std::string, std::int64_t> asked; ///< requests per model name, for drills and for fault-once
};

awaitable<void> answerChat(std::shared_ptr<AnswerContext> context, WireFormat format,
                           std::shared_ptr<http::Request> request, std::shared_ptr<http::Responder> responder);

/// For calls that are no chat: counts the call and, where the model is a fault that shows before any output (a status,
/// a page of HTML, silence, a cut …) or no model at all, answers it. True when the call is answered.
awaitable<bool> answeredByFault(std::shared_ptr<AnswerContext> context, WireFormat format, std::string model,
                                std::shared_ptr<http::Responder> responder);

/// A codec's answer as an HTTP response that says where it comes from (x-patchbay-playground).
http::Response labelled(ClientReply reply);
ClientRequest clientRequestOf(const http::Request& request);

} // namespace patchbay::playground
