// The few things that files need of the operating system: whole reads with a limit, replacement that a crash cannot
// tear, private permissions, and whether a file changed. Paths are UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace patchbay {

/// Reads a whole file. Errors: NotFound; Permission; TooLarge; Storage. The message names the path.
Result<std::string> readFile(const std::string& path, std::size_t limit = 16U << 20U);

enum class FileMode { Private, Shared }; ///< 0600 and 0644

/// Writes a temporary file beside `path`, syncs it, and renames it over: a reader, or a machine that loses its power,
/// sees the old bytes or the new ones. Makes missing folders (0700 with Private). A symbolic link keeps its place.
/// Errors: Permission, StorageFull, Storage.
Result<void> writeFileAtomically(const std::string& path, std::string_view bytes, FileMode mode);

/// Changes whenever the file is replaced or written.
struct FileStamp {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t modifiedNanoseconds = 0;
    std::int64_t size = 0;
    bool operator==(const FileStamp&) const = default;
};
/// nullopt where there is no file.
std::optional<FileStamp> fileStamp(const std::string& path);

/// Which others may read a file. On Windows nobody is reported: rights come from the user's profile folder there.
enum class FileReaders { OwnerOnly, Group, Everyone };
FileReaders fileReaders(const std::string& path);

/// The folder of a path; "." for a bare name.
std::string parentPath(const std::string& path);
/// `relative` below `base`, or `relative` itself where it is absolute.
std::string joinPath(const std::string& base, const std::string& relative);

} // namespace patchbay
