#include <QTest>

#include "http/http_server.h"
#include "support/http_test_server.h"
#include "support/raw_client.h"
#include "unit/http/http_handlers.h"

using namespace patchbay;
using namespace patchbay::http;
using namespace std::chrono_literals;

namespace {

awaitable<void> slowStream(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/plain", {});
    for (int i = 0; i < 20; ++i) {
        co_await responder->write(std::to_string(i) + ",");
        co_await pauseFor(20ms);
    }
    co_await responder->end();
}

awaitable<void> forEver(RequestPtr, ResponderPtr) {
    co_await pauseFor(1h);
}

awaitable<void> streamForEver(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/plain", {});
    co_await responder->write("first");
    co_await pauseFor(1h);
}

std::vector<Route> routes() {
    return {{.method = "GET", .pattern = "/", .handler = echo},
            {.method = "GET", .pattern = "/stream", .handler = slowStream},
            {.method = "GET", .pattern = "/ever", .handler = forEver},
            {.method = "GET", .pattern = "/stream-ever", .handler = streamForEver}};
}

std::string get(const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

} // namespace

class StopTest : public QObject {
    Q_OBJECT

private slots:
    void runningStreamsAreFinishedAndIdleOnesClosed() {
        HttpTestServer server(routes());
        RawClient idle(server.port());
        QCOMPARE(idle.ask(get("/")).status, 200);
        RawClient streaming(server.port());
        streaming.send(get("/stream"));
        QTRY_COMPARE(server.connectionCount(), std::size_t{2});
        std::string bytes = streaming.readSome();
        const auto begin = std::chrono::steady_clock::now();
        auto stopped = server.stopLater(10s);
        QVERIFY(idle.waitForClose());
        QVERIFY(std::chrono::steady_clock::now() - begin < 300ms);
        bytes += streaming.readAll();
        QVERIFY(bytes.ends_with("19,\r\n0\r\n\r\n"));
        stopped.get();
        QVERIFY(std::chrono::steady_clock::now() - begin < 5s);
        QCOMPARE(server.connectionCount(), std::size_t{0});
        QVERIFY(!RawClient(server.port()).connected());
    }

    void whatDoesNotEndInTheGraceIsCancelled() {
        HttpTestServer server(routes());
        RawClient waiting(server.port());
        waiting.send(get("/ever"));
        RawClient streaming(server.port());
        streaming.send(get("/stream-ever"));
        QVERIFY(streaming.readSome().starts_with("HTTP/1.1 200"));
        QTRY_COMPARE(server.connectionCount(), std::size_t{2});
        const auto begin = std::chrono::steady_clock::now();
        server.stop(100ms);
        const auto took = std::chrono::steady_clock::now() - begin;
        QVERIFY(took >= 100ms && took < 3s);
        QCOMPARE(waiting.readReply().status, 503);
        const std::string rest = streaming.readAll();
        QVERIFY(!rest.ends_with("0\r\n\r\n")); // a cut stream looks cut
        QCOMPARE(server.connectionCount(), std::size_t{0});
    }

    void aRequestThatIsArrivingIsStillServed() {
        HttpTestServer server(routes());
        RawClient client(server.port());
        client.send("GET / HTTP/1.1\r\nHo");
        QTRY_COMPARE(server.connectionCount(), std::size_t{1});
        std::this_thread::sleep_for(20ms); // the half head must have been read
        auto stopped = server.stopLater(5s);
        server.onLoop([] {});
        client.send("st: x\r\n\r\n");
        const RawReply reply = client.readReply();
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("connection"), std::string("close"));
        stopped.get();
    }

    void aServerMayGoWithoutBeingStopped() {
        // Nothing may be leaked or touched afterwards; AddressSanitizer looks.
        auto io = std::make_unique<asio::io_context>();
        auto server =
            std::make_unique<HttpServer>(io->get_executor(), ServerOptions{}, routes(), Filter{}, ErrorRenderer{});
        QVERIFY(server->start());
        RawClient idle(server->port());
        RawClient waiting(server->port());
        RawClient streaming(server->port());
        waiting.send(get("/ever"));
        streaming.send(get("/stream-ever"));
        io->run_for(100ms);
        QCOMPARE(server->connectionCount(), std::size_t{3});
        server.reset();
        io.reset();
        QVERIFY(idle.waitForClose());
        QVERIFY(waiting.waitForClose());
    }
};

QTEST_GUILESS_MAIN(StopTest)
#include "stop_test.moc"
