#include "services/pending_versions.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/os_file.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = ".pending-";
constexpr std::string_view kEnding = ".json";

// In the order in which they were left: the ids in the names grow with time.
std::vector<std::string> pendingFiles(const std::string& managedFile) {
    const fs::path managed(managedFile);
    const std::string prefix = managed.filename().string() + std::string(kMark);
    std::vector<std::string> files;
    std::error_code none; // no folder: nothing waits
    for (const fs::directory_entry& entry : fs::directory_iterator(managed.parent_path(), none)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(kEnding))
            files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<ConfigVersion> readPending(const std::string& file) {
    auto text = readFile(file);
    if (!text)
        return text.error();
    const auto object = parseJsonObject(*text);
    if (!object)
        return makeError(ErrorCode::Corrupt, file + " is no version of the settings", "Delete it, or mend it by hand.");
    return ConfigVersion{.createdAt = findInt(*object, "created_at").value_or(0),
                         .author = std::string(stringOr(*object, "author")),
                         .note = std::string(stringOr(*object, "note")),
                         .content = std::string(stringOr(*object, "content"))};
}

} // namespace

Result<void> leavePendingVersion(const std::string& managedFile, const ConfigVersion& version, IdGenerator& ids) {
    const json::object object{{"created_at", version.createdAt},
                              {"author", version.author},
                              {"note", version.note},
                              {"content", version.content}};
    const std::string file = managedFile + std::string(kMark) + ids.next() + std::string(kEnding);
    return writeFileAtomically(file, writeJson(object), FileMode::Private);
}

awaitable<Result<int>> takePendingVersions(std::string managedFile, ConfigVersionStore& versions) {
    int taken = 0;
    for (const std::string& file : pendingFiles(managedFile)) {
        auto version = readPending(file);
        if (!version)
            co_return version.error();
        if (auto added = co_await versions.add(std::move(*version)); !added)
            co_return added.error();
        std::error_code failure;
        fs::remove(file, failure);
        if (failure)
            co_return makeError(ErrorCode::Permission, file + " cannot be removed: " + failure.message(),
                                "Remove it by hand, or its version is kept again at every start.");
        ++taken;
    }
    co_return taken;
}

} // namespace patchbay
