// Streams a reply to an HTTP client in its own format. The answer begins with the first event: until then an error can
// still become a proper status. Silence is filled with SSE comments so that proxies keep the connection; after 15 s of
// it the answer begins with such a comment, and what fails later is an error in the stream.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/cancellation_signal.hpp>

#include "base/async_mutex.h"
#include "chat/reply_builder.h"
#include "server/surface.h"

namespace patchbay {

class StreamSink final : public EventSink {
public:
    using HeaderSource = std::function<std::vector<http::Header>(bool beforeReply)>;
    /// `headers` is asked once, when the answer begins; `beforeReply` says that nobody has answered yet, so that who
    /// will is not known.
    StreamSink(ResponderPtr responder, std::unique_ptr<ReplyEncoder> encoder, Clock& clock, HeaderSource headers,
               const asio::any_io_executor& executor);

    awaitable<Result<void>> emit(EventBatch batch) override;
    /// Closing frames and the end of the answer; `comment` (may be empty) goes before them as an SSE comment.
    awaitable<Result<void>> finish(ChatSummary summary, std::string comment);
    /// The format's mid-stream error; only after begun().
    awaitable<Result<void>> fail(Error error);
    bool begun() const { return m_begun; }

private:
    friend class KeepAlive;
    bool takesComments() const;
    awaitable<void> comment();
    awaitable<Result<void>> begin();
    awaitable<Result<void>> writeLocked(std::string bytes);

    ResponderPtr m_responder;
    std::unique_ptr<ReplyEncoder> m_encoder;
    Clock& m_clock;
    HeaderSource m_headers;
    AsyncMutex m_mutex;
    SteadyTime m_lastWrite{};
    bool m_replied = false; // something of the reply was written
    bool m_begun = false;
};

/// While it lives: a comment whenever nothing was written to the sink for 15 s, also before the first event. NDJSON has
/// no comments.
class KeepAlive {
public:
    KeepAlive(std::shared_ptr<StreamSink> sink, const asio::any_io_executor& executor);
    ~KeepAlive();
    KeepAlive(const KeepAlive&) = delete;
    KeepAlive& operator=(const KeepAlive&) = delete;

private:
    static awaitable<void> run(std::shared_ptr<StreamSink> sink);

    std::shared_ptr<asio::cancellation_signal> m_stop; // null = nothing to stop
};

/// Collects a reply for a non-streamed answer.
class CollectSink final : public EventSink {
public:
    awaitable<Result<void>> emit(EventBatch batch) override {
        m_builder.add(batch);
        co_return Result<void>();
    }
    ChatReply take() { return m_builder.take(); }

private:
    ReplyBuilder m_builder;
};

} // namespace patchbay
