#include "server/stream_sink.h"

#include <algorithm>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>

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
      m_mutex(executor), m_lastWrite(clock.now()) {
}

awaitable<Result<void>> StreamSink::begin() {
    std::vector<http::Header> headers = m_headers(!m_replied);
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
    m_replied = true;
    co_return co_await writeLocked(std::move(bytes));
}

awaitable<Result<void>> StreamSink::finish(ChatSummary summary, std::string comment) {
    const auto guard = co_await m_mutex.lock();
    m_replied = true;
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

bool StreamSink::takesComments() const {
    return isEventStream(*m_encoder);
}

awaitable<void> StreamSink::comment() {
    const auto guard = co_await m_mutex.lock();
    std::string bytes;
    appendSseComment(bytes, "keep-alive");
    (void)co_await writeLocked(std::move(bytes)); // the next emit() reports that the client is gone
}

KeepAlive::KeepAlive(std::shared_ptr<StreamSink> sink, const asio::any_io_executor& executor) {
    if (!sink->takesComments())
        return;
    m_stop = std::make_shared<asio::cancellation_signal>();
    // A coroutine beside the reply, not raced with it: a race costs every stream several KB, and ends a disconnect, in
    // which both sides are cancelled, in an exception of its own kind.
    asio::co_spawn(executor, run(std::move(sink)),
                   asio::bind_cancellation_slot(m_stop->slot(), [stop = m_stop](std::exception_ptr) {}));
}

KeepAlive::~KeepAlive() {
    if (m_stop)
        m_stop->emit(asio::cancellation_type::terminal);
}

awaitable<void> KeepAlive::run(std::shared_ptr<StreamSink> sink) {
    Clock& clock = sink->m_clock;
    for (;;) {
        co_await clock.sleepUntil(std::max(sink->m_lastWrite, clock.now() - kKeepAlive / 2) + kKeepAlive);
        if (!sink->m_mutex.locked() && clock.now() - sink->m_lastWrite >= kKeepAlive)
            co_await sink->comment();
    }
}

} // namespace patchbay
