#include "app/desktop/settings/os_keychain.h"

#include <future>
#include <map>

#include <QDBusConnection>
#include <QGuiApplication>
#include <QProcess>
#include <QtTest>

using namespace patchbay;
using namespace std::chrono_literals;

// The part of KWallet's bus interface that QtKeychain uses, with a wallet in memory.
class MemoryWallet : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")
public:
    std::map<QString, QString> entries;
    bool opens = true;

public Q_SLOTS:
    bool isEnabled() { return true; }
    QString networkWallet() { return "kdewallet"; }
    QString localWallet() { return "kdewallet"; }
    int open(const QString&, qlonglong, const QString&) { return opens ? 7 : -1; }
    bool hasFolder(int, const QString&, const QString&) { return true; }
    bool createFolder(int, const QString&, const QString&) { return true; }
    bool hasEntry(int, const QString&, const QString& key, const QString&) { return entries.count(key) > 0; }
    int entryType(int, const QString&, const QString& key, const QString&) { return entries.count(key) ? 1 : 0; }
    QString readPassword(int, const QString&, const QString& key, const QString&) { return entries[key]; }
    int writePassword(int, const QString&, const QString& key, const QString& value, const QString&) {
        entries[key] = value;
        return 0;
    }
    int removeEntry(int, const QString&, const QString& key, const QString&) { return entries.erase(key) ? 0 : -3; }
};

namespace {

template <class Work> std::future<std::invoke_result_t<Work&>> worker(Work work) {
    return std::async(std::launch::async, std::move(work));
}

// Runs the event loop until it has ended.
template <class T> T on(std::future<T> future) {
    if (!QTest::qWaitFor([&] { return future.wait_for(0s) == std::future_status::ready; }, 10000))
        qFatal("the keychain did not answer");
    return future.get();
}

} // namespace

class OsKeychainTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_bus.start("dbus-daemon", {"--session", "--nofork", "--print-address=1"});
        if (!m_bus.waitForStarted())
            QSKIP("there is no dbus-daemon on this machine");
        QVERIFY(m_bus.waitForReadyRead());
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
        qputenv("XDG_CURRENT_DESKTOP", "KDE");
        qputenv("KDE_SESSION_VERSION", "5");
        // A connection of its own, so that calls really travel.
        m_service.emplace(QDBusConnection::connectToBus(QDBusConnection::SessionBus, "wallet"));
        QVERIFY(m_service->isConnected());
        QVERIFY(m_service->registerService("org.kde.kwalletd5"));
        QVERIFY(m_service->registerObject("/modules/kwalletd5", &m_wallet, QDBusConnection::ExportAllSlots));
    }
    void cleanupTestCase() {
        m_service.reset();
        QDBusConnection::disconnectFromBus("wallet");
        m_bus.kill();
        m_bus.waitForFinished();
    }
    void init() {
        m_wallet.entries.clear();
        m_wallet.opens = true;
    }

    void aKeyIsKeptReadAndForgotten() {
        OsKeychain keychain(5s);
        QVERIFY(on(worker([&] { return bool(keychain.set("provider.a", Secret("key-of-a"))); })));
        QCOMPARE(m_wallet.entries.at("provider.a"), QString("key-of-a"));
        OsKeychain another(5s); // which has nothing in memory yet
        QCOMPARE(on(worker([&] { return another.get("provider.a").value().reveal(); })), std::string("key-of-a"));
        QVERIFY(on(worker([&] { return bool(another.remove("provider.a")); })));
        QVERIFY(m_wallet.entries.empty());
        QCOMPARE(on(worker([&] { return another.get("provider.a").error().code; })), ErrorCode::NotFound);
    }

    void whatWasReadOnceNeedsNoBus() {
        m_wallet.entries["provider.a"] = "key-of-a";
        OsKeychain keychain(5s);
        (void)on(worker([&] { return bool(keychain.get("provider.a")); }));
        m_wallet.opens = false;
        QCOMPARE(keychain.get("provider.a").value().reveal(), std::string("key-of-a")); // on any thread
    }

    void aWalletThatStaysClosedIsAnError() {
        m_wallet.opens = false;
        OsKeychain keychain(5s);
        const auto code = on(worker([&] { return keychain.set("provider.a", Secret("key-of-a")).error().code; }));
        QVERIFY(code == ErrorCode::Permission || code == ErrorCode::Unavailable || code == ErrorCode::Unsupported);
        QVERIFY(m_wallet.entries.empty());
    }

    void theApplicationsThreadNeverWaitsForItself() {
        OsKeychain keychain(5s);
        QCOMPARE(keychain.get("provider.a").error().code, ErrorCode::Internal);
    }

    void closeEndsAWaitThatNobodyAnswers() {
        OsKeychain keychain(60s);
        // The event loop of this thread does not run while we wait here: as at the end of the program.
        auto waiting = worker([&] { return keychain.get("provider.a").error().code; });
        QCOMPARE(waiting.wait_for(100ms), std::future_status::timeout);
        keychain.close();
        QCOMPARE(waiting.wait_for(5s), std::future_status::ready);
        QCOMPARE(waiting.get(), ErrorCode::Unavailable);
    }

    void silenceEndsAfterAWhile() {
        OsKeychain keychain(100ms);
        auto waiting = worker([&] { return keychain.get("provider.a").error(); });
        QCOMPARE(waiting.wait_for(5s), std::future_status::ready);
        QCOMPARE(waiting.get().code, ErrorCode::Unavailable);
    }

private:
    QProcess m_bus;
    std::optional<QDBusConnection> m_service;
    MemoryWallet m_wallet;
};

QTEST_MAIN(OsKeychainTest)
#include "os_keychain_test.moc"
