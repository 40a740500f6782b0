// Records one reply into the history while it streams: every event goes to the journal, and the end replaces the
// journal by the finished message. Begun by HistoryService::beginReply or regenerate.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/async.h"
#include "base/clock.h"
#include "chat/chat_handler.h"
#include "chat/reply_builder.h"
#include "storage/journal_writer.h"
#include "storage/records.h"

namespace patchbay {

class Database;

/// How a reply ended.
struct ReplyEnd {
    MessageStatus status = MessageStatus::Complete;
    std::optional<FinishReason> finish;
    std::optional<Error> error;
    std::optional<Usage> usage; ///< nullopt = what the events reported
    std::optional<std::int64_t> costNanoUsd;
    std::string model; ///< the upstream's; empty = the name that was asked for
    std::string provider;
    std::string traceId;
};
/// A cancelled call is a stopped reply, another error a broken one.
ReplyEnd replyEndOf(const Outcome& outcome, const CallRecord& record, std::optional<std::int64_t> costNanoUsd = {});

class ReplyRecorder : public std::enable_shared_from_this<ReplyRecorder> {
public:
    /// `record` is the streaming message as it was stored.
    ReplyRecorder(Database& database, Clock& clock, asio::any_io_executor executor, MessageRecord record);

    const std::string& messageId() const { return m_record.id; }
    const std::string& conversationId() const { return m_record.conversationId; }
    const ChatReply& reply() const { return m_builder.reply(); }

    /// Text that the reply begins with and that the model did not write just now; before the first event.
    awaitable<Result<void>> beginWith(std::string text);
    /// Takes events in the order in which they come. An error concerns the journal only (see JournalWriter::append):
    /// the reply should go on.
    awaitable<Result<void>> append(EventBatch batch);
    /// Stores the reply as it is now. Must be called once, whatever happened; on an error it may be called again (until
    /// then the reply is a streaming one, and the next start makes it an interrupted one). In a coroutine that may have
    /// been cancelled use finishDetached.
    awaitable<Result<MessageRecord>> finish(ReplyEnd end);
    /// finish in a coroutine of its own; an error leaves the message as described there.
    void finishDetached(ReplyEnd end);
    bool finished() const { return m_finished; }

private:
    static awaitable<void> finishAlone(std::shared_ptr<ReplyRecorder> self, ReplyEnd end);

    Database& m_database;
    Clock& m_clock;
    asio::any_io_executor m_executor;
    MessageRecord m_record;
    SteadyTime m_started;
    std::optional<SteadyTime> m_firstToken;
    ReplyBuilder m_builder;
    JournalWriter m_journal;
    bool m_finished = false;
};

/// Records what passes through on its way to `next`. A journal that falls behind does not stop the stream.
class RecordingSink final : public EventSink {
public:
    RecordingSink(std::shared_ptr<ReplyRecorder> recorder, std::shared_ptr<EventSink> next)
        : m_recorder(std::move(recorder)), m_next(std::move(next)) {}
    awaitable<Result<void>> emit(EventBatch batch) override;
    /// The last trouble of the journal, for a warning beside the reply.
    const std::optional<Error>& journalError() const { return m_journalError; }

private:
    std::shared_ptr<ReplyRecorder> m_recorder;
    std::shared_ptr<EventSink> m_next;
    std::optional<Error> m_journalError;
};

} // namespace patchbay
