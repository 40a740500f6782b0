// A call that is given up closes its socket at once, plain and over TLS; and TLS is verified.
#include <QtTest>

#include <QTemporaryFile>

#include "net/http_client.h"
#include "support/http_calls.h"
#include "support/run_coroutine.h"
#include "support/scripted_server.h"

using namespace patchbay;
using namespace std::chrono_literals;

class HttpCancelTest : public QObject {
    Q_OBJECT
    asio::io_context io;
    SystemClock clock;
    TestCertificate certificate = makeTestCertificate();
    QTemporaryFile authority;
    std::unique_ptr<HttpClient> client;

    const TestCertificate* tlsIf(bool secure) const { return secure ? &certificate : nullptr; }
    void addKinds() {
        QTest::addColumn<bool>("secure");
        QTest::newRow("plain") << false;
        QTest::newRow("tls") << true;
    }
    /// The server must have seen the close within 100 ms of `since`.
    void verifyClosed(const ScriptedServer& server, std::chrono::steady_clock::time_point since) {
        QVERIFY(runUntil(io, [&] { return !server.seen().closes.empty(); }, 1s));
        QVERIFY(server.seen().closes.front() - since < 100ms);
    }
    /// The connection of the given-up call is gone: the next call opens another.
    void verifyNotReused(ScriptedServer& server) {
        Task<Pieces> next(io, readPieces(*client, getRequest(server.url())));
        QVERIFY(runUntil(io, [&] { return server.seen().requests.size() == 2; }));
        QCOMPARE(server.seen().connections, 2);
        next.cancel();
        QVERIFY(runUntil(io, [&] { return next.done(); }));
    }

private slots:
    void initTestCase() {
        QVERIFY(authority.open());
        authority.write(certificate.certificatePem.data(), static_cast<qint64>(certificate.certificatePem.size()));
        authority.close();
    }
    void init() {
        HttpClient::Options options;
        options.caFile = authority.fileName().toStdString();
        client = std::make_unique<HttpClient>(io.get_executor(), clock, options);
    }
    void cleanup() {
        client.reset();
        io.restart();
        io.poll();
    }

    void keepsTlsConnectionsForTheNextRequest() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok")), script::repeat()}},
                              &certificate);
        for (int i = 0; i < 5; ++i)
            QCOMPARE(runCoroutine(io, fetch(*client, postRequest(server.url(), "{}")))->body, std::string("ok"));
        QCOMPARE(server.seen().connections, 1);
    }

    void unknownAuthorityIsRefused() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok"))}}, &certificate);
        HttpClient strict(io.get_executor(), clock, {});
        auto reply = runCoroutine(io, fetch(strict, getRequest(server.url())));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Unreachable);
        QVERIFY(!reply.error().retryable);
        QVERIFY(reply.error().message.find("certificate") != std::string::npos);
        QVERIFY(server.seen().requests.empty());
    }

    void wrongHostNameIsRefused() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok"))}}, &certificate);
        auto reply = runCoroutine(
            io, fetch(*client, getRequest("https://other.localhost:" + std::to_string(server.port()) + "/")));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Unreachable);
        QVERIFY(server.seen().requests.empty());
    }

    void plainServerBehindHttpsIsExplained() {
        ScriptedServer server(
            io, {{script::anyBytes(), script::send("HTTP/1.1 400 Bad Request\r\n\r\n"), script::close()}});
        auto reply =
            runCoroutine(io, fetch(*client, getRequest("https://127.0.0.1:" + std::to_string(server.port()) + "/")));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Unreachable);
        QVERIFY(reply.error().hint.find("http://") != std::string::npos);
    }

    void cancelDuringTheHandshake() {
        ScriptedServer server(io, {{script::anyBytes(), script::watchClose()}});
        Task<Pieces> call(io,
                          readPieces(*client, getRequest("https://127.0.0.1:" + std::to_string(server.port()) + "/")));
        QVERIFY(runUntil(io, [&] { return server.seen().gotBytes == 1; }));
        const auto now = std::chrono::steady_clock::now();
        call.cancel();
        verifyClosed(server, now);
        QVERIFY(runUntil(io, [&] { return call.done(); }));
        QVERIFY(call.cancelled());
    }

    void cancelBeforeTheHead_data() { addKinds(); }
    void cancelBeforeTheHead() {
        QFETCH(bool, secure);
        ScriptedServer server(io, {{script::request(), script::watchClose()}}, tlsIf(secure));
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), "{}")));
        QVERIFY(runUntil(io, [&] { return server.seen().requests.size() == 1; }));
        const auto now = std::chrono::steady_clock::now();
        call.cancel();
        verifyClosed(server, now);
        QVERIFY(runUntil(io, [&] { return call.done(); }));
        QVERIFY(call.cancelled());
        verifyNotReused(server);
    }

    void cancelInTheBody_data() { addKinds(); }
    void cancelInTheBody() {
        QFETCH(bool, secure);
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk("abc")), script::watchClose()}},
            tlsIf(secure));
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string("abc"));
        Task<Result<std::string>> read(io, (*reply)->read());
        runUntil(io, [] { return false; }, 10ms);
        const auto now = std::chrono::steady_clock::now();
        read.cancel();
        verifyClosed(server, now);
        QVERIFY(runUntil(io, [&] { return read.done(); }));
        QVERIFY(read.cancelled());
        auto after = runCoroutine(io, (*reply)->read());
        QVERIFY(!after);
        QCOMPARE(after.error().code, ErrorCode::Cancelled);
        verifyNotReused(server);
    }

    void droppingTheReplyClosesTheSocket_data() { addKinds(); }
    void droppingTheReplyClosesTheSocket() {
        QFETCH(bool, secure);
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk("abc")), script::watchClose()}},
            tlsIf(secure));
        std::chrono::steady_clock::time_point now;
        {
            auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
            QVERIFY(reply);
            now = std::chrono::steady_clock::now();
        }
        verifyClosed(server, now);
        verifyNotReused(server);
    }

    void droppingAPausedReplyClosesTheSocket_data() { addKinds(); }
    void droppingAPausedReplyClosesTheSocket() {
        QFETCH(bool, secure);
        ScriptedServer server(
            io,
            {{script::request(), script::send("HTTP/1.1 200 OK\r\n\r\n"), script::flood(std::string(65536, 'x'))},
             {script::request(), script::watchClose()}},
            tlsIf(secure));
        std::chrono::steady_clock::time_point now;
        {
            auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
            QVERIFY(reply);
            runUntil(io, [] { return false; }, 300ms); // fills up
            now = std::chrono::steady_clock::now();
        }
        verifyClosed(server, now);
        verifyNotReused(server);
    }

    void cancelDuringTheUpload() {
        ScriptedServer server(io, {{script::hold(), script::watchClose()}});
        Task<Pieces> call(io, readPieces(*client, postRequest(server.url(), std::string(32U << 20U, 'b'))));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        runUntil(io, [] { return false; }, 50ms);
        call.cancel();
        QVERIFY(runUntil(io, [&] { return call.done(); }));
        server.proceed();
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
    }

    void releaseKeepsTheConnectionIfTheBodyEndsSoon() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk("abc")),
                                    script::hold(), script::send(script::chunk("")), script::repeat()}});
        for (int i = 0; i < 3; ++i) {
            {
                auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
                QVERIFY(reply);
                QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string("abc"));
                (*reply)->release(250ms);
            }
            QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
            server.proceed();
            runUntil(io, [] { return false; }, 10ms);
        }
        QCOMPARE(server.seen().connections, 1);
    }

    void releaseClosesTheConnectionIfTheBodyGoesOn() {
        ScriptedServer silent(
            io, {{script::request(), script::send(script::streamHead() + script::chunk("abc")), script::watchClose()}});
        ScriptedServer endless(
            io, {{script::request(), script::send("HTTP/1.1 200 OK\r\n\r\n"), script::flood(std::string(65536, 'x'))}});
        for (ScriptedServer* server : {&silent, &endless}) {
            const auto begin = std::chrono::steady_clock::now();
            {
                auto reply = runCoroutine(io, client->send(getRequest(server->url()), {}));
                QVERIFY(reply);
                (*reply)->release(250ms);
            }
            QVERIFY(runUntil(io, [&] { return server->seen().closes.size() == 1; }));
            const auto took = server->seen().closes.front() - begin;
            if (server == &silent)
                QVERIFY(took >= 250ms && took < 600ms);
            else
                QVERIFY(server->seen().flooded < (16U << 20U));
        }
    }
};

QTEST_GUILESS_MAIN(HttpCancelTest)
#include "http_cancel_test.moc"
