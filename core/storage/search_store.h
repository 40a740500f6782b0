// Full-text search over messages and titles, newest first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/error.h"
#include "storage/search_text.h"

namespace patchbay {

class Database;

struct SearchHit {
    std::string conversationId;
    std::string title;
    std::string messageId; ///< empty = the title itself was found
    std::string role;      ///< of the message; empty for a title
    std::int64_t createdAt = 0;
    std::string snippet; ///< a piece of the original text, on one line
    TextRange hit;       ///< bytes of the snippet that were found
};

struct SearchPage {
    std::vector<SearchHit> hits;
    std::int64_t total = 0; ///< at most kSearchCountCap
    bool more = false;      ///< there are more than total
    std::string nextCursor; ///< empty = the last page
    /// "0" to "1000", or "1000+".
    std::string totalText() const;
};

inline constexpr std::int64_t kSearchCountCap = 1000;

class SearchStore {
public:
    explicit SearchStore(Database& database) : m_database(database) {}

    /// `text` is what the user typed (search_text.h). A query without any letter, digit or symbol finds nothing. What
    /// is in the trash is not found. `limit` is 1 to 100.
    awaitable<Result<SearchPage>> search(std::string text, int limit = 20, std::string cursor = {});

private:
    Database& m_database;
};

} // namespace patchbay
