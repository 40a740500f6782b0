#include "app/desktop/settings/providers_controller.h"

#include <cstdio>

#include <QCoroTask>
#include <QGuiApplication>

#include "app/desktop/settings/os_keychain.h"
#include "unit/desktop/settings/desktop_core.h"

using namespace patchbay;

namespace {

const char* const kCanary = "canary-41c07be2-desktop-key-9xyz";

// What the program writes to standard error while this lives; the log goes there.
class CapturedLog {
public:
    explicit CapturedLog(const QString& file) : m_file(file), m_kept(dup(2)) {
        std::fflush(stderr);
        FILE* to = std::fopen(file.toStdString().c_str(), "w");
        dup2(fileno(to), 2);
        std::fclose(to);
    }
    ~CapturedLog() { restore(); }
    QByteArray text() {
        restore();
        QFile file(m_file);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private:
    void restore() {
        if (m_kept < 0)
            return;
        std::fflush(stderr);
        dup2(m_kept, 2);
        close(std::exchange(m_kept, -1));
    }
    QString m_file;
    int m_kept;
};

} // namespace

class ProvidersControllerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aProviderIsTestedThenSavedAndItsKeyIsNowhereInPlainText() {
        QTemporaryDir logFolder;
        CapturedLog log(logFolder.filePath("log"));
        auto keychain = std::make_shared<OsKeychain>(Milliseconds{5000});
        DesktopCore core(keychain);
        QVERIFY(core.start());
        ProvidersController providers(*core.bridge);
        QSignalSpy tested(&providers, &ProvidersController::tested);
        QSignalSpy saved(&providers, &ProvidersController::saved);
        QVariantMap draft{{"id", "work"},
                          {"format", "openai"},
                          {"baseUrl", core.playgroundUrl()},
                          {"key", QString(kCanary) + "\n"}};
        providers.test(draft);
        QVERIFY(tested.wait());
        QVERIFY2(tested[0][1].toBool(), qPrintable(tested[0][2].toString()));
        QVERIFY2(tested[0][2].toString().startsWith("echo answered."), qPrintable(tested[0][2].toString()));
        QCOMPARE(providers.count(), 0); // it did not need saving

        providers.save(draft);
        QVERIFY(saved.wait());
        QCOMPARE(providers.count(), 1);
        const QVariantMap row = providers.get("work");
        QCOMPARE(row.value("maskedKey").toString(), QString("••••9xyz"));
        QVERIFY(!row.value("keyPlace").toString().isEmpty());
        QVERIFY(row.value("resolvedUrl").toString().endsWith("/v1/chat/completions"));
        for (const QVariant& value : row)
            QVERIFY2(!value.toString().contains(kCanary), qPrintable(value.toString()));
        QVERIFY(!saved[0][1].toString().isEmpty());

        // A failing call as well: errors are logged and shown.
        draft["providerId"] = "work";
        draft["model"] = "fault-error-401";
        providers.test(draft);
        QTRY_COMPARE(tested.count(), 2);
        QVERIFY(!tested[1][1].toBool());
        QVERIFY(!tested[1][2].toString().contains(kCanary));
        QVERIFY(!tested[1][3].toString().isEmpty());
        QCOMPARE(providers.get("work").value("status").toString(), QString("error"));

        QCOMPARE(core.filesWith(kCanary), QStringList());
        keychain->close();
        core.bridge.reset();
        QCOMPARE(core.filesWith(kCanary), QStringList());
        const QByteArray lines = log.text();
        QVERIFY2(lines.contains("configuration_reloaded"), lines.constData()); // the log was captured
        QVERIFY(!lines.contains(kCanary));
    }

    void aSavedProviderAnswersAtOnceAndAfterARestart() {
        DesktopCore core;
        QVERIFY(core.start());
        const QString url = core.playgroundUrl();
        {
            ProvidersController providers(*core.bridge);
            QSignalSpy saved(&providers, &ProvidersController::saved);
            providers.save({{"id", "work"}, {"format", "openai"}, {"baseUrl", url}, {"key", kCanary}});
            QVERIFY(saved.wait());
            QCOMPARE(keyThatIsSent(core, "work"), QString(kCanary));
        }
        core.bridge = std::make_unique<EngineBridge>();
        QVERIFY(core.start());
        QCOMPARE(keyThatIsSent(core, "work"), QString(kCanary));
    }

    void aChangedHostForgetsTheKeyAndSaysSo() {
        DesktopCore core;
        QVERIFY(core.start());
        ProvidersController providers(*core.bridge);
        QSignalSpy saved(&providers, &ProvidersController::saved);
        providers.save({{"id", "work"}, {"format", "openai"}, {"baseUrl", "https://a.example.com/v1"}, {"key", kCanary}});
        QVERIFY(saved.wait());
        QVERIFY(!providers.forgetsKey("work", "https://a.example.com/other"));
        QVERIFY(providers.forgetsKey("work", "https://b.example.com/v1"));
        providers.save({{"providerId", "work"}, {"format", "openai"}, {"baseUrl", "https://b.example.com/v1"}});
        QVERIFY(saved.wait());
        QVERIFY2(saved[1][1].toString().contains("forgotten"), qPrintable(saved[1][1].toString()));
        QVERIFY(!providers.get("work").value("hasKey").toBool());
        QCOMPARE(providers.get("work").value("maskedKey").toString(), QString());
    }

    void wrongDraftsAreRefusedWithAReason() {
        DesktopCore core;
        QVERIFY(core.start());
        ProvidersController providers(*core.bridge);
        QSignalSpy failed(&providers, &ProvidersController::saveFailed);
        providers.save({{"id", "no spaces"}, {"format", "openai"}, {"baseUrl", "https://a.example.com"}});
        QVERIFY(failed.wait());
        QVERIFY(!failed[0][1].toString().isEmpty());
        QCOMPARE(providers.count(), 0);
        QVERIFY(!providers.busy());
    }

    void theUsersOwnProvidersAreMarkedAndCanBeSwitchedOff() {
        DesktopCore core;
        core.writeConfig("[[providers]]\nid = \"mine\"\nformat = \"ollama\"\nbase_url = \"http://127.0.0.1:9\"\n");
        QVERIFY(core.start());
        ProvidersController providers(*core.bridge);
        QSignalSpy refreshed(&providers, &ProvidersController::refreshed);
        QSignalSpy failed(&providers, &ProvidersController::saveFailed);
        providers.refresh();
        QVERIFY(refreshed.wait());
        QVERIFY(providers.get("mine").value("fromFile").toBool());
        QCOMPARE(providers.get("mine").value("keyPlace").toString(), QString("none"));
        providers.setEnabled("mine", false);
        QVERIFY(refreshed.wait());
        QVERIFY(!providers.get("mine").value("enabled").toBool());
        providers.remove("mine");
        QVERIFY(failed.wait());
        QCOMPARE(providers.count(), 1);
    }

    void aTestCanBeCancelledAndReplaced() {
        DesktopCore core;
        QVERIFY(core.start());
        ProvidersController providers(*core.bridge);
        QSignalSpy tested(&providers, &ProvidersController::tested);
        const QVariantMap silent{
            {"id", "work"}, {"format", "openai"}, {"baseUrl", core.playgroundUrl()}, {"model", "fault-silent"}};
        QVariantMap echo = silent;
        echo["model"] = "echo";
        providers.test(silent);
        providers.test(echo);
        QVERIFY(tested.wait());
        QCOMPARE(tested.count(), 1);
        QVERIFY(tested[0][1].toBool());
        providers.test(silent);
        providers.cancelTest("work");
        providers.test(echo);
        QVERIFY(tested.wait());
        QCOMPARE(tested.count(), 2);
    }

    void formsAreHelpedWithUrlsAndNames() {
        EngineBridge bridge;
        ProvidersController providers(bridge);
        QCOMPARE(providers.resolvedUrlFor("anthropic", "https://api.anthropic.com"),
                 QString("https://api.anthropic.com/v1/messages"));
        QCOMPARE(providers.resolvedUrlFor("openai", "nonsense"), QString());
        QVERIFY(!providers.urlProblem("openai", "nonsense").isEmpty());
        QVERIFY(providers.urlProblem("openai", "https://a.example.com").isEmpty());
        QCOMPARE(providers.suggestId("", "https://api.example.com/v1"), QString("example"));
        QCOMPARE(providers.suggestId("groq", ""), QString("groq"));
        QCOMPARE(providers.vendorOfKey(" gsk_abc"), QString("groq"));
        QVERIFY(providers.presets().size() > 10);
        QCOMPARE(providers.formats().size(), 5);
    }

private:
    static QString keyThatIsSent(DesktopCore& core, const std::string& id) {
        QString key;
        const auto asking = [&]() -> QCoro::Task<> {
            auto found = co_await core.bridge->ask<std::string>([id](Composition& made) -> awaitable<Result<std::string>> {
                const ProviderEntry* entry = made.routes().current()->provider(id);
                co_return entry && entry->endpoint ? (*entry->endpoint)->key : "no endpoint";
            });
            key = QString::fromStdString(found ? *found : found.error().message);
        };
        QCoro::waitFor(asking());
        return key;
    }
};

QTEST_MAIN(ProvidersControllerTest)
#include "providers_controller_test.moc"
