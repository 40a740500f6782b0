// One program writes to a data directory. The first one holds this lock and leaves in the lock file where its API
// listens; a second one reads that and talks to the first, or says who is in the way.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/error.h"

namespace patchbay {

class OsFileLock;

/// Who holds a data directory.
struct DataLockHolder {
    std::int64_t pid = 0;  ///< 0 = not known (it has the lock but has not written its name yet)
    std::string url;       ///< its loopback API, "http://127.0.0.1:8484"; empty as long as it does not listen
    std::string tokenFile; ///< file with the admin token for that API; may be empty
    std::string program;   ///< "patchbay" or "patchbay-desktop"; may be empty
    bool operator==(const DataLockHolder&) const = default;
};

class DataLock {
public:
    /// Makes the directory if need be (for the owner only) and takes the lock. Conflict when another process has it;
    /// the message names its pid and URL. What a dead process left is taken over.
    static Result<std::unique_ptr<DataLock>> acquire(std::string directory, std::string program);
    /// Who holds the directory now; nullopt when nobody does.
    static std::optional<DataLockHolder> holder(const std::string& directory);
    ~DataLock();

    /// Tells other programs where the API is, once it listens.
    Result<void> publish(std::string url, std::string tokenFile = {});

private:
    DataLock(std::unique_ptr<OsFileLock> file, DataLockHolder self);
    std::unique_ptr<OsFileLock> m_file;
    DataLockHolder m_self;
};

} // namespace patchbay
