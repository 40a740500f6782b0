// Takes a reply's events on the engine's thread and keeps them until the window draws its next frame. It never makes
// the engine wait: what piles up behind a stalled window is merged, so it takes no more memory than the reply itself.
#pragma once

#include <functional>
#include <mutex>

#include "chat/chat_handler.h"

namespace patchbay {

class UiSink final : public EventSink {
public:
    /// `wake` is called on the engine's thread when something came into an empty buffer.
    explicit UiSink(std::function<void()> wake) : m_wake(std::move(wake)) {}

    awaitable<Result<void>> emit(EventBatch batch) override;
    /// From any thread: what came since the last time, in order.
    EventBatch drain();

private:
    std::function<void()> m_wake;
    std::mutex m_mutex;
    EventBatch m_events;
};

/// Adds an event to what waits: text joins the text before it, the last usage replaces an earlier one.
void mergeEvent(EventBatch& into, ChatEvent event);

} // namespace patchbay
