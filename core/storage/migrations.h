// The schema and its history. Each migration brings the file from one version to the next in one transaction; SQLite's
// user_version says where a file stands. A published migration is never changed, only followed by another.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"

namespace patchbay {

class Connection;

struct Migration {
    std::int64_t version = 0;            ///< the version that the file has afterwards; 1, 2, 3 …
    std::vector<std::string> statements; ///< one SQL statement each
};

/// All migrations of this program, in order.
const std::vector<Migration>& schemaMigrations();

struct MigrationReport {
    std::int64_t fromVersion = 0; ///< 0 = the file was new
    std::int64_t toVersion = 0;
    std::string backup; ///< where the copy of the file before the migration is; empty when none was made
};

/// Brings the file up to date. A file that already held data is checked and copied first. Refuses a file of another
/// program and one of a newer Patchbay, without having written to it.
Result<MigrationReport> migrate(Connection& connection, const std::vector<Migration>& migrations);
/// The refusals alone; reads only.
Result<void> checkIsOurs(Connection& connection, const std::vector<Migration>& migrations);

} // namespace patchbay
