#include <filesystem>
#include <fstream>

#include <QtTest>
#include <boost/asio/bind_cancellation_slot.hpp>

#include "storage/sqlite_dialect.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;
namespace fs = std::filesystem;

namespace {

std::vector<Migration> withSecondVersion() {
    std::vector<Migration> migrations = schemaMigrations();
    migrations.push_back({.version = 2, .statements = {"ALTER TABLE settings ADD COLUMN note TEXT"}});
    return migrations;
}

std::string bytesOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void overwrite(const std::string& path, std::size_t offset, const std::string& bytes) {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(offset));
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

awaitable<Result<void>> setSetting(Database& database, std::string key, std::string value) {
    return database.run([key, value](Connection& connection) {
        return connection.run("INSERT INTO settings (key, value, updated_at) VALUES (?, ?, 0)", {key, value});
    });
}

awaitable<Result<std::int64_t>> ask(Database& database, std::string sql) {
    return database.run([sql](Connection& connection) { return connection.integer(sql); });
}

awaitable<Result<std::string>> askText(Database& database, std::string sql) {
    return database.run([sql](Connection& connection) { return connection.text(sql); });
}

awaitable<Result<bool>> slowWriteThenMore(Database& database, std::shared_ptr<bool> resumedWithResult) {
    auto written = co_await database.run([](Connection& connection) -> Result<void> {
        std::this_thread::sleep_for(std::chrono::milliseconds(20)); // lets the cancellation come first
        return connection.run("INSERT INTO settings (key, value, updated_at) VALUES ('cancelled', '1', 0)");
    });
    *resumedWithResult = written.has_value();
    co_await ask(database, "SELECT 1"); // throws: the cancellation is met here
    co_return true;
}

} // namespace

class DatabaseTest : public QObject {
    Q_OBJECT
private slots:
    void driverHasFullTextSearch() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        auto used = fixture.wait(ask(*fixture.database, "SELECT sqlite_compileoption_used('ENABLE_FTS5')"));
        QVERIFY_OK(used);
        QCOMPARE(*used, 1);
    }

    void newFileGetsSchemaAndSettings() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        Database& database = *fixture.database;
        QCOMPARE(database.openReport().migration.fromVersion, 0);
        QVERIFY(database.openReport().migration.backup.empty());
        QCOMPARE(fixture.wait(askText(database, "PRAGMA journal_mode")).value(), std::string("wal"));
        QCOMPARE(fixture.wait(ask(database, "PRAGMA synchronous")).value(), 1);
        QCOMPARE(fixture.wait(ask(database, "PRAGMA foreign_keys")).value(), 1);
        QCOMPARE(fixture.wait(ask(database, "PRAGMA auto_vacuum")).value(), 2);
        QCOMPARE(fixture.wait(ask(database, "PRAGMA busy_timeout")).value(), 5000);
        QCOMPARE(fixture.wait(ask(database, "PRAGMA user_version")).value(), schemaMigrations().back().version);
        QCOMPARE(fs::status(fixture.path()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        QCOMPARE(fs::status(fs::path(fixture.path()).parent_path()).permissions(), fs::perms::owner_all);
    }

    void textSurvivesExactly() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        const std::string text = "O'Reilly \"; DROP TABLE settings; -- 你好 👩‍👩‍👧 \n\t end";
        QVERIFY_OK(fixture.wait(setSetting(*fixture.database, "text", text)));
        QVERIFY_OK(fixture.wait(setSetting(*fixture.database, "empty", "")));
        QCOMPARE(fixture.wait(askText(*fixture.database, "SELECT value FROM settings WHERE key = 'text'")).value(),
                 text);
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT value IS NULL FROM settings WHERE key = 'empty'")).value(),
                 0);
    }

    void migrationOfExistingFileMakesBackupFirst() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        QVERIFY_OK(fixture.wait(setSetting(*fixture.database, "kept", "1")));
        const auto migrations = withSecondVersion();
        QVERIFY_OK(fixture.open(migrations));
        const MigrationReport report = fixture.database->openReport().migration;
        QCOMPARE(report.fromVersion, 1);
        QCOMPARE(report.toVersion, 2);
        QCOMPARE(report.backup, fixture.path() + ".backup-v1");
        QCOMPARE(
            fixture.wait(ask(*fixture.database, "SELECT count(note IS NULL) FROM settings WHERE key = 'kept'")).value(),
            1);
        // The backup is a whole database of the version before.
        fs::copy_file(report.backup, fixture.directory.filePath("copy.db").toStdString());
        auto copy = Database::open({.path = fixture.directory.filePath("copy.db").toStdString()});
        QVERIFY_OK(copy);
        QCOMPARE(fixture.wait(askText(**copy, "SELECT value FROM settings WHERE key = 'kept'")).value(),
                 std::string("1"));
        copy->reset();
    }

    void failingMigrationLeavesFileAsItWas() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        QVERIFY_OK(fixture.wait(setSetting(*fixture.database, "kept", "1")));
        auto migrations = withSecondVersion();
        migrations.back().statements.push_back("ALTER TABLE no_such_table ADD COLUMN x TEXT");
        auto opened = fixture.open(migrations);
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("schema 2") != std::string::npos);
        QVERIFY_OK(fixture.open());
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT count(*) FROM pragma_table_info('settings')")).value(), 3);
        QCOMPARE(fixture.wait(askText(*fixture.database, "SELECT value FROM settings WHERE key = 'kept'")).value(),
                 std::string("1"));
    }

    void newerSchemaIsRefusedUntouched() {
        DatabaseFixture fixture;
        const auto migrations = withSecondVersion();
        QVERIFY_OK(fixture.open(migrations));
        fixture.database.reset();
        const std::string before = bytesOf(fixture.path());
        auto opened = fixture.open();
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("newer Patchbay (schema 2, this one knows up to 1)") != std::string::npos);
        QCOMPARE(bytesOf(fixture.path()), before);
    }

    void databaseOfAnotherProgramIsRefused() {
        DatabaseFixture fixture;
        fs::create_directories(fs::path(fixture.path()).parent_path());
        std::thread([path = fixture.path()] {
            auto connection = Connection::open(path);
            (void)(*connection)->run("CREATE TABLE bookmarks (url TEXT)");
        }).join();
        const std::string before = bytesOf(fixture.path());
        auto opened = fixture.open();
        QVERIFY(!opened);
        QVERIFY(opened.error().message.find("not one of Patchbay's") != std::string::npos);
        QCOMPARE(bytesOf(fixture.path()), before);
    }

    void fileThatIsNoDatabaseIsCorruptAndLeftAlone() {
        DatabaseFixture fixture;
        fs::create_directories(fs::path(fixture.path()).parent_path());
        const std::string junk(8192, 'x');
        std::ofstream(fixture.path(), std::ios::binary) << junk;
        auto opened = fixture.open();
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Corrupt);
        QVERIFY(opened.error().message.find(fixture.path()) != std::string::npos);
        QVERIFY(opened.error().hint.find("Nothing was changed") != std::string::npos);
        QCOMPARE(bytesOf(fixture.path()), junk);
    }

    void damagedPageIsFoundAndBackupNamed() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        for (int i = 0; i < 200; ++i)
            QVERIFY_OK(fixture.wait(setSetting(*fixture.database, std::to_string(i), std::string(500, 'v'))));
        const auto migrations = withSecondVersion();
        QVERIFY_OK(fixture.open(migrations)); // leaves a backup
        fixture.database.reset();
        const auto size = fs::file_size(fixture.path());
        for (std::size_t page = size / 2 / 4096; page < size / 4096; ++page)
            overwrite(fixture.path(), page * 4096, std::string(1000, '\xA5'));
        const std::string damaged = bytesOf(fixture.path());
        auto opened = fixture.open(migrations);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Corrupt);
        QVERIFY(opened.error().hint.find(fixture.path() + ".backup-v1") != std::string::npos);
        QCOMPARE(bytesOf(fixture.path()), damaged);
    }

    void fileIsCheckedOnlyAfterUncleanEnd() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        QVERIFY(!fixture.database->openReport().wasChecked); // new
        QVERIFY_OK(fixture.wait(setSetting(*fixture.database, "a", "1")));
        QVERIFY_OK(fixture.open());
        QVERIFY(!fixture.database->openReport().wasChecked); // closed in order
        fixture.database.reset();
        fs::remove(fixture.path() + ".clean"); // as a killed program leaves it
        QVERIFY_OK(fixture.open());
        QVERIFY(fixture.database->openReport().wasChecked);
    }

    void directoryThatCannotBeMadeIsAClearError() {
        auto opened = Database::open({.path = "/proc/no/such/patchbay.db"});
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::Storage);
        QVERIFY(opened.error().message.find("/proc/no/such") != std::string::npos);
    }

    void failedTransactionLeavesNothing() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        auto done = fixture.wait(fixture.database->run([](Connection& connection) -> Result<void> {
            return connection.transaction([&]() -> Result<void> {
                if (auto first = connection.run("INSERT INTO settings VALUES ('a', '1', 0)"); !first)
                    return first;
                return connection.run("INSERT INTO settings VALUES ('a', '2', 0)");
            });
        }));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Conflict);
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT count(*) FROM settings")).value(), 0);
    }

    void exceptionInAJobIsAnErrorAndRollsBack() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        auto done = fixture.wait(fixture.database->run([](Connection& connection) -> Result<void> {
            return connection.transaction([&]() -> Result<void> {
                (void)connection.run("INSERT INTO settings VALUES ('a', '1', 0)");
                throw std::runtime_error("boom");
            });
        }));
        QVERIFY(!done);
        QCOMPARE(done.error().code, ErrorCode::Internal);
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT count(*) FROM settings")).value(), 0);
    }

    void cancelledCallerGetsItsResultThenTheCancellation() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        auto resumed = std::make_shared<bool>(false);
        asio::cancellation_signal cancel;
        std::exception_ptr thrown;
        bool ended = false;
        asio::co_spawn(fixture.loop, slowWriteThenMore(*fixture.database, resumed),
                       asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr failure, Result<bool>) {
                           thrown = failure;
                           ended = true;
                       }));
        asio::post(fixture.loop, [&cancel] { cancel.emit(asio::cancellation_type::terminal); });
        fixture.loop.run();
        QVERIFY(ended);
        QVERIFY(*resumed);
        QVERIFY(thrown);
        QVERIFY_THROWS_EXCEPTION(boost::system::system_error, std::rethrow_exception(thrown));
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT count(*) FROM settings WHERE key = 'cancelled'")).value(),
                 1);
    }

    void closingFinishesWhatWasHandedIn() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        int done = 0;
        for (int i = 0; i < 200; ++i)
            asio::co_spawn(fixture.loop, setSetting(*fixture.database, std::to_string(i), "v"),
                           [&done](std::exception_ptr, Result<void> result) { done += result ? 1 : 0; });
        fixture.loop.poll(); // hands them in; none has to be back yet
        fixture.database.reset();
        fixture.loop.run();
        QCOMPARE(done, 200);
        QVERIFY_OK(fixture.open());
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT count(*) FROM settings")).value(), 200);
    }

    void waitingCoroutineMayBeDestroyedWithTheLoop() {
        auto loop = std::make_unique<asio::io_context>();
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        asio::co_spawn(*loop, setSetting(*fixture.database, "a", "1"), [](std::exception_ptr, Result<void>) {});
        loop->poll();
        fixture.database.reset(); // first the database, then the loop: the result is never fetched
        loop.reset();
        QVERIFY_OK(fixture.open());
        QCOMPARE(fixture.wait(ask(*fixture.database, "SELECT count(*) FROM settings")).value(), 1);
    }

    void resultCodesBecomeKindsOfErrors() {
        const auto code = [](int native) { return sqliteError(native, "text", "/tmp/x.db").code; };
        QCOMPARE(code(13), ErrorCode::StorageFull);
        QCOMPARE(code(11), ErrorCode::Corrupt);
        QCOMPARE(code(11 | 1 << 8), ErrorCode::Corrupt);
        QCOMPARE(code(26), ErrorCode::Corrupt);
        QCOMPARE(code(10 | 3 << 8), ErrorCode::Storage);
        QCOMPARE(code(1555), ErrorCode::Conflict);
        QVERIFY(sqliteError(5, "", "/tmp/x.db").retryable);
    }
};

QTEST_GUILESS_MAIN(DatabaseTest)
#include "database_test.moc"
