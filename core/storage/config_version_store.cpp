#include "storage/config_version_store.h"

#include <limits>

#include "storage/database.h"

namespace patchbay {
namespace {

ConfigVersion fromRow(const SqlRow& row) {
    return {.version = row.integer(0),
            .createdAt = row.integer(1),
            .author = row.text(2),
            .note = row.text(3),
            .content = row.text(4)};
}

Result<ConfigVersion> one(Connection& connection, std::string_view sql, SqlValues values) {
    auto found = connection.first(sql, std::move(values), fromRow);
    if (!found)
        return found.error();
    if (!*found)
        return makeError(ErrorCode::NotFound, "There is no such version of the managed configuration.",
                         "List the versions to see which there are.");
    return std::move(**found);
}

} // namespace

awaitable<Result<std::int64_t>> ConfigVersionStore::add(ConfigVersion version) {
    return m_database.run([v = std::move(version)](Connection& connection) -> Result<std::int64_t> {
        return connection.transaction([&]() -> Result<std::int64_t> {
            auto added =
                connection.run("INSERT INTO config_versions (created_at, author, note, content) VALUES (?, ?, ?, ?)",
                               {v.createdAt, v.author, v.note, v.content});
            if (!added)
                return added.error();
            return connection.integer("SELECT max(version) FROM config_versions");
        });
    });
}

awaitable<Result<ConfigVersion>> ConfigVersionStore::get(std::int64_t version) {
    return m_database.run([version](Connection& connection) {
        return one(connection,
                   "SELECT version, created_at, author, note, content FROM config_versions WHERE version = ?",
                   {version});
    });
}

awaitable<Result<ConfigVersion>> ConfigVersionStore::latest() {
    return m_database.run([](Connection& connection) {
        return one(
            connection,
            "SELECT version, created_at, author, note, content FROM config_versions ORDER BY version DESC LIMIT 1", {});
    });
}

awaitable<Result<std::vector<ConfigVersion>>> ConfigVersionStore::list(int limit, std::int64_t before) {
    return m_database.run([limit, before](Connection& connection) -> Result<std::vector<ConfigVersion>> {
        std::vector<ConfigVersion> versions;
        const std::int64_t below = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
        auto listed = connection.each(
            "SELECT version, created_at, author, note, '' FROM config_versions WHERE version < ? "
            "ORDER BY version DESC LIMIT ?",
            {below, std::int64_t{std::clamp(limit, 1, 500)}}, [&versions](const SqlRow& row) -> Result<void> {
                versions.push_back(fromRow(row));
                return {};
            });
        if (!listed)
            return listed.error();
        return versions;
    });
}

} // namespace patchbay
