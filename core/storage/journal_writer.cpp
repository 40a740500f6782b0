#include "storage/journal_writer.h"

#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>

#include "storage/database.h"
#include "storage/journal_store.h"

namespace patchbay {

struct JournalWriter::State {
    State(Database& database, Clock& ticks, asio::any_io_executor on, std::string id)
        : store(database), clock(ticks), executor(std::move(on)), messageId(std::move(id)),
          progress(executor, SteadyTime::max()) {}

    JournalStore store;
    Clock& clock;
    asio::any_io_executor executor;
    std::string messageId;
    std::vector<JournalRow> waiting;
    std::size_t waitingBytes = 0;
    std::int64_t nextSeq = 0;
    std::optional<SteadyTime> lastWrite;
    std::optional<Error> failure; // of the last write; empty once one has succeeded
    bool running = false;         // the write loop
    bool closed = false;
    asio::steady_timer progress; // never expires; cancelled when a write has ended
};

namespace {

std::size_t sizeOf(const std::vector<JournalRow>& rows) {
    std::size_t bytes = 0;
    for (const JournalRow& row : rows)
        bytes += row.delta.size();
    return bytes;
}

} // namespace

JournalWriter::JournalWriter(Database& database, Clock& clock, asio::any_io_executor executor, std::string messageId)
    : m_state(std::make_shared<State>(database, clock, std::move(executor), std::move(messageId))) {
}

JournalWriter::~JournalWriter() {
    close();
}

void JournalWriter::wakeWaiters(State& state) {
    state.progress.cancel();
}

void JournalWriter::startLoop() {
    if (m_state->running || m_state->waiting.empty() || m_state->closed)
        return;
    m_state->running = true;
    // On its own, so that cancelling the reply does not cancel a write of what has arrived.
    asio::co_spawn(m_state->executor, writeLoop(m_state), asio::detached);
}

awaitable<void> JournalWriter::writeLoop(std::shared_ptr<State> state) {
    while (!state->closed && !state->waiting.empty()) {
        if (state->lastWrite)
            co_await state->clock.sleepUntil(*state->lastWrite + kJournalInterval);
        if (state->closed)
            break;
        state->lastWrite = state->clock.now();
        std::vector<JournalRow> rows = std::exchange(state->waiting, {});
        state->waitingBytes = 0;
        auto written = co_await state->store.append(state->messageId, state->nextSeq, rows);
        if (state->closed)
            break;
        if (written) {
            state->nextSeq += static_cast<std::int64_t>(rows.size());
            state->failure.reset();
        } else {
            state->failure = written.error();
            rows.insert(rows.end(), std::make_move_iterator(state->waiting.begin()),
                        std::make_move_iterator(state->waiting.end()));
            state->waiting = std::move(rows);
            state->waitingBytes = sizeOf(state->waiting);
            if (state->waitingBytes > kJournalBacklog)
                state->closed = true;
        }
        wakeWaiters(*state);
        if (!written)
            break; // the next append tries again
    }
    state->running = false;
    wakeWaiters(*state);
}

awaitable<Result<void>> JournalWriter::append(EventBatch batch) {
    auto state = m_state;
    while (state->running && state->waitingBytes > kJournalBacklog && !state->closed) {
        boost::system::error_code woken;
        co_await state->progress.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none)
            break; // what is here is kept all the same; the caller meets its cancellation next
    }
    if (state->closed)
        co_return state->failure ? Result<void>(*state->failure) : Result<void>();
    for (const ChatEvent& event : batch) {
        const std::size_t rows = state->waiting.size();
        const std::size_t tail = rows == 0 ? 0 : state->waiting.back().delta.size();
        appendToJournal(state->waiting, event);
        if (!state->waiting.empty())
            state->waitingBytes += state->waiting.back().delta.size() - (state->waiting.size() == rows ? tail : 0);
    }
    startLoop();
    co_return state->failure ? Result<void>(*state->failure) : Result<void>();
}

awaitable<Result<void>> JournalWriter::flush() {
    auto state = m_state;
    startLoop();
    while (state->running) {
        boost::system::error_code woken;
        co_await state->progress.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if ((co_await asio::this_coro::cancellation_state).cancelled() != asio::cancellation_type::none)
            co_return makeError(ErrorCode::Cancelled, "The journal was not waited for.", "It is written all the same.");
    }
    co_return state->failure ? Result<void>(*state->failure) : Result<void>();
}

void JournalWriter::close() {
    m_state->closed = true;
    m_state->waiting.clear();
    m_state->waitingBytes = 0;
}

} // namespace patchbay
