// Small remembered values of the program: window places, the last model, a first-run answer. No secrets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/async.h"
#include "base/error.h"
#include "base/json.h"

namespace patchbay {

class Database;

class SettingsStore {
public:
    explicit SettingsStore(Database& database) : m_database(database) {}

    /// nullopt when the key was never set.
    awaitable<Result<std::optional<json::value>>> get(std::string key);
    awaitable<Result<void>> set(std::string key, json::value value, std::int64_t now);
    awaitable<Result<void>> remove(std::string key);
    /// All of them, sorted by key.
    awaitable<Result<json::object>> all();

private:
    Database& m_database;
};

} // namespace patchbay
