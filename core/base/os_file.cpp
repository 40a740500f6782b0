#include "base/os_file.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

#include "base/bytes.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace patchbay {
namespace {

namespace fs = std::filesystem;

fs::path toPath(std::string_view utf8) {
    return {std::u8string(utf8.begin(), utf8.end())};
}

std::string toUtf8(const fs::path& path) {
    const std::u8string text = path.u8string();
    return {text.begin(), text.end()};
}

Error fileError(std::string_view doing, const std::string& path, const std::error_code& reason) {
    const std::string message = std::string(doing) + " " + path + ": " + reason.message();
    if (reason == std::errc::no_such_file_or_directory || reason == std::errc::not_a_directory)
        return makeError(ErrorCode::NotFound, message, "Check the path.");
    if (reason == std::errc::permission_denied || reason == std::errc::operation_not_permitted ||
        reason == std::errc::read_only_file_system)
        return makeError(ErrorCode::Permission, message, "Check who owns the file and its folder.");
    if (reason == std::errc::no_space_on_device)
        return makeError(ErrorCode::StorageFull, message, "Free some space on this disk.");
    return makeError(ErrorCode::Storage, message, "Check the disk and the folder's permissions.");
}

Error notRegular(const std::string& path, std::string_view what) {
    return makeError(ErrorCode::Storage, "cannot read " + path + ": it is " + std::string(what) + ", not a regular file",
                     "Name a regular file; to use what a command prints, write it into one first.");
}

Error tooLarge(const std::string& path, std::size_t limit) {
    return makeError(ErrorCode::TooLarge, path + " is larger than " + std::to_string(limit) + " bytes",
                     "Check that it is the file that you mean.");
}

} // namespace

#ifdef _WIN32

Result<std::string> readFile(const std::string& path, std::size_t limit) {
    std::error_code reason;
    const fs::file_status status = fs::status(toPath(path), reason);
    if (!fs::exists(status))
        return fileError("cannot read", path, reason ? reason : make_error_code(std::errc::no_such_file_or_directory));
    if (fs::is_directory(status))
        return fileError("cannot read", path, make_error_code(std::errc::is_a_directory));
    if (!fs::is_regular_file(status))
        return notRegular(path, "a special file");
    errno = 0;
    std::ifstream stream(toPath(path), std::ios::binary);
    if (!stream)
        return fileError("cannot read", path, {errno == 0 ? EACCES : errno, std::generic_category()});
    std::string bytes;
    char buffer[16384];
    while (stream.read(buffer, sizeof buffer), stream.gcount() > 0) {
        bytes.append(buffer, static_cast<std::size_t>(stream.gcount()));
        if (bytes.size() > limit)
            return tooLarge(path, limit);
    }
    if (stream.bad())
        return fileError("cannot read", path, {errno == 0 ? EIO : errno, std::generic_category()});
    return bytes;
}

#else

namespace {

// An open file that is closed with its scope.
class OpenFile {
public:
    explicit OpenFile(int descriptor) : m_descriptor(descriptor) {}
    ~OpenFile() {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor;
};

// What stands in the way of reading; empty for a regular file, and for /dev/null, by which people mean an empty one.
std::string_view specialKind(const struct stat& info) {
    switch (info.st_mode & S_IFMT) {
    case S_IFREG: return {};
    case S_IFIFO: return "a FIFO";
    case S_IFSOCK: return "a socket";
    case S_IFCHR: {
        struct stat null{};
        return ::stat("/dev/null", &null) == 0 && null.st_rdev == info.st_rdev ? "" : "a device";
    }
    default: return "a device";
    }
}

} // namespace

Result<std::string> readFile(const std::string& path, std::size_t limit) {
    const auto failed = [&path] { return fileError("cannot read", path, {errno, std::generic_category()}); };
    // Looked at before it is opened, since opening alone wakes some devices; and again after, since it may have changed.
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0)
        return failed();
    if (!S_ISDIR(info.st_mode) && !specialKind(info).empty())
        return notRegular(path, specialKind(info));
    // Non-blocking: a FIFO that nobody writes to would hold the open for ever.
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (file.descriptor() < 0 || ::fstat(file.descriptor(), &info) != 0)
        return failed();
    if (S_ISDIR(info.st_mode))
        return fileError("cannot read", path, make_error_code(std::errc::is_a_directory));
    if (const std::string_view special = specialKind(info); !special.empty())
        return notRegular(path, special);
    std::string bytes;
    char buffer[16384];
    for (;;) {
        const ssize_t count = ::read(file.descriptor(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return failed();
        if (count == 0)
            return bytes;
        bytes.append(buffer, static_cast<std::size_t>(count));
        if (bytes.size() > limit)
            return tooLarge(path, limit);
    }
}

#endif

#ifdef _WIN32

namespace {

std::error_code lastError() {
    return {static_cast<int>(GetLastError()), std::system_category()};
}

std::error_code replaceFile(const fs::path& target, const fs::path& temporary, std::string_view bytes, FileMode) {
    const HANDLE file =
        CreateFileW(temporary.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return lastError();
    std::error_code reason;
    while (!bytes.empty() && !reason) {
        DWORD written = 0;
        const DWORD wanted = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1U << 20U));
        if (!WriteFile(file, bytes.data(), wanted, &written, nullptr))
            reason = lastError();
        else
            bytes.remove_prefix(written);
    }
    if (!reason && !FlushFileBuffers(file))
        reason = lastError();
    CloseHandle(file);
    if (!reason && !MoveFileExW(temporary.c_str(), target.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
        reason = lastError();
    return reason;
}

} // namespace

std::optional<FileStamp> fileStamp(const std::string& path) {
    const HANDLE file = CreateFileW(toPath(path).c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                    nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (file == INVALID_HANDLE_VALUE)
        return std::nullopt;
    BY_HANDLE_FILE_INFORMATION info{};
    const bool known = GetFileInformationByHandle(file, &info) != 0;
    CloseHandle(file);
    if (!known)
        return std::nullopt;
    const auto wide = [](DWORD high, DWORD low) { return static_cast<std::uint64_t>(high) << 32U | low; };
    return FileStamp{
        info.dwVolumeSerialNumber, wide(info.nFileIndexHigh, info.nFileIndexLow),
        static_cast<std::int64_t>(wide(info.ftLastWriteTime.dwHighDateTime, info.ftLastWriteTime.dwLowDateTime)) * 100,
        static_cast<std::int64_t>(wide(info.nFileSizeHigh, info.nFileSizeLow))};
}

FileReaders fileReaders(const std::string&) {
    return FileReaders::OwnerOnly;
}

#else

namespace {

std::error_code lastError() {
    return {errno, std::generic_category()};
}

std::error_code writeAndSync(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return lastError();
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0 ? std::error_code() : lastError();
}

std::error_code replaceFile(const fs::path& target, const fs::path& temporary, std::string_view bytes, FileMode mode) {
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return lastError();
    std::error_code reason = writeAndSync(file, bytes);
    if (!reason && mode == FileMode::Shared && ::fchmod(file, 0644) != 0)
        reason = lastError();
    ::close(file);
    if (!reason && ::rename(temporary.c_str(), target.c_str()) != 0)
        reason = lastError();
    if (reason)
        return reason;
    // The new name itself must reach the disk; a file system that cannot sync folders has nothing to sync.
    const int folder = ::open(target.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
    return {};
}

} // namespace

std::optional<FileStamp> fileStamp(const std::string& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0)
        return std::nullopt;
#ifdef __APPLE__
    const timespec modified = info.st_mtimespec;
#else
    const timespec modified = info.st_mtim;
#endif
    return FileStamp{static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino),
                     static_cast<std::int64_t>(modified.tv_sec) * 1'000'000'000 + modified.tv_nsec,
                     static_cast<std::int64_t>(info.st_size)};
}

FileReaders fileReaders(const std::string& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0)
        return FileReaders::OwnerOnly;
    if ((info.st_mode & S_IROTH) != 0)
        return FileReaders::Everyone;
    return (info.st_mode & S_IRGRP) != 0 ? FileReaders::Group : FileReaders::OwnerOnly;
}

#endif

Result<void> writeFileAtomically(const std::string& path, std::string_view bytes, FileMode mode) {
    std::error_code reason;
    fs::path target = fs::absolute(toPath(path), reason);
    if (fs::is_symlink(target, reason)) {
        const fs::path real = fs::weakly_canonical(target, reason);
        if (!reason)
            target = real;
    }
    const fs::path folder = target.parent_path();
    if (!fs::exists(folder, reason)) {
        fs::create_directories(folder, reason);
        if (reason)
            return fileError("cannot make the folder of", path, reason);
        if (mode == FileMode::Private)
            fs::permissions(folder, fs::perms::owner_all, reason);
    }
    fs::path temporary = target;
    temporary += toPath("." + randomAlphanumeric(8) + ".tmp");
    reason = replaceFile(target, temporary, bytes, mode);
    if (!reason)
        return {};
    std::error_code ignored;
    fs::remove(temporary, ignored);
    return fileError("cannot write", path, reason);
}

std::string parentPath(const std::string& path) {
    const fs::path parent = toPath(path).parent_path();
    return parent.empty() ? "." : toUtf8(parent);
}

std::string joinPath(const std::string& base, const std::string& relative) {
    return toUtf8(toPath(base) / toPath(relative));
}

} // namespace patchbay
