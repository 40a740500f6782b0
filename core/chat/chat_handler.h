// The shape of everything that answers a chat request: a provider, a layer around it, the whole pipeline.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/async.h"
#include "base/clock.h"
#include "base/error.h"
#include "chat/chat_event.h"
#include "chat/chat_request.h"

namespace patchbay {

/// Where a reply's events go: an SSE response, a WebSocket, the desktop's model, a test.
class EventSink {
public:
    virtual ~EventSink() = default;
    /// Suspends while the receiver is full: the one place of back-pressure. An error means the receiver is gone.
    virtual awaitable<Result<void>> emit(EventBatch batch) = 0;
};

/// What is known of a reply when it has ended well.
struct ChatSummary {
    std::string id;
    std::string model; ///< as the vendor named it in the reply
    FinishReason finish = FinishReason::Stop;
    Usage usage;
    bool operator==(const ChatSummary&) const = default;
};

/// An error means the reply is not complete, even if events were emitted before.
using Outcome = Result<ChatSummary>;

/// Facts that layers and the provider leave for the trace, the response headers and accounting.
struct CallRecord {
    std::string traceId;
    std::string provider;   ///< provider id of the deployment that answered or was asked last
    std::string model;      ///< the upstream's model name
    std::string deployment; ///< "provider/model"
    int attempts = 0;
    int fallbacks = 0;
    SteadyTime received{};
    std::optional<SteadyTime> firstToken;
    std::optional<SteadyTime> finished;
};

/// Passed by value through every layer, so it is small: the request itself is shared and never changed.
struct ChatCall {
    std::shared_ptr<const ChatRequest> request;
    std::shared_ptr<EventSink> out;
    std::shared_ptr<CallRecord> record;
};

class ChatHandler {
public:
    virtual ~ChatHandler() = default;
    /// Cancellation is asio's per-operation cancellation; a cancelled call closes its upstream socket within 100 ms.
    virtual awaitable<Outcome> handle(ChatCall call) = 0;
};

} // namespace patchbay
