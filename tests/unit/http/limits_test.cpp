#include <QTest>

#include <zlib.h>

#include "http/http_server.h"
#include "support/http_test_server.h"
#include "support/raw_client.h"
#include "unit/http/http_handlers.h"

using namespace patchbay;
using namespace patchbay::http;
using namespace std::chrono_literals;

namespace {

std::vector<Route> routes() {
    return {{.method = "GET", .pattern = "/", .handler = echo}, {.method = "POST", .pattern = "/", .handler = echo}};
}

const std::string kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string kPost = "POST / HTTP/1.1\r\nHost: x\r\n";

/// Sends one piece every few milliseconds until a reply comes; gives back the reply and how long it took.
std::pair<RawReply, std::chrono::milliseconds> trickle(RawClient& client, const std::string& first,
                                                       const std::string& piece, std::chrono::milliseconds gap) {
    const auto begin = std::chrono::steady_clock::now();
    client.send(first);
    RawReply reply;
    while (reply.status == 0 && std::chrono::steady_clock::now() - begin < 10s && !client.ended()) {
        client.send(piece);
        reply = client.readReply(gap);
    }
    return {reply, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin)};
}

} // namespace

class LimitsTest : public QObject {
    Q_OBJECT

private slots:
    void aSlowHeadIsGivenUpAsAWhole() {
        ServerOptions options;
        options.headerTimeout = 300ms;
        HttpTestServer server(routes(), options);
        RawClient client(server.port());
        const auto [reply, took] = trickle(client, "GET / HTTP/1.1\r\n", "X: y\r\n", 20ms);
        QCOMPARE(reply.status, 408);
        QVERIFY(took >= 250ms && took < 1500ms);
        QVERIFY(client.waitForClose());
        // The second request of a connection has the same clock, from its first byte.
        RawClient second(server.port());
        QCOMPARE(second.ask(kGet).status, 200);
        QCOMPARE(trickle(second, "GET / HTTP/1.1\r\n", "X: y\r\n", 20ms).first.status, 408);
    }

    void anEndlessHeadIsCutAtTheLimit() {
        HttpTestServer server(routes());
        RawClient client(server.port());
        std::string flood = "GET / HTTP/1.1\r\nHost: x\r\n";
        while (flood.size() < 20U << 20U)
            flood += "X-Flood: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n";
        client.send(flood, 3s);
        QCOMPARE(client.readReply().status, 431);
    }

    void silentConnectionsAreClosedWithoutAReply() {
        ServerOptions options;
        options.headerTimeout = 150ms;
        options.idleTimeout = 150ms;
        HttpTestServer server(routes(), options);
        RawClient fresh(server.port());
        QCOMPARE(fresh.readAll(3s), std::string());
        QVERIFY(fresh.ended());
        RawClient used(server.port());
        QCOMPARE(used.ask(kGet).status, 200);
        QCOMPARE(used.readAll(3s), std::string());
        QVERIFY(used.ended());
        QTRY_COMPARE(server.connectionCount(), std::size_t{0});
    }

    void aBodyThatStopsIsGivenUp() {
        ServerOptions options;
        options.bodyTimeout = 200ms;
        HttpTestServer server(routes(), options);
        RawClient client(server.port());
        client.send(kPost + "Content-Length: 10\r\n\r\nhello");
        QCOMPARE(client.readReply(3s).status, 408);
    }

    void aBodyBelowTheMinimumRateIsGivenUp() {
        ServerOptions options;
        options.bodyTimeout = 200ms;
        options.bodyMinimumRate = 1000;
        HttpTestServer server(routes(), options);
        RawClient slow(server.port());
        const auto [reply, took] = trickle(slow, kPost + "Content-Length: 100000\r\n\r\n", "x", 20ms);
        QCOMPARE(reply.status, 408);
        QVERIFY(took >= 150ms && took < 1500ms);
        // Fast enough is let through, though it takes longer than the timeout as a whole.
        RawClient steady(server.port());
        steady.send(kPost + "Content-Length: 2000\r\n\r\n");
        for (int i = 0; i < 20; ++i) {
            steady.send(std::string(100, 'x'));
            std::this_thread::sleep_for(20ms);
        }
        QCOMPARE(steady.readReply().status, 200);
    }

    void a64MegabyteBodyIsRefusedWithoutReadingIt_data() {
        QTest::addColumn<bool>("chunked");
        QTest::newRow("length") << false;
        QTest::newRow("chunked") << true;
    }

    void a64MegabyteBodyIsRefusedWithoutReadingIt() {
        QFETCH(bool, chunked);
        ServerOptions options;
        options.bodyLimit = 1U << 20U;
        HttpTestServer server(routes(), options);
        RawClient client(server.port());
        const std::size_t size = 64U << 20U;
        std::string bytes = kPost;
        if (chunked) {
            bytes += "Transfer-Encoding: chunked\r\n\r\n";
            while (bytes.size() < size)
                bytes += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
        } else {
            bytes += "Content-Length: " + std::to_string(size) + "\r\n\r\n" + std::string(size, 'x');
        }
        const std::size_t sent = client.send(bytes, 10s);
        QVERIFY2(sent < size / 2, std::to_string(sent).c_str());
        const RawReply reply = client.readReply();
        QCOMPARE(reply.status, 413);
        QVERIFY(reply.complete);
    }

    void aBodyAtTheLimitIsTaken() {
        ServerOptions options;
        options.bodyLimit = 100'000;
        HttpTestServer server(routes(), options);
        RawClient client(server.port());
        QCOMPARE(client.ask(kPost + "Content-Length: 100000\r\n\r\n" + std::string(100'000, 'x')).status, 200);
        QCOMPARE(client
                     .ask(kPost + "Transfer-Encoding: chunked\r\n\r\n186a0\r\n" + std::string(100'000, 'x') +
                          "\r\n0\r\n\r\n")
                     .status,
                 200);
        QCOMPARE(client.ask(kPost + "Content-Length: 100001\r\n\r\n" + std::string(100'001, 'x')).status, 413);
    }

    void aGzipBombIsRefused() {
        ServerOptions options;
        options.bodyLimit = 1U << 20U;
        HttpTestServer server(routes(), options);
        const std::string zeros(100U << 20U, '\0');
        uLongf length = compressBound(zeros.size());
        std::string bomb(length, '\0');
        compress2(reinterpret_cast<Bytef*>(bomb.data()), &length, reinterpret_cast<const Bytef*>(zeros.data()),
                  zeros.size(), 9);
        bomb.resize(length);
        RawClient client(server.port());
        const RawReply reply = client.ask(
            kPost + "Content-Encoding: deflate\r\nContent-Length: " + std::to_string(bomb.size()) + "\r\n\r\n" + bomb);
        QCOMPARE(reply.status, 413);
    }

    void connectionsOverTheCapGetA503() {
        ServerOptions options;
        options.maxConnections = 3;
        options.lingerTimeout = 300ms;
        HttpTestServer server(routes(), options);
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 3; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port()));
            QCOMPARE(clients.back()->ask(kGet).status, 200);
        }
        RawClient refused(server.port());
        const RawReply reply = refused.ask(kGet);
        QCOMPARE(reply.status, 503);
        QCOMPARE(reply.header("connection"), std::string("close"));
        QVERIFY(refused.waitForClose());
        QCOMPARE(server.connectionCount(), std::size_t{3});
        clients.pop_back();
        QTRY_COMPARE(server.connectionCount(), std::size_t{2});
        QCOMPARE(RawClient(server.port()).ask(kGet).status, 200);
    }

    void eachAddressHasItsOwnCap() {
        ServerOptions options;
        options.host = "127.0.0.1";
        options.maxConnectionsPerAddress = 1;
        options.lingerTimeout = 300ms;
        HttpTestServer server(routes(), options);
        RawClient first(server.port());
        QCOMPARE(first.ask(kGet).status, 200);
        QCOMPARE(RawClient(server.port()).ask(kGet).status, 503);
        asio::io_context io;
        asio::ip::tcp::socket other(io);
        other.open(asio::ip::tcp::v4());
        boost::system::error_code error;
        other.bind({asio::ip::make_address("127.0.0.2"), 0}, error);
        if (error)
            QSKIP("this system has only one loopback address");
        other.connect({asio::ip::address_v4::loopback(), server.port()});
        asio::write(other, asio::buffer(kGet));
        std::string reply(12, '\0');
        asio::read(other, asio::buffer(reply));
        QCOMPARE(reply, std::string("HTTP/1.1 200"));
    }

    void pipelinedBytesAreBoundedWhileAHandlerRuns() {
        Witness witness;
        struct Holding {
            Witness* witness;
            static awaitable<void> run(Witness* witness, RequestPtr request, ResponderPtr responder) {
                witness->running = true;
                while (!witness->cancelled)
                    co_await pauseFor(1ms);
                co_await echo(request, responder);
            }
            awaitable<void> operator()(RequestPtr request, ResponderPtr responder) const {
                return run(witness, request, responder);
            }
        };
        HttpTestServer server({{.method = "GET", .pattern = "/", .handler = Holding{&witness}}});
        RawClient client(server.port());
        client.send(kGet);
        QVERIFY(witness.waitFor(witness.running));
        std::string flood;
        while (flood.size() < 64U << 20U)
            flood += kGet;
        const std::size_t sent = client.send(flood, 500ms);
        QVERIFY2(sent < 32U << 20U, std::to_string(sent).c_str()); // only the kernel's buffers took it
        witness.cancelled = true;
        for (int i = 0; i < 100; ++i)
            QCOMPARE(client.readReply().status, 200);
    }
};

QTEST_GUILESS_MAIN(LimitsTest)
#include "limits_test.moc"
