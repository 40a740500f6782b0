// A client that goes away must stop the work that was done for it, at once: every token upstream costs money.
#include <QTest>

#include <boost/asio/experimental/awaitable_operators.hpp>

#include "http/http_server.h"
#include "support/http_test_server.h"
#include "support/raw_client.h"
#include "unit/http/http_handlers.h"

using namespace patchbay;
using namespace patchbay::http;
using namespace std::chrono_literals;
using namespace boost::asio::experimental::awaitable_operators;

namespace {

struct Waiting {
    Witness* witness;
    bool streaming;

    static awaitable<void> run(Witness* witness, bool streaming, ResponderPtr responder) {
        bool cancelled = false;
        try {
            if (streaming) {
                co_await responder->begin(200, "text/plain", {});
                co_await responder->write("first");
            }
            witness->running = true;
            co_await pauseFor(30s);
        } catch (const boost::system::system_error& error) {
            cancelled = error.code() == asio::error::operation_aborted;
        }
        witness->end(cancelled);
    }
    awaitable<void> operator()(RequestPtr, ResponderPtr responder) const { return run(witness, streaming, responder); }
};

/// The wait happens in a branch of its own, as layers with clocks do it.
awaitable<void> branch(Witness* witness) {
    bool cancelled = false;
    witness->running = true;
    try {
        co_await pauseFor(30s);
    } catch (const boost::system::system_error& error) {
        cancelled = error.code() == asio::error::operation_aborted;
    }
    witness->end(cancelled);
}
struct Branching {
    Witness* witness;
    static awaitable<void> run(Witness* witness) { co_await (branch(witness) || pauseFor(60s)); }
    awaitable<void> operator()(RequestPtr, ResponderPtr) const { return run(witness); }
};

/// Writes until an error says that nobody reads.
struct Flooding {
    Witness* witness;
    static awaitable<void> run(Witness* witness, ResponderPtr responder) {
        bool failed = false;
        try {
            co_await responder->begin(200, "text/plain", {});
            witness->running = true;
            while (!failed) {
                auto written = co_await responder->write(std::string(100'000, 'x'));
                failed = !written;
            }
        } catch (const boost::system::system_error&) {
            failed = true;
        }
        witness->end(failed);
    }
    awaitable<void> operator()(RequestPtr, ResponderPtr responder) const { return run(witness, responder); }
};

const std::string kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

} // namespace

class DisconnectTest : public QObject {
    Q_OBJECT

    enum Way { Close, Reset, HalfClose };

private slots:
    void cancelsTheHandlerWithin100Ms_data() {
        QTest::addColumn<int>("handler");
        QTest::addColumn<int>("way");
        QTest::addColumn<QByteArray>("pipelined");
        const char* handlers[] = {"before the first byte", "in mid-stream", "in a branch", "while the socket is full"};
        const char* ways[] = {"close", "reset", "half-close"};
        for (int handler = 0; handler < 4; ++handler) {
            for (int way = 0; way < 3; ++way)
                QTest::addRow("%s, %s", handlers[handler], ways[way]) << handler << way << QByteArray();
        }
        QTest::newRow("with pipelined bytes") << 0 << int(Close) << QByteArray(50'000, 'G');
    }

    void cancelsTheHandlerWithin100Ms() {
        QFETCH(int, handler);
        QFETCH(int, way);
        QFETCH(QByteArray, pipelined);
        Witness witness;
        const Handler handlers[] = {Waiting{&witness, false}, Waiting{&witness, true}, Branching{&witness},
                                    Flooding{&witness}};
        HttpTestServer server({{.method = "GET", .pattern = "/", .handler = handlers[handler]}});
        RawClient client(server.port());
        client.send(kGet + pipelined.toStdString());
        QVERIFY(witness.waitFor(witness.running));
        const auto gone = std::chrono::steady_clock::now();
        if (way == Close)
            client.close();
        else if (way == Reset)
            client.reset();
        else
            client.halfClose();
        QVERIFY(witness.waitFor(witness.ended));
        QVERIFY(witness.cancelled);
        QVERIFY(witness.endedAt - gone < 100ms);
        if (way == HalfClose)
            QVERIFY(client.waitForClose());
        QTRY_COMPARE(server.connectionCount(), std::size_t{0});
    }

    void aConnectionThatWasCancelledInsideServesOn() {
        // A handler may cancel parts of its own work; the next request on the connection must not notice.
        struct Inner {
            static awaitable<void> run(RequestPtr request, ResponderPtr responder) {
                co_await (pauseFor(1ms) || pauseFor(60s));
                co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
                co_await asio::this_coro::throw_if_cancelled(false);
                co_await echo(request, responder);
            }
        };
        Witness witness;
        HttpTestServer server({{.method = "GET", .pattern = "/inner", .handler = Inner::run},
                               {.method = "GET", .pattern = "/", .handler = Waiting{&witness, false}}});
        RawClient client(server.port());
        QCOMPARE(client.ask("GET /inner HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
        client.send(kGet);
        QVERIFY(witness.waitFor(witness.running));
        client.close();
        QVERIFY(witness.waitFor(witness.ended));
        QVERIFY(witness.cancelled);
    }

    void aCancelledWriteNeverTearsTheStream() {
        // A keep-alive comment that is cancelled while the socket is full must not leave half a chunk behind.
        struct Keeping {
            static awaitable<void> comments(ResponderPtr responder) {
                while (true)
                    co_await responder->write(std::string(300'000, '.'));
            }
            static awaitable<void> run(RequestPtr, ResponderPtr responder) {
                co_await responder->begin(200, "text/plain", {});
                co_await (comments(responder) || pauseFor(50ms));
                co_await responder->write("the end");
                co_await responder->end();
            }
        };
        HttpTestServer server({{.method = "GET", .pattern = "/", .handler = Keeping::run}});
        RawClient client(server.port());
        client.send(kGet);
        std::this_thread::sleep_for(150ms); // the socket fills while the timer of the handler runs
        const RawReply reply = client.readReply();
        QVERIFY(reply.complete);
        QVERIFY(reply.body.ends_with("the end"));
        QCOMPARE(reply.body.size() % 300'000, std::size_t{7});
    }
};

QTEST_GUILESS_MAIN(DisconnectTest)
#include "disconnect_test.moc"
