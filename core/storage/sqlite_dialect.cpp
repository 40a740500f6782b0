#include "storage/sqlite_dialect.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "storage/connection.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;

// Primary result codes, https://sqlite.org/rescode.html
constexpr int kPermission = 3, kBusy = 5, kLocked = 6, kReadOnly = 8, kIoError = 10, kCorrupt = 11, kFull = 13,
              kCannotOpen = 14, kTooBig = 18, kConstraint = 19, kNotADatabase = 26;

constexpr std::uintmax_t kAlmostNoSpace = 256 * 1024;

bool diskIsFull(const std::string& path) {
    std::error_code failure;
    const fs::path directory = fs::path(path).parent_path();
    const fs::space_info space = fs::space(directory.empty() ? fs::path(".") : directory, failure);
    return !failure && space.available < kAlmostNoSpace;
}

Error fullError(const std::string& path) {
    return makeError(ErrorCode::StorageFull, fmt::format("The disk is full: {} could not be written.", path),
                     "Free some space on this disk and try again. What was saved before is unharmed.");
}

std::string markerPath(const std::string& path) {
    return path + ".clean";
}

/// Size and time of change; empty when the file cannot be read.
std::string fingerprint(const std::string& path) {
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    if (failure)
        return {};
    const auto changed = fs::last_write_time(path, failure);
    if (failure)
        return {};
    return fmt::format("{} {}", size, static_cast<std::int64_t>(changed.time_since_epoch().count()));
}

} // namespace

std::string backupPath(const std::string& path, std::int64_t version) {
    return fmt::format("{}.backup-v{}", path, version);
}

std::string newestBackup(const std::string& path) {
    const fs::path file(path);
    const std::string prefix = file.filename().string() + ".backup-v";
    std::int64_t newest = -1;
    std::error_code failure;
    for (fs::directory_iterator it(file.parent_path(), failure), end; !failure && it != end; it.increment(failure)) {
        const std::string name = it->path().filename().string();
        if (!name.starts_with(prefix))
            continue;
        std::int64_t version = -1;
        const char* last = name.data() + name.size();
        if (std::from_chars(name.data() + prefix.size(), last, version).ptr == last)
            newest = std::max(newest, version);
    }
    return newest < 0 ? std::string() : backupPath(path, newest);
}

Error corruptError(std::string_view what, const std::string& path) {
    const std::string backup = newestBackup(path);
    std::string hint =
        "Nothing was changed or removed. Stop Patchbay, move the file and its -wal and -shm files to a safe "
        "place, ";
    if (backup.empty())
        hint += "and start again with an empty history; ";
    else
        hint += fmt::format("copy the backup {} to its place and start again; ", backup);
    hint += fmt::format("\"sqlite3 {} .recover\" reads what is still readable.", path);
    return makeError(ErrorCode::Corrupt, fmt::format("The database {} is damaged: {}.", path, what), std::move(hint));
}

Error sqliteError(int code, std::string_view text, const std::string& path) {
    switch (code & 0xFF) {
    case kFull:
        return fullError(path);
    case kCorrupt:
    case kNotADatabase:
        return corruptError(text, path);
    case kIoError:
        if (diskIsFull(path))
            return fullError(path);
        return makeError(ErrorCode::Storage,
                         fmt::format("Reading or writing {} failed: {} (SQLite {}).", path, text, code),
                         "Look at the health of the disk and at the system's log.");
    case kPermission:
    case kReadOnly:
    case kCannotOpen:
        if (diskIsFull(path))
            return fullError(path);
        return makeError(
            ErrorCode::Storage, fmt::format("{} cannot be opened for writing: {}.", path, text),
            "Look at owner and permissions of the file and of its directory, or choose another --data-dir.");
    case kBusy:
    case kLocked: {
        Error error = makeError(ErrorCode::Storage, fmt::format("{} is locked by another program.", path),
                                "Close the program that has the file open (a backup or a database browser).");
        error.retryable = true;
        return error;
    }
    case kTooBig:
        return makeError(ErrorCode::TooLarge, "The text is too large to be stored.", "Send a shorter one.");
    case kConstraint:
        return makeError(ErrorCode::Conflict, fmt::format("The change contradicts what is stored: {}.", text),
                         "Load the conversation again and repeat the change.");
    default:
        return makeError(ErrorCode::Storage, fmt::format("The database {} failed: {} (SQLite {}).", path, text, code),
                         text.find("fts5") != std::string_view::npos
                             ? "This build of SQLite lacks full-text search (FTS5); install one that has it."
                             : "Try again; if it stays, report it with this message.");
    }
}

Result<void> applySettings(Connection& connection) {
    constexpr std::array kSettings = {
        "PRAGMA auto_vacuum=INCREMENTAL", "PRAGMA journal_mode=WAL",   "PRAGMA synchronous=NORMAL",
        "PRAGMA foreign_keys=ON",         "PRAGMA cell_size_check=ON", "PRAGMA trusted_schema=OFF",
        "PRAGMA temp_store=MEMORY",       "PRAGMA cache_size=-8192",   "PRAGMA journal_size_limit=16777216",
    };
    for (const char* setting : kSettings)
        if (auto set = connection.run(setting); !set)
            return set;
    return {};
}

Result<void> checkIntegrity(Connection& connection, bool thorough) {
    auto verdict = connection.text(thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
    if (!verdict)
        return verdict.error();
    if (*verdict != "ok")
        return corruptError(*verdict, connection.path());
    return {};
}

Result<void> backUp(Connection& connection, const std::string& target) {
    const std::string partial = target + ".partial";
    std::error_code failure;
    fs::remove(partial, failure);
    if (auto copied = connection.run("VACUUM INTO ?", {partial}); !copied) {
        fs::remove(partial, failure);
        return copied;
    }
    fs::permissions(partial, fs::perms::owner_read | fs::perms::owner_write, failure);
    fs::rename(partial, target, failure);
    if (failure)
        return makeError(ErrorCode::Storage,
                         fmt::format("The backup {} could not be written: {}.", target, failure.message()),
                         "Look at the permissions of the data directory.");
    return {};
}

bool wasClosedCleanly(const std::string& path) {
    std::error_code failure;
    if (const auto size = fs::file_size(path + "-wal", failure); !failure && size > 0)
        return false;
    std::ifstream marker(markerPath(path));
    std::string line;
    return std::getline(marker, line) && !line.empty() && line == fingerprint(path);
}

void markClosedCleanly(const std::string& path) {
    // If this cannot be written, the next start checks the file once more than needed.
    std::ofstream(markerPath(path), std::ios::trunc) << fingerprint(path) << '\n';
}

void forgetClosedCleanly(const std::string& path) {
    std::error_code failure;
    fs::remove(markerPath(path), failure);
}

} // namespace patchbay
