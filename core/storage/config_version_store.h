// Every version of managed.toml, with who wrote it and when, so that a change can be looked at and taken back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/async.h"
#include "base/error.h"

namespace patchbay {

class Database;

struct ConfigVersion {
    std::int64_t version = 0;   ///< 1, 2, 3 …; given by the store
    std::int64_t createdAt = 0; ///< Unix milliseconds
    std::string author;         ///< "admin", "desktop", a user's name
    std::string note;           ///< what was changed; may be empty
    std::string content;        ///< the whole file
    bool operator==(const ConfigVersion&) const = default;
};

class ConfigVersionStore {
public:
    explicit ConfigVersionStore(Database& database) : m_database(database) {}

    /// Adds a version (its number is given here) and returns the number.
    awaitable<Result<std::int64_t>> add(ConfigVersion version);
    /// NotFound when there is none.
    awaitable<Result<ConfigVersion>> get(std::int64_t version);
    /// NotFound as long as there is none at all.
    awaitable<Result<ConfigVersion>> latest();
    /// Newest first, without content. `before` is a version number; 0 = from the newest.
    awaitable<Result<std::vector<ConfigVersion>>> list(int limit = 50, std::int64_t before = 0);

private:
    Database& m_database;
};

} // namespace patchbay
