#include <QFile>
#include <QTest>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "services/config_store.h"
#include "unit/services/config_files.h"

using namespace patchbay;
using namespace std::chrono_literals;

namespace {

json::object patch(std::string_view text) {
    return parseJsonObject(text).value();
}

} // namespace

class ConfigStoreTest : public QObject {
    Q_OBJECT
private slots:
    void init() {
        m_files = std::make_unique<ConfigFiles>();
        m_changes.clear();
        m_problems.clear();
    }

    void aBadStartListsEveryProblem() {
        m_files->write("config.toml", "[server]\nport = -1\nhost = 5\n");
        const auto store = ConfigStore::open(m_files->sources());
        QVERIFY(!store);
        QVERIFY(store.error().code == ErrorCode::Configuration);
        QVERIFY(store.error().message.find("config.toml:2:8") != std::string::npos);
        QVERIFY(store.error().message.find("config.toml:3:8") != std::string::npos);
    }

    void aChangedFileTakesEffectOnceItIsStill() {
        m_files->write("config.toml", "[server]\nport = 1\n");
        auto store = open();
        const auto before = store->current();
        QVERIFY(!store->poll());
        m_files->write("config.toml", "[server]\nport = 2\n");
        QVERIFY(!store->poll()); // it may still be being written
        QVERIFY(store->poll());
        QCOMPARE(store->current()->server.port, 2);
        QCOMPARE(before->server.port, 1); // who began with the old one keeps it
        QCOMPARE(m_changes, (std::vector<std::string>{"1>2"}));
        QVERIFY(!store->poll());
        QVERIFY(!store->poll());
        QCOMPARE(m_changes.size(), std::size_t(1));
    }

    void aFileThatKeepsChangingIsNotReadHalf() {
        m_files->write("config.toml", "[server]\nport = 1\n");
        auto store = open();
        for (int i = 0; i < 5; ++i) {
            m_files->write("config.toml", "[server]\nport = " + std::to_string(10 + i) + "\n# " +
                                              std::string(static_cast<std::size_t>(i), 'x') + "\n");
            QVERIFY(!store->poll());
        }
        QVERIFY(store->poll());
        QCOMPARE(store->current()->server.port, 14);
    }

    void aBadFileKeepsTheOldConfigurationAndIsReportedOnce() {
        m_files->write("config.toml", "[server]\nport = 1\n");
        auto store = open();
        m_files->write("config.toml", "[server]\nport = 2\nhots = \"x\"\n");
        for (int i = 0; i < 5; ++i)
            QVERIFY(!store->poll());
        QCOMPARE(store->current()->server.port, 1);
        QCOMPARE(m_problems.size(), std::size_t(1));
        QVERIFY(m_problems[0].find("config.toml:3:1: unknown key 'hots'") != std::string::npos);
        m_files->write("config.toml", "[server]\nport = 3\n");
        store->poll();
        QVERIFY(store->poll());
        QCOMPARE(store->current()->server.port, 3);
        QCOMPARE(m_problems.size(), std::size_t(1));
    }

    void aFileThatVanishesKeepsTheOldConfiguration() {
        m_files->write("config.toml", "[server]\nport = 1\n");
        auto store = open();
        QVERIFY(QFile::remove(QString::fromStdString(m_files->path("config.toml"))));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!store->poll());
        QCOMPARE(store->current()->server.port, 1);
        QCOMPARE(m_problems.size(), std::size_t(1));
        m_files->write("config.toml", "[server]\nport = 2\n");
        store->poll();
        QVERIFY(store->poll());
        QCOMPARE(store->current()->server.port, 2);
    }

    void aFileThatAppearsIsRead() {
        auto store = open();
        m_files->write("config.toml", "[server]\nport = 2\n");
        store->poll();
        QVERIFY(store->poll());
        m_files->write(".env", "PATCHBAY_SERVER_PORT=3\n");
        store->poll();
        QVERIFY(store->poll());
        QCOMPARE(store->current()->server.port, 3);
    }

    void watchingPollsByTheClock() {
        m_files->write("config.toml", "[server]\nport = 1\n");
        auto store = open();
        asio::io_context context;
        ManualClock clock;
        asio::cancellation_signal stop;
        bool ended = false;
        asio::co_spawn(context, store->watch(clock, 1s),
                       asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr) { ended = true; }));
        context.poll();
        m_files->write("config.toml", "[server]\nport = 2\n");
        for (int i = 0; i < 2; ++i) {
            clock.advance(1s);
            context.restart();
            context.poll();
        }
        QCOMPARE(store->current()->server.port, 2);
        stop.emit(asio::cancellation_type::terminal);
        context.restart();
        context.poll();
        QVERIFY(ended);
    }

    void managedChangesTakeEffectAndStay() {
        m_files->write("config.toml", "[server]\nport = 1\n[[providers]]\nid = \"ollama\"\n");
        auto store = open();
        const auto text = store->applyManaged(
            patch(R"({"server":{"port":9000},"models":{"fast":{"deployments":[{"provider":"ollama","model":"m"}]}}})"));
        QVERIFY2(text.has_value(), text.has_error() ? text.error().message.c_str() : "");
        QCOMPARE(store->current()->server.port, 9000);
        QCOMPARE(store->current()->models[0].name, std::string("fast"));
        QCOMPARE(m_changes, (std::vector<std::string>{"1>9000"}));
        QCOMPARE(readFile(m_files->path("managed.toml")).value(), *text);
        QVERIFY(fileReaders(m_files->path("managed.toml")) == FileReaders::OwnerOnly);
        QCOMPARE(readFile(m_files->path("config.toml")).value(),
                 std::string("[server]\nport = 1\n[[providers]]\nid = \"ollama\"\n"));
        QVERIFY(!store->poll()); // its own write is no news
        QVERIFY(!store->poll());
        QCOMPARE(open()->current()->server.port, 9000);

        QVERIFY(store->applyManaged(patch(R"({"models":{"fast":null}})")).has_value());
        QVERIFY(store->current()->models.empty());
        QCOMPARE(store->current()->server.port, 9000);
        // Back to the version before.
        QVERIFY(store->replaceManaged(*text).has_value());
        QCOMPARE(store->current()->models.size(), std::size_t(1));
    }

    void badManagedChangesChangeNothing() {
        m_files->write("config.toml", "[server]\nport = 1\n");
        auto store = open();
        QVERIFY(store->applyManaged(patch(R"({"server":{"port":2}})")).has_value());
        const std::string written = readFile(m_files->path("managed.toml")).value();
        for (const char* bad :
             {R"({"server":{"port":-2}})", R"({"server":{"prot":2}})",
              R"({"providers":{"x":{"format":"openai","key":"sk-canary"}}})",
              R"({"models":{"a":{"deployments":[{"provider":"none","model":"m"}]}}})", R"({"providers":[]})"}) {
            const auto refused = store->applyManaged(patch(bad));
            QVERIFY2(!refused, bad);
            QVERIFY(refused.error().code == ErrorCode::InvalidRequest);
            QVERIFY(refused.error().message.find("canary") == std::string::npos);
        }
        QVERIFY(!store->replaceManaged("[[["));
        QCOMPARE(store->current()->server.port, 2);
        QCOMPARE(readFile(m_files->path("managed.toml")).value(), written);
        QCOMPARE(m_changes.size(), std::size_t(1));
    }

    void aBadManagedValueIsRefusedAlsoBeneathAGoodOne() {
        auto store = ConfigStore::open(m_files->sources({{"PATCHBAY_SERVER_PORT", "1"}})).value();
        const auto refused = store->applyManaged(patch("{\"server\":{\"port\":99999}}"));
        QVERIFY(!refused);
        QVERIFY(refused.error().code == ErrorCode::InvalidRequest);
        QVERIFY2(refused.error().message.find("server.port") != std::string::npos, refused.error().message.c_str());
        QVERIFY(!fileStamp(m_files->path("managed.toml")));
        QVERIFY(store->applyManaged(patch("{\"server\":{\"port\":2}}")).has_value());
    }

    void aDefaultModelThatNobodyAnswersForIsRefused() {
        auto store = ConfigStore::open(m_files->sources({{"OPENAI_API_KEY", "k"}, {"ANTHROPIC_API_KEY", "k"}})).value();
        for (const char* bad :
             {"{\"chat\":{\"default_model\":\"nope\"}}", "{\"chat\":{\"default_model\":\"gemini/x\"}}",
              "{\"chat\":{\"default_model\":\"openai/\"}}"}) {
            const auto refused = store->applyManaged(patch(bad));
            QVERIFY2(!refused, bad);
            QVERIFY(refused.error().message.find("chat.default_model") != std::string::npos);
        }
        QVERIFY(store->applyManaged(patch("{\"chat\":{\"default_model\":\"openai/gpt\"}}")).has_value());
        QVERIFY(store->applyManaged(patch("{\"chat\":{\"default_model\":\"playground/echo\"}}")).has_value());
    }

    void whatIsTakenBackLeavesNothing() {
        auto store = ConfigStore::open(m_files->sources({{"OPENAI_API_KEY", "k"}})).value();
        QVERIFY(
            store->applyManaged(patch("{\"providers\":{\"x\":{\"format\":\"openai\",\"base_url\":\"http://h/v1\"}}}"))
                .has_value());
        QVERIFY(store->current()->provider("x") != nullptr);
        QVERIFY(store->current()->provider("openai") != nullptr); // the environment's stay beside it
        QVERIFY(store->manages(patch("{\"providers\":{\"x\":null}}")).value());
        QVERIFY(!store->manages(patch("{\"providers\":{\"y\":null}}")).value());
        QVERIFY(store->applyManaged(patch("{\"providers\":{\"x\":null}}")).has_value());
        QVERIFY(store->current()->provider("x") == nullptr);
        QVERIFY(store->current()->provider("openai") != nullptr);
    }

    void aManagedFileThatSomebodyBrokeIsNotOverwritten() {
        auto store = open();
        m_files->write("managed.toml", "[server\n");
        QVERIFY(!store->applyManaged(patch(R"({"server":{"port":2}})")));
        QCOMPARE(readFile(m_files->path("managed.toml")).value(), std::string("[server\n"));
    }

    void settingsThatNeedARestartAreNamed() {
        Config before;
        Config after = before;
        QVERIFY(settingsThatNeedRestart(before, after).empty());
        after.server.port = 1;
        after.logLevel = LogLevel::Debug;
        after.timeouts.idle = 5s; // each request reads this anew
        QCOMPARE(settingsThatNeedRestart(before, after), (std::vector<std::string>{"server.port", "log.level"}));
    }

private:
    std::unique_ptr<ConfigStore> open() {
        auto store = ConfigStore::open(m_files->sources()).value();
        store->onChange([this](std::shared_ptr<const Config> before, std::shared_ptr<const Config> now) {
            m_changes.push_back(std::to_string(before->server.port) + ">" + std::to_string(now->server.port));
        });
        store->onProblems([this](const std::vector<ConfigProblem>& problems) {
            m_problems.push_back(configError(problems).message);
        });
        return store;
    }
    std::unique_ptr<ConfigFiles> m_files;
    std::vector<std::string> m_changes;
    std::vector<std::string> m_problems;
};

QTEST_APPLESS_MAIN(ConfigStoreTest)
#include "config_store_test.moc"
