#include "storage/data_lock.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "base/json.h"
#include "base/json_writer.h"
#include "storage/os_file_lock.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;

std::string lockPath(const std::string& directory) {
    return (fs::path(directory) / "patchbay.lock").string();
}

std::string toText(const DataLockHolder& holder) {
    return writeJson(json::object{{"pid", holder.pid},
                                  {"url", holder.url},
                                  {"token_file", holder.tokenFile},
                                  {"program", holder.program}}) +
           "\n";
}

DataLockHolder readHolder(const std::string& directory) {
    std::ifstream file(lockPath(directory), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    text.resize(std::min(text.find('\n'), text.size())); // behind the first line an old tail may stand for a moment
    DataLockHolder holder;
    if (const auto object = parseJsonObject(text)) {
        holder.pid = findInt(*object, "pid").value_or(0);
        holder.url = stringOr(*object, "url");
        holder.tokenFile = stringOr(*object, "token_file");
        holder.program = stringOr(*object, "program");
    }
    return holder;
}

Error heldBy(const std::string& directory, const DataLockHolder& holder) {
    std::string who = holder.program.empty() ? "Another process" : holder.program;
    if (holder.pid > 0)
        who += fmt::format(" (process {})", holder.pid);
    std::string message = fmt::format("{} already uses the data directory {}", who, directory);
    message += holder.url.empty() ? std::string(".") : fmt::format(" and listens at {}.", holder.url);
    return makeError(ErrorCode::Conflict, std::move(message),
                     holder.url.empty() ? "Stop it first, or choose another --data-dir."
                                        : "Use it through that address, stop it first, or choose another --data-dir.");
}

} // namespace

DataLock::DataLock(std::unique_ptr<OsFileLock> file, DataLockHolder self)
    : m_file(std::move(file)), m_self(std::move(self)) {
}

DataLock::~DataLock() = default;

Result<std::unique_ptr<DataLock>> DataLock::acquire(std::string directory, std::string program) {
    std::error_code failure;
    if (!fs::exists(directory, failure)) {
        fs::create_directories(directory, failure);
        if (failure)
            return makeError(ErrorCode::Storage,
                             fmt::format("The data directory {} could not be made: {}.", directory, failure.message()),
                             "Look at the permissions of its parent, or choose another --data-dir.");
        fs::permissions(directory, fs::perms::owner_all, failure);
    }
    auto file = OsFileLock::tryLock(lockPath(directory));
    if (!file) {
        if (file.error().code == ErrorCode::Conflict)
            return heldBy(directory, readHolder(directory));
        return file.error();
    }
    std::unique_ptr<DataLock> lock(
        new DataLock(std::move(*file), {.pid = currentProcessId(), .program = std::move(program)}));
    // A disk without room for one line is no reason not to start: the lock holds, only its holder stays unnamed.
    (void)lock->m_file->write(toText(lock->m_self));
    return lock;
}

std::optional<DataLockHolder> DataLock::holder(const std::string& directory) {
    std::error_code failure;
    if (!fs::exists(lockPath(directory), failure))
        return std::nullopt;
    auto probe = OsFileLock::tryLock(lockPath(directory));
    if (probe || probe.error().code != ErrorCode::Conflict)
        return std::nullopt;
    return readHolder(directory);
}

Result<void> DataLock::publish(std::string url, std::string tokenFile) {
    m_self.url = std::move(url);
    m_self.tokenFile = std::move(tokenFile);
    return m_file->write(toText(m_self));
}

} // namespace patchbay
