#include "app/desktop/settings/data_controller.h"

#include <QCoroTask>
#include <QDir>

#include "storage/database.h"
#include "unit/desktop/settings/desktop_core.h"

using namespace patchbay;

class DataControllerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_core = std::make_unique<DesktopCore>();
        QVERIFY(m_core->start());
        m_data = std::make_unique<DataController>(*m_core->bridge);
    }
    void cleanup() {
        m_data.reset();
        m_core.reset();
    }

    void saysWhereTheDataLies() {
        QSignalSpy places(m_data.get(), &DataController::placesChanged);
        m_data->refresh();
        QVERIFY(places.wait());
        QCOMPARE(m_data->dataFolder(), m_core->path("data"));
        QVERIFY(!m_data->size().isEmpty());
        QCOMPARE(m_data->trashCount(), 0);
    }

    void aBackupIsADatabaseOfItsOwn() {
        makeChat("Kept in the backup");
        m_data->backUp();
        QVERIFY(waitForEnd());
        QVERIFY2(!m_data->failed(), qPrintable(m_data->message()));
        QVERIFY(QFile::exists(m_data->made()));
        const auto copy = Database::open({.path = m_data->made().toStdString()});
        QVERIFY(copy);
    }

    void aSoundDatabaseIsFoundSound() {
        m_data->verify();
        QCOMPARE(m_data->running(), QString("verify"));
        m_data->backUp(); // one thing at a time
        QCOMPARE(m_data->running(), QString("verify"));
        QVERIFY(waitForEnd());
        QVERIFY2(!m_data->failed(), qPrintable(m_data->message()));
        QCOMPARE(m_data->lastAction(), QString("verify"));
    }

    void theTrashIsEmptiedForGood() {
        const std::string gone = makeChat("Gone");
        makeChat("Stays");
        ask([gone](Composition& core) -> awaitable<Result<bool>> {
            (void)co_await core.history()->removeConversation(gone);
            co_return true;
        });
        m_data->emptyTrash();
        QVERIFY(waitForEnd());
        QVERIFY2(!m_data->failed(), qPrintable(m_data->message()));
        QVERIFY(m_data->message().contains("1"));
        QTRY_COMPARE(m_data->trashCount(), 0);
        ask([gone](Composition& core) -> awaitable<Result<bool>> {
            co_return (co_await core.history()->conversation(gone)).has_value();
        });
        QVERIFY(!m_answer);
    }

    void allChatsAreWrittenOut() {
        makeChat("First");
        makeChat("First"); // the same title
        m_data->exportAll(m_core->path("out"));
        QVERIFY(waitForEnd());
        QVERIFY2(!m_data->failed(), qPrintable(m_data->message()));
        const QStringList files = QDir(m_data->made()).entryList(QDir::Files);
        QCOMPARE(files.size(), 4);
        QCOMPARE(files.filter(".json").size(), 2);
        QCOMPARE(files.filter(".md").size(), 2);
    }

    void anExportThatCannotBeWrittenSaysWhy() {
        makeChat("First");
        QVERIFY(QFile(m_core->path("file")).open(QIODevice::WriteOnly));
        m_data->exportAll(m_core->path("file"));
        QVERIFY(waitForEnd());
        QVERIFY(m_data->failed());
        QVERIFY(!m_data->message().isEmpty());
    }

private:
    bool waitForEnd() {
        return QTest::qWaitFor([this] { return m_data->running().isEmpty() && !m_data->lastAction().isEmpty(); });
    }
    void ask(EngineBridge::Work<bool> work) {
        const auto asking = [&]() -> QCoro::Task<> {
            auto answer = co_await m_core->bridge->ask<bool>(work);
            m_answer = answer && *answer;
        };
        QCoro::waitFor(asking());
    }
    std::string makeChat(const std::string& title) {
        std::string id;
        ask([&id, title](Composition& core) -> awaitable<Result<bool>> {
            auto made = co_await core.history()->createConversation({.title = title});
            if (!made)
                co_return made.error();
            id = made->id;
            co_return (co_await core.history()->appendMessage(id, textMessage(Role::User, "Hello"))).has_value();
        });
        return id;
    }
    std::unique_ptr<DesktopCore> m_core;
    std::unique_ptr<DataController> m_data;
    bool m_answer = false;
};

QTEST_MAIN(DataControllerTest)
#include "data_controller_test.moc"
