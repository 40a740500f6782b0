// The one call to the operating system of this room: an exclusive lock on an open file. The kernel drops it when the
// process dies, however it dies, so there is no stale lock to be guessed about (a pid says little: inside a container
// the next process has the same one).
#pragma once

#include <memory>
#include <string>

#include "base/error.h"

namespace patchbay {

class OsFileLock {
public:
    /// Opens (and creates, for the owner only) the file and locks it. Conflict when another process has it.
    static Result<std::unique_ptr<OsFileLock>> tryLock(const std::string& path);
    /// Unlocks; the file stays, because removing it would race with the next program that opens it.
    ~OsFileLock();
    OsFileLock(const OsFileLock&) = delete;
    OsFileLock& operator=(const OsFileLock&) = delete;

    /// Replaces the file's text, which others may read while the lock is held.
    Result<void> write(const std::string& text);

private:
    OsFileLock() = default;
    std::string m_path;
#ifdef _WIN32
    void* m_file = nullptr; // HANDLE
#else
    int m_file = -1;
#endif
};

std::int64_t currentProcessId();

} // namespace patchbay
