#include "storage/settings_store.h"

#include "base/json_writer.h"
#include "storage/database.h"

namespace patchbay {

awaitable<Result<std::optional<json::value>>> SettingsStore::get(std::string key) {
    return m_database.run([key = std::move(key)](Connection& connection) -> Result<std::optional<json::value>> {
        auto found = connection.first("SELECT value FROM settings WHERE key = ?", {key},
                                      [](const SqlRow& row) { return row.text(0); });
        if (!found)
            return found.error();
        if (!*found)
            return std::optional<json::value>();
        auto value = parseJson(**found);
        if (!value)
            return value.error();
        return std::optional(std::move(*value));
    });
}

awaitable<Result<void>> SettingsStore::set(std::string key, json::value value, std::int64_t now) {
    return m_database.run([key = std::move(key), text = writeJson(value), now](Connection& connection) {
        return connection.run(
            "INSERT INTO settings (key, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET value = excluded.value, updated_at = excluded.updated_at",
            {key, text, now});
    });
}

awaitable<Result<void>> SettingsStore::remove(std::string key) {
    return m_database.run([key = std::move(key)](Connection& connection) {
        return connection.run("DELETE FROM settings WHERE key = ?", {key});
    });
}

awaitable<Result<json::object>> SettingsStore::all() {
    return m_database.run([](Connection& connection) -> Result<json::object> {
        json::object settings;
        auto listed = connection.each("SELECT key, value FROM settings ORDER BY key", {},
                                      [&settings](const SqlRow& row) -> Result<void> {
                                          auto value = parseJson(row.text(1));
                                          if (!value)
                                              return value.error();
                                          settings[row.text(0)] = std::move(*value);
                                          return {};
                                      });
        if (!listed)
            return listed.error();
        return settings;
    });
}

} // namespace patchbay
