#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include "storage/data_lock.h"
#include "support/database_fixture.h"

using namespace patchbay;

namespace {

/// Another process that holds the lock.
struct OtherProgram {
    QProcess process;
    explicit OtherProgram(const QString& directory) {
        process.start(PATCHBAY_STORAGE_HELPER, {"lock", directory, "http://127.0.0.1:8484"});
    }
    bool locked() { return process.waitForReadyRead(10000) && process.readLine().trimmed() == "locked"; }
};

} // namespace

class DataLockTest : public QObject {
    Q_OBJECT
private slots:
    void secondProgramLearnsPidAndUrlOfTheFirst() {
        QTemporaryDir directory;
        OtherProgram other(directory.path());
        QVERIFY(other.locked());
        auto lock = DataLock::acquire(directory.path().toStdString(), "patchbay");
        QVERIFY(!lock);
        QCOMPARE(lock.error().code, ErrorCode::Conflict);
        const std::string pid = std::to_string(other.process.processId());
        QVERIFY(lock.error().message.find("helper (process " + pid + ")") != std::string::npos);
        QVERIFY(lock.error().message.find("http://127.0.0.1:8484") != std::string::npos);
        const auto holder = DataLock::holder(directory.path().toStdString());
        QVERIFY(holder);
        QCOMPARE(holder->pid, other.process.processId());
        QCOMPARE(holder->url, std::string("http://127.0.0.1:8484"));
        other.process.closeWriteChannel();
        QVERIFY(other.process.waitForFinished(10000));
    }

    void lockOfAKilledProgramIsTakenOver() {
        QTemporaryDir directory;
        OtherProgram other(directory.path());
        QVERIFY(other.locked());
        other.process.kill();
        QVERIFY(other.process.waitForFinished(10000));
        QVERIFY(!DataLock::holder(directory.path().toStdString()));
        QVERIFY_OK(DataLock::acquire(directory.path().toStdString(), "patchbay"));
    }

    void lockIsFreeAfterTheHolderIsGone() {
        QTemporaryDir directory;
        const std::string path = directory.filePath("new/data").toStdString();
        {
            auto lock = DataLock::acquire(path, "patchbay");
            QVERIFY_OK(lock);
            QVERIFY_OK((*lock)->publish("http://127.0.0.1:1", "/token"));
            const auto holder = DataLock::holder(path);
            QVERIFY(holder);
            QCOMPARE(holder->tokenFile, std::string("/token"));
            QCOMPARE(holder->program, std::string("patchbay"));
            QVERIFY(!DataLock::acquire(path, "patchbay"));
        }
        QVERIFY(!DataLock::holder(path));
        QVERIFY_OK(DataLock::acquire(path, "patchbay"));
    }

    void unusableDirectoryIsAClearError() {
        auto lock = DataLock::acquire("/proc/no/such", "patchbay");
        QVERIFY(!lock);
        QCOMPARE(lock.error().code, ErrorCode::Storage);
        QVERIFY(lock.error().message.find("/proc/no/such") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(DataLockTest)
#include "data_lock_test.moc"
