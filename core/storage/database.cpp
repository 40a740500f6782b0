#include "storage/database.h"

#include <filesystem>
#include <future>

#include <fmt/format.h>

#include "storage/sqlite_dialect.h"

namespace patchbay {
namespace {

namespace fs = std::filesystem;

Result<void> makeDirectory(const std::string& path) {
    const fs::path directory = fs::path(path).parent_path();
    if (directory.empty() || fs::exists(directory))
        return {};
    std::error_code failure;
    fs::create_directories(directory, failure);
    if (failure)
        return makeError(
            ErrorCode::Storage,
            fmt::format("The data directory {} could not be made: {}.", directory.string(), failure.message()),
            "Look at the permissions of its parent, or choose another --data-dir.");
    fs::permissions(directory, fs::perms::owner_all, failure);
    return {};
}

} // namespace

Error databaseClosedError() {
    return makeError(ErrorCode::Unavailable, "The database is closed: the program is shutting down.",
                     "Try again when it has started again.");
}

Error databaseJobThrew(const char* what) {
    return makeError(ErrorCode::Internal, fmt::format("A database job failed unexpectedly: {}", what),
                     "This is a defect of Patchbay's; report it with this message.");
}

Result<std::unique_ptr<Database>> Database::open(DatabaseOptions options) {
    std::unique_ptr<Database> database(new Database(std::move(options)));
    // The connection belongs to the thread that uses it, so it is opened there.
    auto opened = std::make_shared<std::promise<Result<void>>>();
    auto waiting = opened->get_future();
    database->m_thread = std::thread([self = database.get(), opened] {
        auto connection = self->openFile();
        if (!connection) {
            opened->set_value(connection.error());
            return;
        }
        std::unique_ptr<Connection> owned = std::move(*connection);
        opened->set_value({});
        self->work(std::move(owned));
    });
    if (auto result = waiting.get(); !result)
        return result.error();
    return database;
}

Database::~Database() {
    {
        const std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

std::size_t Database::queueDepth() const {
    const std::lock_guard lock(m_mutex);
    return m_queue.size();
}

void Database::enqueue(std::unique_ptr<Queued> job) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_closing) {
            m_queue.push_back(std::move(job));
            m_wake.notify_one();
            return;
        }
    }
    job->run(nullptr);
}

Result<std::unique_ptr<Connection>> Database::openFile() {
    const std::string& path = m_options.path;
    if (auto made = makeDirectory(path); !made)
        return made.error();
    std::error_code failure;
    const auto size = fs::file_size(path, failure);
    const bool existed = !failure && size > 0;
    auto connection = Connection::open(path);
    if (!connection)
        return connection.error();
    Connection& opened = **connection;
    // Refusals come before the first write, so that a file that is not ours stays as it is.
    if (auto ours = checkIsOurs(opened, *m_options.migrations); !ours)
        return ours.error();
    if (existed && !wasClosedCleanly(path)) {
        if (auto sound = checkIntegrity(opened, false); !sound)
            return sound.error();
        m_report.wasChecked = true;
    }
    forgetClosedCleanly(path);
    if (!existed) // conversations are private; the -wal and -shm files take these permissions over
        fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, failure);
    if (auto set = applySettings(opened); !set)
        return set.error();
    auto migrated = migrate(opened, *m_options.migrations);
    if (!migrated)
        return migrated.error();
    m_report.migration = std::move(*migrated);
    return connection;
}

void Database::work(std::unique_ptr<Connection> connection) {
    for (;;) {
        std::unique_ptr<Queued> job;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_closing || !m_queue.empty(); });
            if (m_queue.empty())
                break; // closing, and everything handed in is done
            job = std::move(m_queue.front());
            m_queue.pop_front();
        }
        job->run(connection.get());
    }
    closeFile(std::move(connection));
}

void Database::closeFile(std::unique_ptr<Connection> connection) {
    (void)connection->run("PRAGMA optimize"); // statistics for the planner, a nicety
    const bool sound = connection->run("PRAGMA wal_checkpoint(TRUNCATE)").has_value();
    connection.reset();
    if (sound) // otherwise the next start checks the file
        markClosedCleanly(m_options.path);
}

} // namespace patchbay
