// Who answers a turn of `patchbay chat`: this program, or the one that holds the data directory. Both give the same
// native events (server/native_events.h), so printing knows no difference.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/async.h"
#include "chat/content.h"
#include "server/native_events.h"
#include "services/conversation_chat.h"

namespace patchbay {

class Composition;
class RemoteApi;

/// Receives a reply's native events in order.
class NativeEventSink {
public:
    virtual ~NativeEventSink() = default;
    /// An error means that nobody reads any more.
    virtual Result<void> take(const NativeEvent& event) = 0;
};

struct ChatTurn {
    std::string model;          ///< empty = the conversation's, else the default one
    std::string conversationId; ///< empty = a new one
    std::optional<std::string> system;
    std::vector<Message> messages; ///< the new ones; without a history all of them
    bool store = true;
};

/// How a turn ended; members that are not known are empty.
struct ChatTurnEnd {
    std::string finishReason; ///< "stop", "length", … or "stopped" (by the user) or "error"
    std::optional<Error> error;
    std::string conversationId;
    std::string messageId;
    std::string traceId;
    std::string model; ///< the name that was asked for
    std::string provider;
    std::optional<NanoUsd> cost;
    json::object usage;
    std::string warning; ///< the reply could not be kept, say
};

class ChatBackend {
public:
    virtual ~ChatBackend() = default;
    /// Cancellation ends the turn as "stopped" and throws nothing.
    virtual awaitable<ChatTurnEnd> turn(ChatTurn turn, std::shared_ptr<NativeEventSink> out) = 0;
    /// The conversation that was used last; NotFound when there is none.
    virtual awaitable<Result<std::string>> lastConversation() = 0;
};

/// `program` outlives it.
std::unique_ptr<ChatBackend> localChat(Composition& program);
/// `api` outlives it.
std::unique_ptr<ChatBackend> remoteChat(RemoteApi& api);

} // namespace patchbay
