// The SQLite connection as jobs on the storage thread see it: prepared statements with bound values, and transactions.
// There is no way to run a statement with text of a user's inside; that is what bound values are for.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "storage/sql_value.h"

namespace patchbay {

class Connection {
public:
    /// Opens the file, which SQLite creates if need be; sets nothing up. `busyTimeoutMs` is how long a statement waits
    /// for another program's lock (a backup tool, the sqlite3 shell).
    static Result<std::unique_ptr<Connection>> open(std::string path, int busyTimeoutMs = 5000);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const std::string& path() const { return m_path; }

    /// Runs a statement and ignores its rows. `sql` is a constant of the program; it is prepared once and kept.
    Result<void> run(std::string_view sql, SqlValues values = {});
    /// Runs a statement and calls `row` for each row, until one fails.
    Result<void> each(std::string_view sql, SqlValues values, const std::function<Result<void>(const SqlRow&)>& row);
    /// The first row through `map`, which returns a value or a Result; nullopt when there is no row.
    template <class Map> auto first(std::string_view sql, SqlValues values, Map map) {
        using Mapped = std::invoke_result_t<Map&, const SqlRow&>;
        using Value = typename AsResult<Mapped>::type::value_type;
        std::optional<Value> found;
        auto done = each(sql, std::move(values), [&](const SqlRow& row) -> Result<void> {
            if (found)
                return {};
            typename AsResult<Mapped>::type mapped = map(row);
            if (!mapped)
                return mapped.error();
            found = std::move(*mapped);
            return {};
        });
        return done ? Result<std::optional<Value>>(std::move(found)) : Result<std::optional<Value>>(done.error());
    }
    /// First column of the first row; 0 where there is none.
    Result<std::int64_t> integer(std::string_view sql, SqlValues values = {});
    Result<std::string> text(std::string_view sql, SqlValues values = {});

    /// Rows that the last insert, update or delete changed.
    std::int64_t changes() const { return m_changes; }

    /// Runs `work` in one transaction that takes the write lock at once; an error or an exception rolls all of it back.
    template <class Work> auto transaction(Work work) -> std::invoke_result_t<Work&> {
        if (auto begun = run("BEGIN IMMEDIATE"); !begun)
            return begun.error();
        try {
            auto result = work();
            if (!result) {
                rollBack();
                return result;
            }
            if (auto committed = run("COMMIT"); !committed) {
                rollBack();
                return committed.error();
            }
            return result;
        } catch (...) {
            rollBack();
            throw;
        }
    }

private:
    template <class T> struct AsResult {
        using type = Result<T>;
    };
    template <class T> struct AsResult<Result<T>> {
        using type = Result<T>;
    };
    class Statements;
    Connection(std::string path, std::string name);
    Result<void> execute(std::string_view sql, SqlValues& values,
                         const std::function<Result<void>(const SqlRow&)>* row);
    void rollBack();

    std::string m_path;
    std::string m_name; // Qt's name of the connection
    std::unique_ptr<Statements> m_statements;
    std::int64_t m_changes = 0;
};

} // namespace patchbay
