// One table: fault x surface x upstream format, streamed. The whole way is real (client socket, gateway, HTTP client,
// playground), only time is not: a ManualClock runs all clocks, so a 20 s stall takes milliseconds.
#include "base/log.h"
#include "pipeline/pipeline.h"
#include "playground/playground_server.h"
#include "routing/route_layer.h"
#include "server/gateway_server.h"
#include "server/responses_surface.h"

#define QT_NO_EMIT // EventSink has a member of that name
#include <QtTest>

using namespace patchbay;

namespace {

// Late: it fails after so long a silence that the answer had to begin: an error in the stream, or the status where the
// format has no comments.
enum class Ending { Success, Status, BrokenStream, Late };

struct FaultRow {
    const char* name;
    Ending ending;
    int status;         // with Status and Late; 0 = any from 500 on
    bool spare = false; // another deployment is left, which answers
};

constexpr FaultRow kFaults[] = {
    {"echo", Ending::Success, 200},
    {"fault-no-done", Ending::Success, 200},
    {"fault-no-usage", Ending::Success, 200},
    {"fault-json-for-stream", Ending::Success, 200},
    {"fault-bytewise", Ending::Success, 200},
    {"fault-content-filter", Ending::Success, 200},
    {"fault-refusal", Ending::Success, 200},
    {"fault-rate-limit", Ending::Status, 429},
    {"fault-rate-limit-date", Ending::Status, 429},
    {"fault-quota", Ending::Status, 429},
    {"fault-error-400", Ending::Status, 400},
    {"fault-error-401", Ending::Status, 401},
    {"fault-error-403", Ending::Status, 403},
    {"fault-error-404", Ending::Status, 404},
    {"fault-error-500", Ending::Status, 500},
    {"fault-error-503", Ending::Status, 0},
    {"fault-context", Ending::Status, 400},
    {"fault-html", Ending::Status, 0},
    {"fault-html-200", Ending::Status, 0},
    {"fault-reset", Ending::Status, 0},
    // Alone, only the idle and the total clock (20 s, 1 min) bound the wait; the headers and first-token clocks (30 s,
    // 10 s) fire where another deployment is left.
    {"fault-silent", Ending::Late, 504},
    {"fault-silent", Ending::Success, 200, true},
    {"fault-slow-headers:25", Ending::Success, 200},
    {"fault-slow-headers:25", Ending::Success, 200, true},
    {"fault-slow-first-token:15", Ending::Success, 200},
    {"fault-slow-first-token:25", Ending::Late, 504},
    {"fault-slow-first-token:15", Ending::Success, 200, true},
    {"fault-error-first", Ending::Status, 0},
    {"fault-stall", Ending::BrokenStream, 200},
    {"fault-cut", Ending::BrokenStream, 200},
    {"fault-malformed", Ending::BrokenStream, 200},
    {"fault-error-midstream", Ending::BrokenStream, 200},
};

struct SurfaceRow {
    const char* name;
    const char* path;
    const char* body; // $MODEL is replaced
    std::vector<const char*> successMarks;
    const char* errorMark;
};

const std::vector<SurfaceRow>& surfaces() {
    static const char* const kMessages = "\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]";
    static const std::string openAi = std::string("{\"model\":\"$MODEL\",\"stream\":true,") + kMessages + "}";
    static const std::string anthropic =
        std::string("{\"model\":\"$MODEL\",\"max_tokens\":1000,\"stream\":true,") + kMessages + "}";
    static const std::vector<SurfaceRow> rows{
        {"openai", "/v1/chat/completions", openAi.c_str(), {"data: [DONE]"}, "data: {\"error\""},
        {"responses", "/v1/responses", "{\"model\":\"$MODEL\",\"stream\":true,\"input\":\"hello\"}",
         {"event: response.completed", "event: response.incomplete"}, "event: error"},
        {"anthropic", "/v1/messages", anthropic.c_str(), {"event: message_stop"}, "event: error"},
        {"ollama", "/api/chat", openAi.c_str(), {"\"done\":true"}, "{\"error\""},
    };
    return rows;
}

struct UpstreamRow {
    const char* name;
    WireFormat format;
    const char* base;
};
constexpr UpstreamRow kUpstreams[] = {
    {"openai", WireFormat::OpenAiChat, "/v1"},  {"responses", WireFormat::OpenAiResponses, "/v1"},
    {"anthropic", WireFormat::Anthropic, ""},   {"ollama", WireFormat::Ollama, ""},
    {"gemini", WireFormat::Gemini, ""},
};

// Gateway and playground on one engine under one manual clock.
class World {
public:
    World() {
        playground::PlaygroundOptions options;
        m_playground = std::make_unique<playground::PlaygroundServer>(m_engine.get_executor(), m_clock, options);
        if (!m_playground->start())
            qFatal("the playground does not start");
        std::vector<ProviderEntry> providers;
        for (const UpstreamRow& row : kUpstreams) {
            auto endpoint = std::make_shared<Endpoint>();
            endpoint->provider = row.name;
            endpoint->format = row.format;
            endpoint->baseUrl = "http://127.0.0.1:" + std::to_string(m_playground->port()) + row.base;
            endpoint->proxy = "none";
            CallTimeouts timeouts;
            timeouts.headers = std::chrono::seconds(30);
            timeouts.firstToken = std::chrono::seconds(10);
            timeouts.total = std::chrono::seconds(60);
            providers.push_back({.id = row.name, .endpoint = std::shared_ptr<const Endpoint>(endpoint), .timeouts = timeouts});
        }
        m_routes.replace(std::make_shared<RoutingTable>(std::move(providers), pairs()));
        const ServerParts parts{.chat = m_chat, .ids = m_ids, .clock = m_clock, .log = m_log, .workers = m_workers};
        m_server = std::make_unique<GatewayServer>(m_engine.get_executor(), GatewayOptions{}, parts, m_auth,
                                                   responsesRoutes(parts, nullptr));
        if (!m_server->start())
            qFatal("the gateway does not start");
    }

    /// The whole answer, head included. Time is moved on by half a second whenever nothing else happens.
    std::string ask(const SurfaceRow& surface, const std::string& model) {
        std::string body = surface.body;
        body.replace(body.find("$MODEL"), 6, model);
        std::string answer;
        bool done = false;
        asio::co_spawn(m_engine, exchange(m_server->port(), surface.path, std::move(body), &answer),
                       [&done](std::exception_ptr) { done = true; });
        int idle = 0;
        while (!done && idle < 2000) {
            m_engine.restart();
            if (m_engine.run_for(std::chrono::milliseconds(2)) == 0) {
                m_clock.advance(Milliseconds(500));
                ++idle;
            }
        }
        return done ? answer : "the exchange hangs";
    }

private:
    // "pair/PROVIDER/FAULT": the faulty deployment, then one that answers.
    static std::vector<ModelEntry> pairs() {
        std::vector<ModelEntry> models;
        for (const UpstreamRow& upstream : kUpstreams)
            for (const FaultRow& fault : kFaults)
                if (fault.spare)
                    models.push_back({.name = std::string("pair/") + upstream.name + "/" + fault.name,
                                      .deployments = {{.provider = upstream.name, .model = fault.name},
                                                      {.provider = "openai", .model = "echo"}}});
        return models;
    }
    static awaitable<void> exchange(std::uint16_t port, std::string path, std::string body, std::string* answer) {
        asio::ip::tcp::socket socket(co_await asio::this_coro::executor);
        co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
        const std::string request = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" +
                                    "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                                    "\r\n\r\n" + body;
        co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
        boost::system::error_code end;
        co_await asio::async_read(socket, asio::dynamic_buffer(*answer), asio::redirect_error(asio::use_awaitable, end));
    }

    asio::io_context m_engine{1};
    ManualClock m_clock;
    IdGenerator m_ids{m_clock};
    Log m_log = Log::silent();
    Auth m_auth{Auth::Options{}};
    RoutingSource m_routes{std::make_shared<RoutingTable>(std::vector<ProviderEntry>{}, std::vector<ModelEntry>{})};
    HttpClient m_http{m_engine.get_executor(), m_clock, HttpClient::Options{}};
    ProviderClient m_client{m_http, m_clock};
    RouteLayer m_pipeline{m_routes, m_client};
    ChatService m_chat{m_pipeline, m_routes, m_client, m_ids, m_clock};
    asio::thread_pool m_workers{1};
    std::unique_ptr<playground::PlaygroundServer> m_playground;
    std::unique_ptr<GatewayServer> m_server;
};

bool has(const std::string& text, const char* piece) {
    return text.find(piece) != std::string::npos;
}

} // namespace

class FaultTableTest : public QObject {
    Q_OBJECT

private slots:
    void everyFaultEndsAsItShould_data() {
        QTest::addColumn<int>("fault");
        QTest::addColumn<int>("surface");
        QTest::addColumn<int>("upstream");
        for (int fault = 0; fault < int(std::size(kFaults)); ++fault)
            for (int surface = 0; surface < int(surfaces().size()); ++surface)
                for (int upstream = 0; upstream < int(std::size(kUpstreams)); ++upstream)
                    QTest::addRow("%s%s, %s client, %s upstream", kFaults[fault].name,
                                  kFaults[fault].spare ? " with a spare" : "", surfaces()[surface].name,
                                  kUpstreams[upstream].name)
                        << fault << surface << upstream;
    }
    void everyFaultEndsAsItShould() {
        QFETCH(int, fault);
        QFETCH(int, surface);
        QFETCH(int, upstream);
        const FaultRow& row = kFaults[fault];
        const SurfaceRow& client = surfaces()[surface];
        const std::string answer =
            m_world.ask(client, std::string(row.spare ? "pair/" : "") + kUpstreams[upstream].name + "/" + row.name);
        QVERIFY2(answer.starts_with("HTTP/1.1 "), answer.c_str());
        const int status = std::stoi(answer.substr(9, 3));
        bool success = false;
        for (const char* mark : client.successMarks)
            success = success || has(answer, mark);
        const bool begunInSilence = row.ending == Ending::Late && std::string_view(client.name) != "ollama";
        switch (row.ending == Ending::Late && !begunInSilence ? Ending::Status : row.ending) {
        case Ending::Success:
            QCOMPARE(status, 200);
            QVERIFY2(success, answer.c_str());
            QVERIFY2(!has(answer, client.errorMark), answer.c_str());
            QVERIFY2(answer.ends_with("0\r\n\r\n"), "the answer is complete");
            if (row.spare)
                QVERIFY2(has(answer, "x-patchbay-deployment: openai/echo"), "the other one answered");
            break;
        case Ending::Status:
            QVERIFY2(row.status == 0 ? status >= 500 : status == row.status, answer.c_str());
            QVERIFY2(has(answer, "\"error\""), answer.c_str());
            QVERIFY2(!success, answer.c_str());
            break;
        case Ending::Late:
            QCOMPARE(status, 200);
            QVERIFY2(has(answer, ": keep-alive"), answer.c_str());
            QVERIFY2(has(answer, client.errorMark), answer.c_str());
            QVERIFY2(!success, answer.c_str());
            QVERIFY2(!has(answer, "x-patchbay-deployment"), "who answers is not known yet");
            break;
        case Ending::BrokenStream:
            QCOMPARE(status, 200);
            QVERIFY2(!success, answer.c_str());
            QVERIFY2(has(answer, client.errorMark), answer.c_str());
            QVERIFY2(has(answer, "token1"), "what came before is delivered");
            break;
        }
    }

private:
    World m_world;
};

QTEST_GUILESS_MAIN(FaultTableTest)
#include "fault_table_test.moc"
