// The commit boundary. Until the first piece of model output, a call's events are held back: if the attempt fails before,
// the client has seen nothing and another deployment may answer. From then on events pass straight through.
#pragma once

#include <memory>

#include "chat/chat_handler.h"

namespace patchbay {

class CommitSink final : public EventSink {
public:
    explicit CommitSink(std::shared_ptr<EventSink> out) : m_out(std::move(out)) {}

    awaitable<Result<void>> emit(EventBatch batch) override;
    /// Lets held events through; for a reply that ended well without any output.
    awaitable<Result<void>> flush();
    /// True once the client may have seen something: no retry and no failover after that.
    bool committed() const { return m_committed; }
    /// Forgets what a failed attempt left behind.
    void reset() { m_held.clear(); }

private:
    std::shared_ptr<EventSink> m_out;
    EventBatch m_held;
    bool m_committed = false;
};

} // namespace patchbay
