// The journal: the events of replies that stream at this moment, so that a program that is killed leaves what it had.
// A row is a run of deltas of one kind; folding a message's rows gives the reply so far.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/error.h"
#include "chat/chat_event.h"

namespace patchbay {

class Connection;
class Database;

struct JournalRow {
    std::string kind; ///< "text", "reasoning", "refusal", "tool_delta": delta is plain text; else JSON
    int part = 0;     ///< reasoning block or tool call index
    std::string delta;
    bool operator==(const JournalRow&) const = default;
};

/// Adds an event to rows, joining it to the last row where it continues that. History keeps the first choice only;
/// events of others, and ReplyStarted, are left out.
void appendToJournal(std::vector<JournalRow>& rows, const ChatEvent& event);
/// The events again (joined deltas stay joined). Rows of an unknown kind are skipped.
EventBatch eventsOfJournal(const std::vector<JournalRow>& rows);

class JournalStore {
public:
    explicit JournalStore(Database& database) : m_database(database) {}

    /// `firstSeq` numbers the first row; rows of one message are written in order.
    awaitable<Result<void>> append(std::string messageId, std::int64_t firstSeq, std::vector<JournalRow> rows);
    /// Makes every message that is still marked as streaming an interrupted one, with the text of its journal. For the
    /// start of the program, before any reply begins. The number of messages.
    awaitable<Result<int>> recover();

private:
    Database& m_database;
};

} // namespace patchbay
