// Writes one streaming reply to the journal in batches. The first event goes out at once, the following ones at the
// latest 50 ms later, so a kill -9 loses less than 100 ms of text, and a fast stream costs twenty small writes a
// second.
#pragma once

#include <memory>
#include <string>

#include "base/async.h"
#include "base/clock.h"
#include "base/error.h"
#include "chat/chat_event.h"

namespace patchbay {

class Database;

inline constexpr Milliseconds kJournalInterval{50};
/// So much text may wait for a slow disk before append waits too.
inline constexpr std::size_t kJournalBacklog = 256 * 1024;

class JournalWriter {
public:
    /// Writes to the journal of a message that exists and streams. Runs on `executor`, like its caller.
    JournalWriter(Database& database, Clock& clock, asio::any_io_executor executor, std::string messageId);
    ~JournalWriter();
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;

    /// Takes the events. Suspends only while the backlog is full. An error (a full disk, say) tells that the journal
    /// has fallen behind; what could not be written is tried again until the backlog is full, then the journal ends.
    /// The reply itself may well go on: when it is finished it is written as a whole.
    awaitable<Result<void>> append(EventBatch batch);
    /// Waits until everything taken so far is in the file.
    awaitable<Result<void>> flush();
    /// Forgets what is not written yet; for when the whole message is about to be stored, which removes the journal.
    void close();

private:
    struct State;
    static awaitable<void> writeLoop(std::shared_ptr<State> state);
    static void wakeWaiters(State& state);
    void startLoop();
    std::shared_ptr<State> m_state;
};

} // namespace patchbay
