// The clocks of a call, driven by a clock that stands still until it is told.
#include <QtTest>

#include "net/http_client.h"
#include "support/http_calls.h"
#include "support/run_coroutine.h"
#include "support/scripted_server.h"

using namespace patchbay;
using namespace std::chrono_literals;

class HttpClocksTest : public QObject {
    Q_OBJECT
    asio::io_context io;
    ManualClock clock;
    std::unique_ptr<HttpClient> client;

    static HttpCallOptions allClocks() {
        HttpCallOptions options;
        options.timeouts = {.connect = 10s, .headers = 30s, .idle = 20s, .total = 600s, .firstOutput = 60s};
        return options;
    }
    void settle() {
        runUntil(io, [] { return false; }, 20ms);
    }
    void advance(Milliseconds step) {
        clock.advance(step);
        settle();
    }
    void compareTimeout(const std::optional<Error>& error, const char* name) {
        QVERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::Timeout);
        QVERIFY2(error->message.find(name) != std::string::npos, error->message.c_str());
    }

private slots:
    void init() { client = std::make_unique<HttpClient>(io.get_executor(), clock, HttpClient::Options{}); }
    void cleanup() {
        client.reset();
        io.restart();
        io.poll();
    }

    void connectClockCoversTheTlsHandshake() {
        ScriptedServer server(io, {{script::anyBytes(), script::watchClose()}});
        const std::string url = "https://127.0.0.1:" + std::to_string(server.port()) + "/";
        Task<Pieces> call(io, readPieces(*client, getRequest(url), allClocks()));
        QVERIFY(runUntil(io, [&] { return server.seen().gotBytes == 1; }));
        advance(9999ms);
        QVERIFY(!call.done());
        advance(1ms);
        QVERIFY(call.done());
        compareTimeout(call.get().error, "connect timeout");
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
    }

    void headersClockStartsWhenTheRequestIsSent() {
        ScriptedServer server(io, {{script::request(), script::watchClose()}});
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), "{}"), allClocks()));
        QVERIFY(runUntil(io, [&] { return server.seen().requests.size() == 1; }));
        advance(29999ms);
        QVERIFY(!call.done());
        advance(1ms);
        QVERIFY(call.done());
        compareTimeout(call.get().error, "headers timeout");
    }

    void headersClockDoesNotRunDuringTheUpload() {
        // The server does not read, so that a large body stays in the middle of being sent.
        ScriptedServer server(io, {{script::hold(), script::request(), script::watchClose()}});
        Task<Pieces> call(io,
                          readPieces(*client, postRequest(server.url(), std::string(32U << 20U, 'b')), allClocks()));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        settle();
        advance(300s);
        QVERIFY(!call.done());
        server.proceed();
        QVERIFY(runUntil(io, [&] { return server.seen().requests.size() == 1; }));
        settle();
        advance(29s);
        QVERIFY(!call.done());
        advance(1s);
        QVERIFY(call.done());
        compareTimeout(call.get().error, "headers timeout");
    }

    void headersClockRunsOnAPooledConnectionToo() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::reply("ok")), script::request(), script::watchClose()}});
        QVERIFY(!runCoroutine(io, readPieces(*client, postRequest(server.url(), "{}"), allClocks())).error);
        advance(100s);
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), "{}"), allClocks()));
        QVERIFY(runUntil(io, [&] { return server.seen().requests.size() == 2; }));
        advance(29s);
        QVERIFY(!call.done());
        advance(1s);
        QVERIFY(call.done());
        compareTimeout(call.get().error, "headers timeout");
    }

    void idleClockRunsBetweenReads() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk("a")),
                                    script::hold(), script::send(script::chunk("b")), script::watchClose()}});
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), "{}"), allClocks()));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        settle();
        advance(19s);
        QVERIFY(!call.done());
        server.proceed();
        settle();
        advance(19s); // 38 s after the first bytes, 19 s after the last
        QVERIFY(!call.done());
        advance(1s);
        QVERIFY(call.done());
        QCOMPARE(call.get().text(), std::string("ab"));
        compareTimeout(call.get().error, "idle timeout");
    }

    void idleClockDoesNotBlameTheServerForASlowReader() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk("a")),
                                    script::hold(), script::send(script::chunk("b") + script::chunk(""))}});
        HttpCallOptions options = allClocks();
        options.timeouts.firstOutput.reset();
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), options));
        QVERIFY(reply);
        settle();
        advance(100s); // "a" waits for us, not we for the server
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string("a"));
        advance(19s);
        server.proceed();
        QCOMPARE(runCoroutine(io, (*reply)->readAll()).value(), std::string("b"));
    }

    void idleClockFiresThoughNobodyReads() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead()), script::watchClose()}});
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), allClocks()));
        QVERIFY(reply);
        advance(20s);
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
        auto rest = runCoroutine(io, (*reply)->read());
        QVERIFY(!rest);
        compareTimeout(rest.error(), "idle timeout");
    }

    void firstOutputClockRunsUntilItIsMarked() {
        for (const bool marked : {false, true}) {
            ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk(": ping")),
                                        script::watchClose()}});
            HttpCallOptions options = allClocks();
            options.timeouts.idle.reset();
            auto reply = runCoroutine(io, client->send(getRequest(server.url()), options));
            QVERIFY(reply);
            if (marked)
                (*reply)->markOutput();
            QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string(": ping"));
            Task<Result<std::string>> rest(io, (*reply)->read());
            advance(60s);
            QCOMPARE(rest.done(), !marked);
            if (!marked)
                compareTimeout(rest.get().error(), "first-token timeout");
            rest.cancel(); // a reply outlives its reads
            settle();
        }
    }

    void totalClockEndsAStreamThatNeverPauses() {
        ScriptedServer server(
            io, {{script::request(), script::send("HTTP/1.1 200 OK\r\n\r\n"), script::flood("data: x\n\n")}});
        HttpCallOptions options = allClocks();
        options.timeouts.firstOutput.reset();
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), "{}"), options));
        QVERIFY(runUntil(io, [&] { return server.seen().flooded > 0; }));
        for (int i = 0; i < 60; ++i) {
            QVERIFY(!call.done());
            clock.advance(10s);
            const auto seen = server.seen().flooded;
            runUntil(io, [&] { return server.seen().flooded > seen + 50 || call.done(); });
        }
        settle();
        QVERIFY(call.done());
        compareTimeout(call.get().error, "total timeout");
    }

    void clocksThatAreOffNeverFire() {
        ScriptedServer server(io, {{script::request(), script::hold(), script::send(script::reply("late"))}});
        HttpCallOptions options;
        options.timeouts.total = 3600s;
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), "{}"), options));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        advance(3599s);
        server.proceed();
        QCOMPARE(call.get().text(), std::string("late"));
    }

    void manyDeadlinesShareOneSleeper() {
        ScriptedServer server(io, {{script::request(), script::watchClose()}});
        std::vector<std::unique_ptr<Task<Pieces>>> calls;
        for (int i = 0; i < 50; ++i) {
            HttpCallOptions options = allClocks();
            options.timeouts.headers = 30s + std::chrono::seconds(i);
            options.timeouts.firstOutput.reset();
            calls.push_back(
                std::make_unique<Task<Pieces>>(io, readPieces(*client, postRequest(server.url(), "{}"), options)));
        }
        QVERIFY(runUntil(io, [&] { return server.seen().requests.size() == 50; }));
        QVERIFY(clock.sleeperCount() <= 2);
        for (int i = 0; i < 50; ++i) {
            advance(i == 0 ? 30s : 1s);
            QVERIFY(calls[static_cast<std::size_t>(i)]->done());
            if (i < 49)
                QVERIFY(!calls[static_cast<std::size_t>(i) + 1]->done());
        }
    }
};

QTEST_GUILESS_MAIN(HttpClocksTest)
#include "http_clocks_test.moc"
