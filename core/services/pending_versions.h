// Versions of managed.toml that could not go into the database because another program has it or there is none yet. Each
// waits in a file of its own beside managed.toml until a program that has the database takes it.
#pragma once

#include <string>

#include "base/ids.h"
#include "storage/config_version_store.h"

namespace patchbay {

/// Writes the version beside `managedFile`.
Result<void> leavePendingVersion(const std::string& managedFile, const ConfigVersion& version, IdGenerator& ids);
/// Moves all that wait into the store, oldest first, and returns how many. What cannot be read stays and is an error.
awaitable<Result<int>> takePendingVersions(std::string managedFile, ConfigVersionStore& versions);

} // namespace patchbay
