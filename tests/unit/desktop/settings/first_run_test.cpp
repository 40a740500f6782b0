#include "app/desktop/settings/first_run.h"

#include <QGuiApplication>

#include "app/desktop/settings/providers_controller.h"
#include "app/desktop/settings/settings.h"
#include "unit/desktop/settings/desktop_core.h"

using namespace patchbay;

class FirstRunTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_core = std::make_unique<DesktopCore>();
        QVERIFY(m_core->start());
        m_settings = std::make_unique<Settings>();
        m_settings->load(m_core->path("config/desktop.json"));
        m_providers = std::make_unique<ProvidersController>(*m_core->bridge);
        m_run = std::make_unique<FirstRun>(*m_core->bridge, *m_settings, *m_providers);
    }
    void cleanup() {
        m_run.reset();
        m_providers.reset();
        m_settings.reset();
        m_core.reset();
    }

    void isShownOnce() {
        m_run->begin(false);
        QVERIFY(m_run->needed());
        QSignalSpy finished(m_run.get(), &FirstRun::finished);
        m_run->skipAll();
        QVERIFY(!m_run->needed());
        QCOMPARE(finished.count(), 1);
        FirstRun again(*m_core->bridge, *m_settings, *m_providers);
        again.begin(false);
        QVERIFY(!again.needed());
    }

    void isNotShownWhereThePlaygroundIsAskedFor() {
        m_run->begin(true);
        QVERIFY(!m_run->needed());
        QVERIFY(!m_run->searching());
        QVERIFY(!m_settings->firstRunDone());
    }

    void everyStepCanBeSkipped() {
        m_run->begin(false);
        m_run->next();
        QCOMPARE(m_run->step(), 1);
        m_run->back();
        QCOMPARE(m_run->step(), 0);
        m_run->next();
        m_run->next();
        QCOMPARE(m_run->step(), 2);
        m_run->next();
        QVERIFY(!m_run->needed());
        QVERIFY(m_settings->firstRunDone());
        QCOMPARE(m_providers->count(), 0);
    }

    void looksForLocalServersOnce() {
        QVERIFY(!m_run->searching());
        m_run->begin(false);
        QVERIFY(m_run->searching());
        QTRY_VERIFY(!m_run->searching());
        QVERIFY(m_run->playgroundAvailable());
    }

    void thePlaygroundIsEnoughForAFirstReply() {
        m_run->begin(false);
        m_run->next();
        m_run->usePlayground();
        QCOMPARE(m_run->step(), 2);
        QCOMPARE(m_settings->defaultModel(), QString("playground/echo"));
        QSignalSpy finished(m_run.get(), &FirstRun::finished);
        m_run->finish("Hello");
        QCOMPARE(finished[0][0].toString(), QString("Hello"));
    }

    void aKeyThatFailsSavesNothingUnlessAsked() {
        m_run->begin(false);
        m_run->next();
        // No network here: the trial ends as unreachable, or is refused.
        m_run->useKey("groq", "gsk_not-a-real-key-0000");
        QVERIFY(m_run->connecting());
        QTRY_VERIFY_WITH_TIMEOUT(!m_run->connecting(), 30000);
        QVERIFY(m_run->failed());
        QVERIFY(!m_run->message().isEmpty());
        QCOMPARE(m_run->step(), 1);
        QCOMPARE(m_providers->count(), 0);
        QVERIFY(m_run->canSaveAnyway());
        m_run->saveAnyway();
        QTRY_COMPARE(m_run->step(), 2);
        QCOMPARE(m_providers->count(), 1);
        QCOMPARE(m_providers->get("groq").value("label").toString(), QString("Groq"));
        QVERIFY(m_core->filesWith("gsk_not-a-real-key-0000").isEmpty());
        QVERIFY(!m_run->canSaveAnyway());
    }

private:
    std::unique_ptr<DesktopCore> m_core;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<ProvidersController> m_providers;
    std::unique_ptr<FirstRun> m_run;
};

QTEST_MAIN(FirstRunTest)
#include "first_run_test.moc"
