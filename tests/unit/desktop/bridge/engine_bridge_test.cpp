#include "app/desktop/bridge/engine_bridge.h"

#include <QCoroTask>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

using namespace patchbay;

namespace {

CompositionOptions optionsIn(const QTemporaryDir& folder) {
    CompositionOptions options;
    options.places.dataDir = folder.filePath("data").toStdString();
    options.places.configFile = folder.filePath("config.toml").toStdString();
    options.playground = true;
    options.logLevel = LogLevel::Error;
    return options;
}

Result<void> startOf(EngineBridge& bridge, CompositionOptions options) {
    std::optional<Result<void>> outcome;
    bridge.start(std::move(options), [&](Result<void> result) { outcome = std::move(result); });
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }))
        return makeError(ErrorCode::Timeout, "the core did not start");
    return std::move(*outcome);
}

} // namespace

class EngineBridgeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile(m_folder->filePath("config.toml")).open(QIODevice::WriteOnly);
    }

    void askRunsOnTheEngineAndComesBackHere() {
        EngineBridge bridge;
        startOf(bridge, optionsIn(*m_folder)).value();
        QThread* const here = QThread::currentThread();
        const auto asking = [&]() -> QCoro::Task<std::string> {
            std::thread::id engine;
            auto made = co_await bridge.ask<Conversation>([&engine](Composition& core) {
                engine = std::this_thread::get_id();
                return core.history()->createConversation({.title = "Grüße 你好"});
            });
            if (engine == std::this_thread::get_id() || QThread::currentThread() != here)
                co_return "wrong thread";
            co_return made ? made->title : made.error().message;
        };
        QCOMPARE(QCoro::waitFor(asking()), std::string("Grüße 你好"));
    }

    void askBeforeTheStartIsAnError() {
        EngineBridge bridge;
        const auto asking = [&]() -> QCoro::Task<ErrorCode> {
            auto listed = co_await bridge.ask<ConversationPage>(
                [](Composition& core) { return core.history()->listConversations({}); });
            co_return listed ? ErrorCode::Internal : listed.error().code;
        };
        QCOMPARE(QCoro::waitFor(asking()), ErrorCode::Unavailable);
    }

    void cancelReachesTheWork() {
        EngineBridge bridge;
        startOf(bridge, optionsIn(*m_folder)).value();
        std::atomic<bool> started = false, cancelled = false;
        auto call = bridge.run([&](Composition& core) -> awaitable<void> {
            started = true;
            try {
                co_await core.clock().sleepFor(std::chrono::hours(1));
            } catch (const boost::system::system_error&) {
                cancelled = true;
            }
        });
        QTRY_VERIFY(started);
        EngineCall::cancel(call);
        QTRY_VERIFY(cancelled);
    }

    void endCancelsWhatRunsAndWaitsForIt() {
        std::atomic<bool> started = false, ended = false;
        {
            EngineBridge bridge;
            startOf(bridge, optionsIn(*m_folder)).value();
            bridge.run([&](Composition& core) -> awaitable<void> {
                started = true;
                try {
                    co_await core.clock().sleepFor(std::chrono::hours(1));
                } catch (const boost::system::system_error&) {
                }
                co_await asio::this_coro::reset_cancellation_state();
                co_await core.clock().sleepFor(std::chrono::milliseconds(50)); // storing a partial reply, say
                ended = true;
            });
            QTRY_VERIFY(started);
        }
        QVERIFY(ended);
    }

    void anEndBeforeTheCoreHasStartedDoesNotHang() {
        QElapsedTimer time;
        time.start();
        {
            EngineBridge bridge;
            bridge.start(optionsIn(*m_folder), [](Result<void>) {});
        }
        QVERIFY(time.elapsed() < 10000);
    }

    void aFolderInUseIsAStartError() {
        EngineBridge first, second;
        startOf(first, optionsIn(*m_folder)).value();
        const Result<void> outcome = startOf(second, optionsIn(*m_folder));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Conflict);
        QVERIFY(!outcome.error().hint.empty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(EngineBridgeTest)
#include "engine_bridge_test.moc"
