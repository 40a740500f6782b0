// A real database file in a directory of its own, and a loop to wait for coroutines on.
#pragma once

#include <memory>
#include <string>

#include <QTemporaryDir>
#include <QTest>
#include <boost/asio/io_context.hpp>

#include "base/clock.h"
#include "base/ids.h"
#include "storage/database.h"
#include "support/run_coroutine.h"

namespace patchbay::test {

struct DatabaseFixture {
    QTemporaryDir directory;
    asio::io_context loop;
    ManualClock clock;
    IdGenerator ids{clock};
    std::unique_ptr<Database> database; // goes before the loop

    std::string path() const { return directory.filePath("data/patchbay.db").toStdString(); }

    Result<void> open(const std::vector<Migration>& migrations = schemaMigrations()) {
        database.reset();
        auto opened = Database::open({.path = path(), .migrations = &migrations});
        if (!opened)
            return opened.error();
        database = std::move(*opened);
        return {};
    }
    template <class T> T wait(awaitable<T> work) { return runCoroutine(loop, std::move(work)); }
};

inline std::string describe(const Error& error) {
    return std::string(errorCodeName(error.code)) + ": " + error.message + " / " + error.hint;
}

} // namespace patchbay::test

/// Fails the test with the error's text unless the Result is a value.
#define QVERIFY_OK(result)                                                                                             \
    do {                                                                                                               \
        const auto& checked_ = (result);                                                                               \
        QVERIFY2(checked_.has_value(), checked_ ? "" : patchbay::test::describe(checked_.error()).c_str());            \
    } while (false)
