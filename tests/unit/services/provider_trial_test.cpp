#include "services/provider_trial.h"

#include <QtTest>

#include "net/http_client.h"
#include "playground/playground_server.h"
#include "services/local_servers.h"
#include "support/run_coroutine.h"

using namespace patchbay;

namespace {

ModelInfo model(std::string id, std::vector<std::string> capabilities = {}) {
    ModelInfo info;
    info.id = std::move(id);
    info.capabilities = std::move(capabilities);
    return info;
}

} // namespace

class ProviderTrialTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_server = std::make_unique<playground::PlaygroundServer>(m_loop.get_executor(), m_clock,
                                                                  playground::PlaygroundOptions{});
        QVERIFY(m_server->start());
        m_http = std::make_unique<HttpClient>(m_loop.get_executor(), m_clock, HttpClient::Options{});
        m_client = std::make_unique<ProviderClient>(*m_http, m_clock);
    }

    void asksTheFirstModelThatCanChat() {
        const auto report = attempt("");
        QVERIFY(report);
        QCOMPARE(report->model, std::string("echo"));
        QCOMPARE(report->text, std::string("Reply with OK"));
        QVERIFY(report->firstToken <= report->total);
    }

    void asksTheModelThatIsNamed() {
        const auto report = attempt("long:3");
        QVERIFY(report);
        QCOMPARE(report->model, std::string("long:3"));
    }

    void worksInEveryFormat() {
        for (const WireFormat format : {WireFormat::OpenAiChat, WireFormat::OpenAiResponses, WireFormat::Anthropic,
                                        WireFormat::Ollama, WireFormat::Gemini}) {
            const auto report = attempt("echo", format);
            QVERIFY2(report, report ? "" : report.error().message.c_str());
            QCOMPARE(report->text, std::string("Reply with OK"));
        }
    }

    void failuresAreTheVendorsOwn() {
        const auto refused = attempt("fault-error-401");
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Authentication);
        const auto broken = attempt("fault-cut:1");
        QVERIFY(!broken);
        const auto unknown = attempt("no-such-model");
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    }

    void aServerThatIsNotThereIsUnreachable() {
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->baseUrl = "http://127.0.0.1:1/v1";
        endpoint->proxy = "none";
        const auto report =
            runCoroutine(m_loop, tryProvider(*m_client, m_clock, Catalog::builtin(), "", endpoint, ""));
        QVERIFY(!report);
        QCOMPARE(report.error().code, ErrorCode::Unreachable);
    }

    void choosesTheCheapestKnownChatModel() {
        const Catalog catalog = Catalog::builtin();
        const WallTime now = SystemClock().wallNow();
        QCOMPARE(modelToTry({model("text-embedding-3-small"), model("gpt-4o"), model("gpt-4o-mini"), model("whisper-1")},
                            catalog, "openai", now),
                 std::string("gpt-4o-mini"));
        QCOMPARE(modelToTry({model("nomic", {"embedding"}), model("qwen3:8b"), model("llama3")}, catalog, "ollama", now),
                 std::string("qwen3:8b"));
        QCOMPARE(modelToTry({model("bge-m3-embed")}, catalog, "", now), std::string());
    }

    void localServersAreAskedOnceEach() {
        // Whatever runs on this machine: a provider that is configured at such a port is not offered again.
        Config config;
        for (const char* url : {"http://localhost:11434", "http://127.0.0.1:8080/v1", "http://[::1]:1234/v1"})
            config.providers.push_back({.id = "x", .baseUrl = url});
        QVERIFY(runCoroutine(m_loop, findLocalServers(*m_http, config)).empty());
        QElapsedTimer time;
        time.start();
        (void)runCoroutine(m_loop, findLocalServers(*m_http, Config()));
        QVERIFY2(time.elapsed() < 2000, "three at once, 300 ms each");
    }

private:
    Result<TrialReport> attempt(std::string model, WireFormat format = WireFormat::OpenAiChat) {
        auto endpoint = std::make_shared<Endpoint>();
        endpoint->provider = "test";
        endpoint->format = format;
        endpoint->baseUrl =
            normalizeBaseUrl(format, "http://127.0.0.1:" + std::to_string(m_server->port()));
        endpoint->proxy = "none";
        endpoint->local = true;
        return runCoroutine(
            m_loop, tryProvider(*m_client, m_clock, Catalog::builtin(), "", std::move(endpoint), std::move(model)));
    }

    asio::io_context m_loop;
    SystemClock m_clock;
    std::unique_ptr<playground::PlaygroundServer> m_server;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<ProviderClient> m_client;
};

QTEST_GUILESS_MAIN(ProviderTrialTest)
#include "provider_trial_test.moc"
