#include "server/stream_sink.h"

#include "wire/sse_writer.h"

namespace patchbay {
namespace {

constexpr std::chrono::seconds kKeepAlive{15};

bool isEventStream(const ReplyEncoder& encoder) {
    return encoder.contentType().starts_with("text/event-stream");
}

} // namespace

StreamSink::StreamSink(ResponderPtr responder, std::unique_ptr<ReplyEncoder> encoder, Clock& clock,
                       HeaderSource headers, const asio::any_io_executor& executor)
    : m_responder(std::move(responder)), m_encoder(std::move(encoder)), m_clock(clock), m_headers(std::move(headers)),
      m_mutex(executor) {}

awaitable<Result<void>> StreamSink::begin() {
    std::vector<http::Header> headers = m_headers();
    headers.push_back({"cache-control", "no-cache"});
    headers.push_back({"x-accel-buffering", "no"}); // nginx would otherwise hold the stream back
    m_begun = true;
    co_return co_await m_responder->begin(200, std::string(m_encoder->contentType()), std::move(headers));
}

awaitable<Result<void>> StreamSink::writeLocked(std::string bytes) {
    if (!m_begun)
        if (auto begun = co_await begin(); !begun)
            co_return begun;
    if (bytes.empty())
        co_return Result<void>();
    m_lastWrite = m_clock.now();
    co_return co_await m_responder->write(std::move(bytes));
}

awaitable<Result<void>> StreamSink::emit(EventBatch batch) {
    const auto guard = co_await m_mutex.lock();
    std::string bytes;
    for (const ChatEvent& event : batch)
        m_encoder->encode(event, bytes);
    co_return co_await writeLocked(std::move(bytes));
}

awaitable<Result<void>> StreamSink::finish(ChatSummary summary, std::string comment) {
    const auto guard = co_await m_mutex.lock();
    std::string bytes;
    if (!comment.empty() && isEventStream(*m_encoder))
        appendSseComment(bytes, comment);
    m_encoder->finish(summary, bytes);
    if (auto written = co_await writeLocked(std::move(bytes)); !written)
        co_return written;
    co_return co_await m_responder->end();
}

awaitable<Result<void>> StreamSink::fail(Error error) {
    const auto guard = co_await m_mutex.lock();
    std::string bytes;
    m_encoder->fail(error, bytes);
    if (auto written = co_await writeLocked(std::move(bytes)); !written)
        co_return written;
    co_return co_await m_responder->end();
}

awaitable<void> StreamSink::keepAlive() {
    if (!isEventStream(*m_encoder))
        co_await m_clock.sleepUntil(SteadyTime::max());
    for (;;) {
        co_await m_clock.sleepUntil(std::max(m_lastWrite, m_clock.now() - kKeepAlive / 2) + kKeepAlive);
        if (!m_begun || m_mutex.locked() || m_clock.now() - m_lastWrite < kKeepAlive)
            continue;
        const auto guard = co_await m_mutex.lock();
        std::string comment;
        appendSseComment(comment, "keep-alive");
        if (auto written = co_await writeLocked(std::move(comment)); !written)
            co_return; // the next emit() reports that the client is gone
    }
}

} // namespace patchbay
