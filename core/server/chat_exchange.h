// One chat request on any HTTP surface: decode, ask, answer whole or streamed, errors in the surface's own format.
#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "server/surface.h"

namespace patchbay {

/// What a surface adds to the common way.
struct ChatExchangeOptions {
    WireFormat format = WireFormat::OpenAiChat;
    std::string_view idPrefix; ///< "chatcmpl-", "msg_", "resp_"; empty = the format has no ids
    /// Looks at or changes the decoded request; an error refuses it.
    std::function<awaitable<Result<void>>(ChatRequest& request)> prepare;
    /// Answers a request that asks for no model output; nullopt = ask the model.
    std::function<std::optional<Result<ClientReply>>(const ChatRequest& request, const ReplyIdentity& identity)> shortcut;
    /// The request as the reply is to repeat it, asked after prepare(); empty = as it is.
    std::function<std::shared_ptr<const ChatRequest>()> shown;
    /// Sees each complete reply before the client gets its end, so that what it stores is there when the client goes on.
    std::function<awaitable<void>(ChatRequest request, ChatReply reply)> completed;
};

awaitable<void> exchangeChat(ServerParts parts, ChatExchangeOptions options, RequestPtr request, ResponderPtr responder);

} // namespace patchbay
