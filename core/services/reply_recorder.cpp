#include "services/reply_recorder.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "storage/message_store.h"

namespace patchbay {

ReplyEnd replyEndOf(const Outcome& outcome, const CallRecord& record, std::optional<std::int64_t> costNanoUsd) {
    ReplyEnd end{
        .costNanoUsd = costNanoUsd, .model = record.model, .provider = record.provider, .traceId = record.traceId};
    if (outcome) {
        end.finish = outcome->finish;
        end.usage = outcome->usage;
    } else if (outcome.error().code == ErrorCode::Cancelled) {
        end.status = MessageStatus::Stopped;
    } else {
        end.status = MessageStatus::Error;
        end.finish = FinishReason::Error;
        end.error = outcome.error();
    }
    return end;
}

ReplyRecorder::ReplyRecorder(Database& database, Clock& clock, asio::any_io_executor executor, MessageRecord record)
    : m_database(database), m_clock(clock), m_executor(executor), m_record(std::move(record)), m_started(clock.now()),
      m_journal(database, clock, executor, m_record.id) {
}

awaitable<Result<void>> ReplyRecorder::beginWith(std::string text) {
    auto self = shared_from_this();
    EventBatch batch{TextDelta{.text = std::move(text)}};
    m_builder.add(batch);
    co_return co_await m_journal.append(std::move(batch));
}

awaitable<Result<void>> ReplyRecorder::append(EventBatch batch) {
    auto self = shared_from_this();
    if (!m_firstToken && std::any_of(batch.begin(), batch.end(), isModelOutput))
        m_firstToken = m_clock.now();
    m_builder.add(batch);
    co_return co_await m_journal.append(std::move(batch));
}

awaitable<Result<MessageRecord>> ReplyRecorder::finish(ReplyEnd end) {
    auto self = shared_from_this();
    if (m_finished)
        co_return makeError(ErrorCode::Conflict, "This reply is finished already.", "Load the conversation again.");
    m_journal.close();
    const auto since = [this](SteadyTime time) {
        return std::chrono::duration_cast<Milliseconds>(time - m_started).count();
    };
    MessageRecord record = m_record;
    const ChatReply& reply = m_builder.reply();
    record.message.parts = reply.choices.front().message.parts;
    record.status = end.status;
    record.finishReason = end.finish ? std::string(finishReasonName(*end.finish)) : std::string();
    record.error = std::move(end.error);
    record.usage = end.usage ? *end.usage : reply.usage;
    record.costNanoUsd = end.costNanoUsd;
    if (!end.model.empty())
        record.model = std::move(end.model);
    record.provider = std::move(end.provider);
    record.traceId = std::move(end.traceId);
    if (m_firstToken)
        record.firstTokenMs = since(*m_firstToken);
    record.durationMs = since(m_clock.now());
    MessageStore messages(m_database);
    auto stored = co_await messages.finish(record, toUnixMilliseconds(m_clock.wallNow()));
    if (!stored)
        co_return stored.error();
    m_finished = true;
    co_return record;
}

void ReplyRecorder::finishDetached(ReplyEnd end) {
    asio::co_spawn(m_executor, finishAlone(shared_from_this(), std::move(end)), asio::detached);
}

awaitable<void> ReplyRecorder::finishAlone(std::shared_ptr<ReplyRecorder> self, ReplyEnd end) {
    // There is nobody to tell. The journal keeps the text, and the next start makes an interrupted message of it.
    (void)co_await self->finish(std::move(end));
}

awaitable<Result<void>> RecordingSink::emit(EventBatch batch) {
    EventBatch copy = batch;
    if (auto recorded = co_await m_recorder->append(std::move(copy)); !recorded)
        m_journalError = recorded.error();
    co_return co_await m_next->emit(std::move(batch));
}

} // namespace patchbay
