#include "storage/os_file_lock.h"

#include <fmt/format.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

namespace patchbay {
namespace {

Error cannot(const std::string& path, const std::string& reason) {
    return makeError(ErrorCode::Storage, fmt::format("The lock file {} cannot be used: {}.", path, reason),
                     "Look at owner and permissions of the data directory, or choose another --data-dir.");
}

Error alreadyLocked(const std::string& path) {
    return makeError(ErrorCode::Conflict, fmt::format("{} is locked by another process.", path),
                     "Stop the other process or choose another --data-dir.");
}

} // namespace

#ifdef _WIN32

namespace {

// Windows locks keep others from reading the locked bytes, so the lock lies far behind the text.
OVERLAPPED lockedRange() {
    OVERLAPPED range{};
    range.OffsetHigh = 0x40000000;
    return range;
}

std::string lastReason() {
    return fmt::format("Windows error {}", GetLastError());
}

} // namespace

Result<std::unique_ptr<OsFileLock>> OsFileLock::tryLock(const std::string& path) {
    const int length = MultiByteToWideChar(CP_UTF8, 0, path.c_str(), -1, nullptr, 0);
    std::wstring wide(static_cast<std::size_t>(length), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, path.c_str(), -1, wide.data(), length);
    HANDLE file = CreateFileW(wide.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                              OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return cannot(path, lastReason());
    OVERLAPPED range = lockedRange();
    if (!LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &range)) {
        const DWORD code = GetLastError();
        CloseHandle(file);
        if (code == ERROR_LOCK_VIOLATION || code == ERROR_IO_PENDING)
            return alreadyLocked(path);
        return cannot(path, fmt::format("Windows error {}", code));
    }
    std::unique_ptr<OsFileLock> lock(new OsFileLock);
    lock->m_path = path;
    lock->m_file = file;
    return lock;
}

OsFileLock::~OsFileLock() {
    if (!m_file)
        return;
    (void)write("");
    OVERLAPPED range = lockedRange();
    UnlockFileEx(m_file, 0, 1, 0, &range);
    CloseHandle(m_file);
}

Result<void> OsFileLock::write(const std::string& text) {
    DWORD written = 0;
    if (SetFilePointer(m_file, 0, nullptr, FILE_BEGIN) == INVALID_SET_FILE_POINTER ||
        !WriteFile(m_file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr) || !SetEndOfFile(m_file))
        return cannot(m_path, lastReason());
    return {};
}

std::int64_t currentProcessId() {
    return static_cast<std::int64_t>(GetCurrentProcessId());
}

#else

Result<std::unique_ptr<OsFileLock>> OsFileLock::tryLock(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return cannot(path, std::strerror(errno));
    int locked = 0;
    do
        locked = ::flock(file, LOCK_EX | LOCK_NB);
    while (locked != 0 && errno == EINTR);
    if (locked != 0) {
        const int code = errno;
        ::close(file);
        if (code == EWOULDBLOCK)
            return alreadyLocked(path);
        return cannot(path, std::strerror(code));
    }
    std::unique_ptr<OsFileLock> lock(new OsFileLock);
    lock->m_path = path;
    lock->m_file = file;
    return lock;
}

OsFileLock::~OsFileLock() {
    if (m_file < 0)
        return;
    (void)write("");
    ::close(m_file); // unlocks
}

Result<void> OsFileLock::write(const std::string& text) {
    // Text first, then the cut: a reader in between sees the new text and perhaps an old tail, never nothing.
    const auto written = ::pwrite(m_file, text.data(), text.size(), 0);
    if (written != static_cast<ssize_t>(text.size()) || ::ftruncate(m_file, static_cast<off_t>(text.size())) != 0)
        return cannot(m_path, std::strerror(errno));
    return {};
}

std::int64_t currentProcessId() {
    return ::getpid();
}

#endif

} // namespace patchbay
