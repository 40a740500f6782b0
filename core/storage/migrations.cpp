#include "storage/migrations.h"

#include <fmt/format.h>

#include "storage/connection.h"
#include "storage/sqlite_dialect.h"

namespace patchbay {
namespace {

// Times are Unix milliseconds, ids UUIDv7 text (they sort by creation), money nano-dollars, JSON is text.
//
// messages.parent_id has no ON DELETE CASCADE: SQLite runs cascades recursively and stops at 1,000 levels, which a long
// conversation exceeds. A conversation's messages go in one statement; the deferred check then holds at the commit.
//
// search_docs numbers what is searchable. Its key is time * 1024 + n, so that walking the full-text index backwards
// gives the newest first without sorting. search_index keeps no copy of the text ("contentless"); the text is in
// messages.content and conversations.title. Its tokenizer "ascii" only splits at spaces, search_text.h does the rest.
std::vector<std::string> firstSchema() {
    return {
        R"(CREATE TABLE meta (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID)",
        R"(CREATE TABLE conversations (
            id TEXT PRIMARY KEY NOT NULL,
            title TEXT NOT NULL,
            title_is_auto INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            model TEXT NOT NULL,
            system_prompt TEXT NOT NULL,
            parameters TEXT NOT NULL,
            folder TEXT NOT NULL,
            pinned INTEGER NOT NULL,
            deleted_at INTEGER,
            active_leaf TEXT,
            draft TEXT NOT NULL
        ))",
        "CREATE INDEX conversations_by_time ON conversations (pinned DESC, updated_at DESC, id DESC) "
        "WHERE deleted_at IS NULL",
        "CREATE INDEX conversations_in_trash ON conversations (deleted_at) WHERE deleted_at IS NOT NULL",
        R"(CREATE TABLE messages (
            id TEXT PRIMARY KEY NOT NULL,
            conversation_id TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
            parent_id TEXT REFERENCES messages (id) DEFERRABLE INITIALLY DEFERRED,
            role TEXT NOT NULL,
            content TEXT NOT NULL,
            model TEXT NOT NULL,
            provider TEXT NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('complete', 'streaming', 'stopped', 'error', 'interrupted')),
            finish_reason TEXT NOT NULL,
            error TEXT,
            usage TEXT,
            cost_nano_usd INTEGER,
            trace_id TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            first_token_ms INTEGER,
            duration_ms INTEGER,
            feedback INTEGER NOT NULL
        ))",
        "CREATE INDEX messages_of_conversation ON messages (conversation_id, id)",
        "CREATE INDEX messages_by_parent ON messages (parent_id)",
        "CREATE INDEX messages_streaming ON messages (id) WHERE status = 'streaming'",
        R"(CREATE TABLE journal (
            message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
            seq INTEGER NOT NULL,
            kind TEXT NOT NULL,
            part INTEGER NOT NULL,
            delta TEXT NOT NULL,
            PRIMARY KEY (message_id, seq)
        ) WITHOUT ROWID)",
        R"(CREATE TABLE search_docs (
            doc INTEGER PRIMARY KEY,
            conversation_id TEXT NOT NULL REFERENCES conversations (id),
            message_id TEXT REFERENCES messages (id)
        ))",
        "CREATE INDEX search_docs_of_conversation ON search_docs (conversation_id)",
        "CREATE INDEX search_docs_of_message ON search_docs (message_id)",
        "CREATE VIRTUAL TABLE search_index USING fts5(body, content='', columnsize=0, tokenize='ascii')",
        R"(CREATE TABLE responses (
            id TEXT PRIMARY KEY NOT NULL,
            previous_id TEXT,
            model TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            input TEXT NOT NULL,
            output TEXT NOT NULL,
            body TEXT NOT NULL
        ))",
        "CREATE INDEX responses_by_expiry ON responses (expires_at)",
        R"(CREATE TABLE settings (
            key TEXT PRIMARY KEY,
            value TEXT NOT NULL,
            updated_at INTEGER NOT NULL
        ) WITHOUT ROWID)",
        R"(CREATE TABLE config_versions (
            version INTEGER PRIMARY KEY AUTOINCREMENT,
            created_at INTEGER NOT NULL,
            author TEXT NOT NULL,
            note TEXT NOT NULL,
            content TEXT NOT NULL
        ))",
    };
}

Result<std::int64_t> versionOf(Connection& connection) {
    return connection.integer("PRAGMA user_version");
}

Result<std::int64_t> tableCount(Connection& connection) {
    return connection.integer("SELECT count(*) FROM sqlite_schema");
}

std::int64_t newestVersion(const std::vector<Migration>& migrations) {
    return migrations.empty() ? 0 : migrations.back().version;
}

} // namespace

const std::vector<Migration>& schemaMigrations() {
    static const std::vector<Migration> migrations = {{.version = 1, .statements = firstSchema()}};
    return migrations;
}

Result<void> checkIsOurs(Connection& connection, const std::vector<Migration>& migrations) {
    auto tables = tableCount(connection);
    if (!tables)
        return tables.error();
    if (*tables == 0)
        return {};
    auto application = connection.integer("PRAGMA application_id");
    if (!application)
        return application.error();
    if (*application != kApplicationId)
        return makeError(ErrorCode::Storage,
                         fmt::format("{} is a database, but not one of Patchbay's.", connection.path()),
                         "Move it elsewhere or choose another --data-dir. It was not changed.");
    auto version = versionOf(connection);
    if (!version)
        return version.error();
    const std::int64_t ours = newestVersion(migrations);
    if (*version > ours) {
        // The backup that the newer program made before it migrated is the way back.
        const std::string backup = newestBackup(connection.path());
        return makeError(ErrorCode::Storage,
                         fmt::format("{} was written by a newer Patchbay (schema {}, this one knows up to {}).",
                                     connection.path(), *version, ours),
                         backup.empty() ? "Install the newer version again. The file was not changed."
                                        : fmt::format("Install the newer version again, or go back to the state before "
                                                      "it with the backup {}. The file was not changed.",
                                                      backup));
    }
    return {};
}

Result<MigrationReport> migrate(Connection& connection, const std::vector<Migration>& migrations) {
    if (auto ours = checkIsOurs(connection, migrations); !ours)
        return ours.error();
    auto version = versionOf(connection);
    if (!version)
        return version.error();
    MigrationReport report{.fromVersion = *version, .toVersion = newestVersion(migrations)};
    if (report.fromVersion == report.toVersion)
        return report;
    if (report.fromVersion > 0) {
        if (auto sound = checkIntegrity(connection, true); !sound)
            return sound.error();
        report.backup = backupPath(connection.path(), report.fromVersion);
        if (auto saved = backUp(connection, report.backup); !saved)
            return saved.error();
    }
    for (const Migration& migration : migrations) {
        if (migration.version <= report.fromVersion)
            continue;
        auto done = connection.transaction([&]() -> Result<void> {
            for (const std::string& statement : migration.statements)
                if (auto ran = connection.run(statement); !ran)
                    return ran;
            // Pragmas take no bound values; both are integers of ours.
            if (auto set = connection.run(fmt::format("PRAGMA user_version={}", migration.version)); !set)
                return set;
            return connection.run(fmt::format("PRAGMA application_id={}", kApplicationId));
        });
        if (!done) {
            Error error = done.error();
            error.message = fmt::format("Bringing the database to schema {} failed, it stays as it was: {}",
                                        migration.version, error.message);
            return error;
        }
    }
    return report;
}

} // namespace patchbay
