#include "app/desktop/transfer/transfer_controller.h"

#include <QCoroTask>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace patchbay;

namespace {

const QUrl kChatGpt = QUrl::fromLocalFile(PATCHBAY_FIXTURES "/import/chatgpt.json");

struct Desk {
    QTemporaryDir folder;
    EngineBridge bridge;
    TransferController transfer{bridge};

    Desk() {
        QFile(folder.filePath("config.toml")).open(QIODevice::WriteOnly);
        CompositionOptions options;
        options.places.dataDir = folder.filePath("data").toStdString();
        options.places.configFile = folder.filePath("config.toml").toStdString();
        options.playground = true;
        options.logLevel = LogLevel::Error;
        bool done = false;
        bridge.start(std::move(options), [&](Result<void> result) {
            result.value();
            done = true;
        });
        if (!QTest::qWaitFor([&] { return done; }))
            qFatal("the core did not start");
    }
    std::vector<Conversation> conversations() {
        const auto list = [this]() -> QCoro::Task<std::vector<Conversation>> {
            auto page = co_await bridge.ask<ConversationPage>(
                [](Composition& core) { return core.history()->listConversations({.limit = 500}); });
            co_return page.value().items;
        };
        return QCoro::waitFor(list());
    }
    std::string idOf(const std::string& title) {
        for (const Conversation& conversation : conversations())
            if (conversation.title == title)
                return conversation.id;
        return {};
    }
    bool finished() {
        return QTest::qWaitFor([this] { return !transfer.busy(); }, 20000);
    }
    QString path(const QString& name) const { return folder.filePath(name); }
};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("<not there>");
}

} // namespace

class TransferControllerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void importEndsWithASummary() {
        Desk desk;
        QSignalSpy imported(&desk.transfer, &TransferController::imported);
        desk.transfer.importFile(kChatGpt);
        QCOMPARE(desk.transfer.activity(), QString("import"));
        QVERIFY(desk.finished());
        const QVariantMap summary = desk.transfer.summary();
        QCOMPARE(summary["source"].toString(), QString("ChatGPT"));
        QCOMPARE(summary["created"].toInt(), 3);
        QCOMPARE(summary["skipped"].toInt(), 4);
        QCOMPARE(summary["skips"].toList().size(), 4);
        QVERIFY(!summary["headline"].toString().isEmpty());
        QCOMPARE(imported.count(), 1);
        QCOMPARE(imported[0][0].toInt(), 3);
        QCOMPARE(desk.conversations().size(), std::size_t{3});

        desk.transfer.importFile(kChatGpt);
        QVERIFY(desk.finished());
        QCOMPARE(desk.transfer.summary()["unchanged"].toInt(), 3);
        QCOMPARE(desk.conversations().size(), std::size_t{3});
        desk.transfer.reset();
        QVERIFY(desk.transfer.summary().isEmpty());
    }

    void anUnusableFileIsAnErrorWithAHint() {
        Desk desk;
        QSignalSpy failed(&desk.transfer, &TransferController::failed);
        QFile file(desk.path("page.html"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("<html>") > 0);
        file.close();
        desk.transfer.importFile(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(desk.finished());
        QVERIFY(desk.transfer.errorText().contains("not an export"));
        QVERIFY(!desk.transfer.errorHint().isEmpty());
        QCOMPARE(failed.count(), 1);
        desk.transfer.importFile(QUrl("https://example.com/conversations.json"));
        QVERIFY(desk.transfer.errorText().contains("on this computer"));
        QVERIFY(!desk.transfer.busy());
    }

    void importCanBeCancelled() {
        Desk desk;
        QByteArray many("[");
        for (int i = 0; i < 20000; ++i)
            many += QStringLiteral("%1{\"uuid\":\"c%2\",\"name\":\"Chat %2\",\"created_at\":\"2024-02-01T09:00:00Z\","
                                   "\"chat_messages\":[{\"uuid\":\"m\",\"sender\":\"human\",\"text\":\"hi\"}]}")
                        .arg(i ? "," : "")
                        .arg(i)
                        .toUtf8();
        QFile file(desk.path("许多.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(many + "]") > 0);
        file.close();
        QSignalSpy progress(&desk.transfer, &TransferController::progressChanged);
        desk.transfer.importFile(QUrl::fromLocalFile(file.fileName()));
        QTRY_VERIFY(desk.transfer.progress() > 0);
        QVERIFY(!desk.transfer.progressText().isEmpty());
        desk.transfer.importFile(kChatGpt); // one at a time
        desk.transfer.cancel();
        QVERIFY(desk.finished());
        QVERIFY(desk.transfer.summary()["cancelled"].toBool());
        const int created = desk.transfer.summary()["created"].toInt();
        QVERIFY(created > 0 && created < 20000);
        QVERIFY(progress.count() < created); // not one for each
    }

    void aConversationIsSavedInEachFormat() {
        Desk desk;
        desk.transfer.importFile(kChatGpt);
        QVERIFY(desk.finished());
        const QString id = QString::fromStdString(desk.idOf("Größe der 长城"));
        QSignalSpy exported(&desk.transfer, &TransferController::exported);
        for (const QString format : {"md", "json", "html"}) {
            const QString path = desk.path(desk.transfer.suggestedFileName("Größe der 长城", format));
            desk.transfer.exportConversation(id, format, QUrl::fromLocalFile(path));
            QVERIFY(desk.finished());
            QCOMPARE(desk.transfer.errorText(), QString());
            QVERIFY2(contentOf(path).contains("长城有多长"), qPrintable(path));
        }
        QCOMPARE(exported.count(), 3);
        const QJsonDocument document = QJsonDocument::fromJson(contentOf(desk.path("Größe der 长城.json")));
        QCOMPARE(document.object()["format"].toString(), QString("patchbay.conversation"));
    }

    void everythingIsSavedIntoANewFolder() {
        Desk desk;
        desk.transfer.importFile(kChatGpt);
        QVERIFY(desk.finished());
        const auto same = [&]() -> QCoro::Task<void> {
            for (int i = 0; i < 2; ++i)
                (co_await desk.bridge.ask<Conversation>([](Composition& core) {
                    return core.history()->createConversation({.title = "same: name?"});
                })).value();
        };
        QCoro::waitFor(same());
        QDir(desk.folder.path()).mkdir("导出");
        const QUrl target = QUrl::fromLocalFile(desk.path("导出"));
        desk.transfer.exportAll(target, "md");
        QVERIFY(desk.finished());
        QCOMPARE(desk.transfer.errorText(), QString());
        QCOMPARE(desk.transfer.summary()["written"].toInt(), 5);
        const QDir folder(desk.transfer.summary()["folder"].toString());
        QVERIFY(folder.path().startsWith(target.toLocalFile()));
        const QStringList names = folder.entryList(QDir::Files);
        QCOMPARE(names.size(), 5);
        QVERIFY(names.filter("2024-05-01 Größe der 长城.md").size() == 1);
        QVERIFY2(names.filter("same name (2).md").size() == 1, qPrintable(names.join("|")));
        const QString first = folder.path();
        desk.transfer.exportAll(target, "json");
        QVERIFY(desk.finished());
        QVERIFY(desk.transfer.summary()["folder"].toString() != first);
    }

    void whatIsNotThereIsSaid() {
        Desk desk;
        desk.transfer.importFile(kChatGpt);
        QVERIFY(desk.finished());
        desk.transfer.exportConversation("none", "md", QUrl::fromLocalFile(desk.path("a.md")));
        QVERIFY(desk.finished());
        QVERIFY(!desk.transfer.errorText().isEmpty());
        QVERIFY(!QFileInfo::exists(desk.path("a.md")));
    }

    // A small tmpfs, as in the storage's test of a full disk.
    void aFullDiskIsSaidAndLeavesTheOldFile() {
        Desk desk;
        const QString disk = desk.path("disk");
        QVERIFY(QDir(desk.folder.path()).mkdir("disk"));
        if (QProcess::execute("mount", {"-t", "tmpfs", "-o", "size=32k", "tmpfs", disk}) != 0)
            QSKIP("mounting a small tmpfs needs root");
        const auto unmount = qScopeGuard([&disk] { QProcess::execute("umount", {"-l", disk}); });
        QFile old(disk + "/b.md");
        QVERIFY(old.open(QIODevice::WriteOnly) && old.write("older") > 0);
        old.close();
        const auto talk = [&]() -> QCoro::Task<QString> {
            auto conversation = co_await desk.bridge.ask<Conversation>(
                [](Composition& core) { return core.history()->createConversation({.title = "long"}); });
            const std::string id = conversation.value().id;
            (co_await desk.bridge.ask<MessageRecord>([id](Composition& core) {
                return core.history()->appendMessage(id, textMessage(Role::User, std::string(100000, 'x')));
            })).value();
            co_return QString::fromStdString(id);
        };
        const QString id = QCoro::waitFor(talk());
        desk.transfer.exportConversation(id, "md", QUrl::fromLocalFile(old.fileName()));
        QVERIFY(desk.finished());
        QCOMPARE(desk.transfer.errorText(), QString("The disk is full."));
        QVERIFY(!desk.transfer.errorHint().isEmpty());
        QCOMPARE(contentOf(old.fileName()), QByteArray("older"));
        QCOMPARE(QDir(disk).entryList(QDir::Files | QDir::Hidden), QStringList("b.md"));
        desk.transfer.exportAll(QUrl::fromLocalFile(disk), "json");
        QVERIFY(desk.finished());
        QCOMPARE(desk.transfer.errorText(), QString("The disk is full."));
        QVERIFY(desk.transfer.summary().isEmpty());
    }

    void beforeTheStartNothingRuns() {
        EngineBridge bridge;
        TransferController transfer(bridge);
        transfer.importFile(kChatGpt);
        QVERIFY(!transfer.busy());
        QVERIFY(!transfer.errorText().isEmpty());
    }

    void endingWhileItRunsIsSafe() {
        auto desk = std::make_unique<Desk>();
        desk->transfer.importFile(kChatGpt);
        desk.reset();
        QCoreApplication::processEvents();
    }
};

QTEST_GUILESS_MAIN(TransferControllerTest)
#include "transfer_controller_test.moc"
