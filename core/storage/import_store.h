// Puts conversations from elsewhere beside our own. Their ids are derived from the source's (imported_chat.h), so the
// same conversation is recognised when it comes again.
#pragma once

#include <vector>

#include "base/async.h"
#include "base/error.h"
#include "storage/records.h"

namespace patchbay {

class Database;

struct ImportedAs {
    enum class Outcome : std::uint8_t {
        Created,
        Extended,  ///< it was there; messages that were not have been added
        Unchanged, ///< it was there with all messages
        InTrash,   ///< it was deleted here; left alone
    };
    Outcome outcome = Outcome::Created;
    int messages = 0; ///< that are new here
};

class ImportStore {
public:
    explicit ImportStore(Database& database) : m_database(database) {}

    /// Stores what is not there yet, in one transaction. Parents stand before their children. What a person changed
    /// here since the last time (title, folder, active branch, own messages) stays; the active leaf follows the source
    /// only where nobody went on from the old one.
    awaitable<Result<ImportedAs>> put(Conversation conversation, std::vector<MessageRecord> messages);

private:
    Database& m_database;
};

} // namespace patchbay
