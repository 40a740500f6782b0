// Takes over the conversations of ChatGPT's and Claude's data exports, with all branches. Each conversation is stored
// in one transaction; reading the same export again, or a newer one, adds only what is new. What a person did here
// since then stays.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "base/async.h"
#include "services/import_reader.h"
#include "storage/import_store.h"

namespace patchbay {

struct ImportSummary {
    ImportSource source = ImportSource::Unknown;
    int created = 0;   ///< conversations
    int extended = 0;  ///< conversations that were there and got new messages
    int unchanged = 0; ///< conversations that were there
    int inTrash = 0;   ///< conversations that were deleted here; they stay deleted
    int messages = 0;  ///< new ones
    int skipped = 0;
    std::vector<ImportSkip> skips; ///< the first kMostSkips of them
    bool cancelled = false;
    std::optional<Error> error; ///< why it stopped before the end; what was taken over until then stays

    static constexpr std::size_t kMostSkips = 200;
    int conversations() const { return created + extended + unchanged + inTrash; }
};

struct ImportProgress {
    std::uint64_t bytesRead = 0;
    std::uint64_t bytesTotal = 0;
    int conversations = 0; ///< looked at so far
};

class ChatImport {
public:
    /// Files are read and taken apart on `workers`.
    ChatImport(Database& database, asio::thread_pool& workers) : m_store(database), m_workers(workers) {}

    /// Reports after each conversation. Ends early when it is cancelled, without an exception: the summary says so. An
    /// error where the file cannot be opened or holds no conversation of a known kind.
    awaitable<Result<ImportSummary>> importFile(std::string path,
                                                std::function<void(const ImportProgress&)> report = {});

private:
    ImportStore m_store;
    asio::thread_pool& m_workers;
};

} // namespace patchbay
