// Everything that is SQLite and not SQL: settings of the connection, what its error codes mean to a person, checks and
// backups of the file. A second database behind Qt Sql would bring its own file of this kind.
//
// The settings, and why:
//   auto_vacuum INCREMENTAL   emptied trash gives its space back in small steps (set when the file is created)
//   journal_mode WAL          readers never wait for a writer; a commit is one append
//   synchronous NORMAL        a commit survives the death of the process; a power cut may lose the last commits, never
//   the
//                             file (SQLite documentation, "Write-Ahead Logging", section 4)
//   foreign_keys ON           SQLite leaves them off by default
//   cell_size_check ON        a damaged page is noticed when it is read, not when it is believed
//   trusted_schema OFF        functions in a file that somebody prepared do not run
//   temp_store MEMORY         no temporary files with a user's text
//   cache_size 8 MiB          the idle program stays small
//   journal_size_limit 16 MiB the log shrinks again after a burst
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

class Connection;

/// Marks our files ("PBY" and a 1), so that another program's database is never migrated.
inline constexpr std::int64_t kApplicationId = 0x50425901;

/// `code` is SQLite's extended result code. Full disks (also where SQLite says only "I/O error" or "cannot open" while
/// no space is left) become StorageFull, damage becomes Corrupt with the newest backup named in the hint.
Error sqliteError(int code, std::string_view text, const std::string& path);
/// The damage as an error; the hint says where backups are and what to do.
Error corruptError(std::string_view what, const std::string& path);

/// Sets the list above.
Result<void> applySettings(Connection& connection);
/// `thorough` also compares indexes with their tables. An error (Corrupt) says the first thing that is wrong.
Result<void> checkIntegrity(Connection& connection, bool thorough);
/// Writes a consistent copy to `target`, replacing an older one only when the new one is complete.
Result<void> backUp(Connection& connection, const std::string& target);

/// path + ".backup-v" + version
std::string backupPath(const std::string& path, std::int64_t version);
/// The backup with the highest version beside the file; empty when there is none.
std::string newestBackup(const std::string& path);

// A marker beside the file says that it was closed in order, and how it looked then. Without it, or when the file is
// another one than that, it is checked before it is used.
bool wasClosedCleanly(const std::string& path);
void markClosedCleanly(const std::string& path);
void forgetClosedCleanly(const std::string& path);

} // namespace patchbay
