#include "app/desktop/shell/single_instance.h"

#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/shell/start_options.h"

using namespace patchbay;

class SingleInstanceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", m_folder->path().toUtf8());
    }

    // Two programs, since the lock is the process's: this test's own program plays the first one when it has an argument.
    void aSecondStartReachesTheFirst() {
        QProcess first;
        startOther(first);
        SingleInstance second(data());
        QCOMPARE(second.claim().value(), false);
        QVERIFY(second.send(StartMessage{.quickAsk = true, .openChat = "x"}.toBytes()).has_value());
        QTRY_VERIFY(first.canReadLine());
        const StartMessage heard = StartMessage::fromBytes(first.readLine().trimmed());
        QVERIFY(heard.quickAsk);
        QCOMPARE(heard.openChat, QStringLiteral("x"));
        stop(first);
    }

    void afterAKillTheNextStartIsTheFirst() {
        QProcess first;
        startOther(first);
        const QString socket = SingleInstance(data()).address();
        stop(first);
        QVERIFY(QFileInfo::exists(socket)); // stale
        SingleInstance next(data());
        QCOMPARE(next.claim().value(), true);
        QLocalSocket client;
        client.connectToServer(next.address());
        QVERIFY(client.waitForConnected(2000));
    }

    void anotherDataFolderIsAnotherProgram() {
        SingleInstance one(data()), other(m_folder->filePath("other"));
        QCOMPARE(one.claim().value(), true);
        QCOMPARE(other.claim().value(), true);
        QVERIFY(one.address() != other.address());
    }

    void onlyTheUserMayConnect() {
        SingleInstance instance(data());
        QCOMPARE(instance.claim().value(), true);
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFileInfo(instance.address()).permissions() & others));
    }

    void nonsenseOnTheSocketIsDropped() {
        SingleInstance instance(data());
        QVERIFY(instance.claim().value());
        QSignalSpy received(&instance, &SingleInstance::received);
        QLocalSocket client;
        QSignalSpy gone(&client, &QLocalSocket::disconnected);
        client.connectToServer(instance.address());
        QVERIFY(client.waitForConnected(2000));
        client.write(QByteArray("\xff\xff\xff\xff garbage"));
        QVERIFY(gone.wait(3000));
        QCOMPARE(received.count(), 0);
        const StartMessage message = StartMessage::fromBytes("not json");
        QVERIFY(!message.quickAsk && message.openChat.isEmpty());
    }

    void optionsAreReadAndMistakesNamed() {
        const StartOptions options =
            StartOptions::parse({"--playground", "--data-dir", "/d", "--config=/c.toml", "--quick-ask"}).value();
        QVERIFY(options.playground && options.quickAsk);
        QCOMPARE(options.dataDir, QStringLiteral("/d"));
        QCOMPARE(options.configFile, QStringLiteral("/c.toml"));
        QVERIFY(!StartOptions::parse({"--nope"}));
        QVERIFY(!StartOptions::parse({"--shot"}));
        QVERIFY(StartOptions::parse({"--nope"}).error().message.find("--nope") != std::string::npos);
    }

private:
    QString data() const { return m_folder->filePath("data"); }

    void startOther(QProcess& process) {
        process.start(QCoreApplication::applicationFilePath(), {"--be-first", data()});
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY(process.canReadLine());
        QCOMPARE(process.readLine().trimmed(), QByteArray("listening"));
    }
    static void stop(QProcess& process) {
        process.kill(); // kill -9
        process.waitForFinished();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--be-first") == 0) {
        SingleInstance instance(QString::fromLocal8Bit(argv[2]));
        const auto say = [](const QByteArray& line) {
            std::fputs((line + '\n').constData(), stdout);
            std::fflush(stdout);
        };
        QObject::connect(&instance, &SingleInstance::received, &instance, say);
        say(instance.claim().value() ? "listening" : "refused");
        return QCoreApplication::exec();
    }
    SingleInstanceTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "single_instance_test.moc"
