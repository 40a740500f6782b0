// The database: one SQLite file, one connection, one thread of its own. Coroutines of the engine hand it jobs and are
// resumed on their own executor with the job's result, so the engine never waits for a disk.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

#include "base/async.h"
#include "base/error.h"
#include "storage/connection.h"
#include "storage/migrations.h"

namespace patchbay {

struct DatabaseOptions {
    std::string path; ///< its directory is made if need be, for the owner only
    const std::vector<Migration>* migrations = &schemaMigrations();
};

/// What happened while the file was opened.
struct OpenReport {
    bool wasChecked =
        false; ///< the last program did not close it (or it is another file): it was checked and found sound
    MigrationReport migration;
};

class Database {
public:
    /// Opens, checks and migrates; blocks until that is done, so call it before the loop runs. Errors: Corrupt (says
    /// where the backup is; the file is left alone), StorageFull, Storage. A QCoreApplication must exist.
    static Result<std::unique_ptr<Database>> open(DatabaseOptions options);
    /// Finishes the jobs that were handed in, then closes. Must be gone before the io_context of the waiting
    /// coroutines.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const OpenReport& openReport() const { return m_report; }
    const std::string& path() const { return m_options.path; }

    /// Runs `job(Connection&)`, which returns a Result, on the storage thread. Jobs run in the order in which they
    /// came. A job that was handed in runs to its end even if the waiting coroutine is cancelled meanwhile: the
    /// coroutine still gets the result, and meets the cancellation at its next co_await. So a cancel never leaves a
    /// write in doubt.
    template <class Job> auto run(Job job) -> awaitable<std::invoke_result_t<Job&, Connection&>> {
        using Outcome = std::invoke_result_t<Job&, Connection&>;
        return asio::async_initiate<const asio::use_awaitable_t<>, void(Outcome)>(
            [this](auto handler, Job queued) {
                enqueue(std::make_unique<QueuedJob<Job, decltype(handler)>>(std::move(queued), std::move(handler)));
            },
            asio::use_awaitable, std::move(job));
    }

    /// Jobs that wait; for metrics.
    std::size_t queueDepth() const;

private:
    struct Queued {
        virtual ~Queued() = default;
        virtual void run(Connection* connection) = 0; // nullptr: the database is closed
    };
    template <class Job, class Handler> struct QueuedJob;

    explicit Database(DatabaseOptions options) : m_options(std::move(options)) {}
    void enqueue(std::unique_ptr<Queued> job);
    Result<std::unique_ptr<Connection>> openFile();
    void work(std::unique_ptr<Connection> connection);
    void closeFile(std::unique_ptr<Connection> connection);

    DatabaseOptions m_options;
    OpenReport m_report;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::unique_ptr<Queued>> m_queue; // guarded by m_mutex, like m_closing
    bool m_closing = false;
    std::thread m_thread;
};

Error databaseClosedError();
Error databaseJobThrew(const char* what);

template <class Job, class Handler> struct Database::QueuedJob final : Database::Queued {
    using Outcome = std::invoke_result_t<Job&, Connection&>;

    QueuedJob(Job queued, Handler waiting)
        : job(std::move(queued)), handler(std::move(waiting)), guard(asio::make_work_guard(handler)) {}

    void run(Connection* connection) override {
        Outcome outcome = connection ? guarded(*connection) : Outcome(databaseClosedError());
        job.reset(); // what it captured goes here, not after the waiting coroutine has moved on
        // The handler owns the coroutine: it may only be called, or destroyed, on its own executor.
        asio::post(guard.get_executor(), [handler = std::move(handler), outcome = std::move(outcome)]() mutable {
            std::move(handler)(std::move(outcome));
        });
    }

    Outcome guarded(Connection& connection) {
        try {
            return (*job)(connection);
        } catch (const std::exception& thrown) {
            return databaseJobThrew(thrown.what());
        }
    }

    std::optional<Job> job;
    Handler handler;
    asio::executor_work_guard<asio::associated_executor_t<Handler>> guard; // the loop runs on while we wait
};

} // namespace patchbay
