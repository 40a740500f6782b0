// Stored replies of the OpenAI Responses surface, so that previous_response_id can go on from one. They expire.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/error.h"
#include "chat/content.h"

namespace patchbay {

class Database;

/// How long a response is kept, as OpenAI keeps them.
inline constexpr std::int64_t kResponseLifetimeMs = std::int64_t{30} * 24 * 60 * 60 * 1000;

struct StoredResponse {
    std::string id;              ///< "resp_…"
    std::string previousId;      ///< the response it continued; may be empty
    std::string model;           ///< as the client named it
    std::int64_t createdAt = 0;  ///< Unix milliseconds
    std::vector<Message> input;  ///< what the model was sent, earlier turns included
    std::vector<Message> output; ///< what it answered
    std::string body;            ///< the response object as JSON, as the client got it; may be empty
    bool operator==(const StoredResponse&) const = default;
};

class ResponseStore {
public:
    explicit ResponseStore(Database& database) : m_database(database) {}

    /// Replaces one of the same id.
    awaitable<Result<void>> put(StoredResponse response);
    /// NotFound when there is none, or when it has expired at `now`.
    awaitable<Result<StoredResponse>> get(std::string id, std::int64_t now);
    /// NotFound when there was none.
    awaitable<Result<void>> remove(std::string id);
    /// Removes what has expired; the number of responses.
    awaitable<Result<int>> purgeExpired(std::int64_t now);

private:
    Database& m_database;
};

} // namespace patchbay
