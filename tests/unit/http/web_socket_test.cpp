#include <QSignalSpy>
#include <QTest>
#include <QWebSocket>

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

using Socket = std::shared_ptr<WebSocket>;

struct Log {
    std::atomic<bool> ended{false};
    std::atomic<bool> cancelled{false};
    std::atomic<bool> sawEnd{false};
    std::string error;
};

awaitable<void> echoLoop(Log* log, RequestPtr, ResponderPtr responder) {
    auto accepted = co_await responder->acceptWebSocket();
    if (!accepted) {
        co_await responder->respond({.status = accepted.error().httpStatus(), .body = accepted.error().message});
        co_return;
    }
    const Socket socket = *accepted;
    try {
        while (true) {
            auto message = co_await socket->receive();
            if (!message) {
                log->error = std::string(errorCodeName(message.error().code));
                break;
            }
            if (!*message) {
                log->sawEnd = true;
                break;
            }
            if (**message == "close me") {
                co_await socket->close(4001, "as you wish");
                break;
            }
            co_await socket->send(**message);
        }
    } catch (const boost::system::system_error&) {
        log->cancelled = true;
    }
    log->ended = true;
}

awaitable<void> sendMany(Socket socket, int sender, int count) {
    for (int i = 0; i < count; ++i)
        co_await socket->send(std::to_string(sender) + ":" + std::to_string(i) + std::string(5000, '.'));
}

/// Four coroutines send at once while one receives; a fifth is cancelled again and again in mid-send.
awaitable<void> manySenders(RequestPtr, ResponderPtr responder) {
    auto accepted = co_await responder->acceptWebSocket();
    const Socket socket = *accepted;
    for (int i = 0; i < 50; ++i)
        co_await (sendMany(socket, 9, 1000) || sendMany(socket, 8, 1));
    co_await (sendMany(socket, 0, 200) && sendMany(socket, 1, 200) && sendMany(socket, 2, 200) &&
              sendMany(socket, 3, 200));
    co_await socket->send("done");
    co_await socket->receive();
}

/// Works without receiving.
awaitable<void> deaf(Log* log, RequestPtr, ResponderPtr responder) {
    auto accepted = co_await responder->acceptWebSocket();
    co_await (*accepted)->send("ready");
    try {
        co_await pauseFor(1h);
    } catch (const boost::system::system_error&) {
        log->cancelled = true;
    }
    log->ended = true;
}

template <auto function> struct WithLog {
    Log* log;
    awaitable<void> operator()(RequestPtr request, ResponderPtr responder) const {
        return function(log, request, responder);
    }
};

} // namespace

class WebSocketTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Log> m_log;
    std::unique_ptr<HttpTestServer> m_server;

    QUrl url(const QString& path) const {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(m_server->port()).arg(path));
    }
    bool open(QWebSocket& socket, const QString& path) {
        QSignalSpy connected(&socket, &QWebSocket::connected);
        socket.open(url(path));
        return connected.wait(5000);
    }
    void serve(ServerOptions options = {}) {
        m_log = std::make_unique<Log>();
        m_server = std::make_unique<HttpTestServer>(
            std::vector<Route>{{.method = "GET", .pattern = "/echo", .handler = WithLog<echoLoop>{m_log.get()}},
                               {.method = "GET", .pattern = "/many", .handler = manySenders},
                               {.method = "GET", .pattern = "/deaf", .handler = WithLog<deaf>{m_log.get()}}},
            options);
    }

private slots:
    void cleanup() { m_server.reset(); }

    void messagesComeBack() {
        serve();
        QWebSocket socket;
        QVERIFY(open(socket, "/echo"));
        QSignalSpy messages(&socket, &QWebSocket::textMessageReceived);
        const QStringList sent{"hello", "漢字 👋", QString(200'000, 'x'), ""};
        for (const QString& text : sent)
            socket.sendTextMessage(text);
        QTRY_COMPARE(messages.count(), sent.size());
        for (int i = 0; i < sent.size(); ++i)
            QCOMPARE(messages.at(i).at(0).toString(), sent.at(i));
        QSignalSpy closed(&socket, &QWebSocket::disconnected);
        socket.close();
        QTRY_COMPARE(closed.count(), 1);
        QTRY_VERIFY(m_log->ended);
        QVERIFY(m_log->sawEnd);
        QTRY_COMPARE(m_server->connectionCount(), std::size_t{0});
    }

    void theHandlerCloses() {
        serve();
        QWebSocket socket;
        QVERIFY(open(socket, "/echo"));
        QSignalSpy closed(&socket, &QWebSocket::disconnected);
        socket.sendTextMessage("close me");
        QVERIFY(closed.wait(5000));
        QCOMPARE(static_cast<int>(socket.closeCode()), 4001);
        QCOMPARE(socket.closeReason(), QString("as you wish"));
        QTRY_COMPARE(m_server->connectionCount(), std::size_t{0});
    }

    void aMessageOverTheLimitIsRefused() {
        ServerOptions options;
        options.bodyLimit = 10'000;
        serve(options);
        QWebSocket socket;
        QVERIFY(open(socket, "/echo"));
        QSignalSpy closed(&socket, &QWebSocket::disconnected);
        socket.sendTextMessage(QString(10'001, 'x'));
        QVERIFY(closed.wait(5000));
        QCOMPARE(socket.closeCode(), QWebSocketProtocol::CloseCodeTooMuchData);
        QTRY_VERIFY(m_log->ended);
        QCOMPARE(m_log->error, std::string("too_large"));
    }

    void binaryMessagesAreRefused() {
        serve();
        QWebSocket socket;
        QVERIFY(open(socket, "/echo"));
        QSignalSpy closed(&socket, &QWebSocket::disconnected);
        socket.sendBinaryMessage("x");
        QVERIFY(closed.wait(5000));
        QCOMPARE(socket.closeCode(), QWebSocketProtocol::CloseCodeDatatypeNotSupported);
        QTRY_VERIFY(m_log->ended);
        QCOMPARE(m_log->error, std::string("invalid_request"));
    }

    void sendersAreSerialisedAndCancelsTearNothing() {
        serve();
        QWebSocket socket;
        QList<int> next{0, 0, 0, 0};
        bool inOrder = true;
        bool done = false;
        connect(&socket, &QWebSocket::textMessageReceived, this, [&](const QString& text) {
            done = done || text == "done";
            const int sender = text.section(':', 0, 0).toInt();
            if (done || sender > 3)
                return;
            const QString number = text.section(':', 1).section('.', 0, 0);
            inOrder = inOrder && number.toInt() == next[sender]++ && text.size() == 5000 + 2 + number.size();
        });
        QVERIFY(open(socket, "/many"));
        QTRY_VERIFY_WITH_TIMEOUT(done, 20'000);
        QVERIFY(inOrder);
        QCOMPARE(next, (QList<int>{200, 200, 200, 200}));
    }

    void aLostClientCancelsAHandlerThatDoesNotReceive() {
        serve();
        RawClient client(m_server->port());
        client.send("GET /deaf HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        std::string bytes;
        while (bytes.find("ready") == std::string::npos && !client.ended())
            bytes += client.readSome();
        QVERIFY(bytes.starts_with("HTTP/1.1 101 "));
        const auto begin = std::chrono::steady_clock::now();
        client.halfClose();
        while (!m_log->ended && std::chrono::steady_clock::now() - begin < 5s)
            std::this_thread::sleep_for(1ms);
        QVERIFY(m_log->cancelled);
        QVERIFY(std::chrono::steady_clock::now() - begin < 100ms);
        QTRY_COMPARE(m_server->connectionCount(), std::size_t{0});
    }

    void aDeadPeerIsNoticedByPings() {
        ServerOptions options;
        options.webSocketIdleTimeout = 400ms;
        serve(options);
        RawClient client(m_server->port()); // never answers a ping
        client.send("GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QVERIFY(client.readSome().starts_with("HTTP/1.1 101 "));
        QCOMPARE(client.readSome(5s), std::string("\x89\x00", 2));
        QVERIFY(client.waitForClose(5s));
        QTRY_VERIFY(m_log->ended);
        // QWebSocket answers pings, so it stays.
        QWebSocket socket;
        QVERIFY(open(socket, "/echo"));
        QTest::qWait(1000);
        QSignalSpy messages(&socket, &QWebSocket::textMessageReceived);
        socket.sendTextMessage("still here");
        QVERIFY(messages.wait(5000));
    }

    void noHandshakeIsAnOrdinaryRefusal() {
        serve();
        RawClient client(m_server->port());
        QCOMPARE(client.ask("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").status, 400);
        QCOMPARE(client
                     .ask("GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                     .status,
                 400);
    }

    void brokenFramesEndTheSession() {
        serve();
        RawClient client(m_server->port());
        client.send("GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        QVERIFY(client.readSome().starts_with("HTTP/1.1 101 "));
        client.send(std::string("\x81\x05hello", 7)); // a client must mask
        QVERIFY(client.waitForClose(5s));
        QTRY_VERIFY(m_log->ended);
        QCOMPARE(m_log->error, std::string("invalid_request"));
    }

    void stoppingEndsReceivingAndClosesWithGoingAway() {
        serve();
        QWebSocket socket;
        QVERIFY(open(socket, "/echo"));
        QSignalSpy closed(&socket, &QWebSocket::disconnected);
        auto stopped = m_server->stopLater(10s);
        QVERIFY(closed.wait(5000));
        QCOMPARE(socket.closeCode(), QWebSocketProtocol::CloseCodeGoingAway);
        stopped.get();
        QVERIFY(m_log->sawEnd);
    }
};

QTEST_GUILESS_MAIN(WebSocketTest)
#include "web_socket_test.moc"
