// /api/ws with Qt's own WebSocket client: several chats on one socket, cancellation, refusals, disconnects.
#include <QtTest>

#include <QJsonDocument>
#include <QJsonObject>
#include <QWebSocket>

#include "support/live_gateway.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

// Keeps all that came.
class Client {
public:
    explicit Client(const LiveGateway& gateway) {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, [this](const QString& text) {
            received.push_back(QJsonDocument::fromJson(text.toUtf8()).object());
        });
        socket.open(QUrl(QString("ws://127.0.0.1:%1/api/ws").arg(gateway.server->port())));
    }
    bool connected() {
        return QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::ConnectedState; });
    }
    void send(const QByteArray& json) { socket.sendTextMessage(QString::fromUtf8(json)); }
    std::vector<QJsonObject> of(const QJsonValue& id, const QString& type) const {
        std::vector<QJsonObject> found;
        for (const QJsonObject& message : received)
            if (message["id"] == id && message["type"] == type)
                found.push_back(message);
        return found;
    }
    bool waitFor(const QJsonValue& id, const QString& type) {
        return QTest::qWaitFor([&] { return !of(id, type).empty(); });
    }

    QWebSocket socket;
    std::vector<QJsonObject> received;
};

} // namespace

class WebSocketSurfaceTest : public QObject {
    Q_OBJECT

private slots:
    void aMessageWithoutATypeIsAChat() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        client.send("{\"id\":\"2\",\"model\":\"echo\",\"message\":\"hi\"}");
        QVERIFY(client.waitFor("2", "done"));
        QCOMPARE(client.of("2", "message").front()["delta"].toString(), QString("hi"));
    }

    void chatEndsWithDone() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        client.send(R"({"type":"chat","id":"a","message":"你好"})");
        QVERIFY(client.waitFor("a", "done"));
        QCOMPARE(client.of("a", "message").front()["delta"].toString(), QString("你好"));
        QCOMPARE(client.of("a", "usage").size(), std::size_t(1));
        const QJsonObject done = client.of("a", "done").front();
        QCOMPARE(done["finish_reason"].toString(), QString("stop"));
        const auto reply = gateway.call(gateway.history->message(done["message_id"].toString().toStdString()));
        QCOMPARE(textOf(reply->message), std::string("你好"));
        client.send(R"({"type":"ping"})");
        QVERIFY(client.waitFor(QJsonValue::Null, "pong"));
        client.send(R"({"type":"chat","id":"a","message":"again"})"); // the id is free again
        QVERIFY(QTest::qWaitFor([&] { return client.of("a", "done").size() == 2; }));
    }

    void cancelStopsOneChatAndKeepsTheOther() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        client.send(R"({"type":"chat","id":1,"model":"slow","message":"one"})");
        client.send(R"({"type":"chat","id":2,"model":"slow","message":"two"})");
        QVERIFY(client.waitFor(1, "message") && client.waitFor(2, "message"));
        QCOMPARE(gateway.scripted->script.running.load(), 2);
        client.send(R"({"type":"cancel","id":1})");
        QVERIFY(client.waitFor(1, "done"));
        const QJsonObject stopped = client.of(1, "done").front();
        QCOMPARE(stopped["finish_reason"].toString(), QString("stopped"));
        QVERIFY(client.of(1, "error").empty());
        const auto reply = gateway.call(gateway.history->message(stopped["message_id"].toString().toStdString()));
        QCOMPARE(reply->status, MessageStatus::Stopped);
        QCOMPARE(textOf(reply->message), std::string("partial"));
        QCOMPARE(gateway.scripted->script.running.load(), 1);
        QVERIFY(client.of(2, "done").empty());
        gateway.scripted->script.released = true;
        QVERIFY(client.waitFor(2, "done"));
        QCOMPARE(client.of(2, "done").front()["finish_reason"].toString(), QString("stop"));
    }

    void cancelBeforeTheFirstToken() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        client.send(R"({"type":"chat","id":"a","model":"silent","message":"x"})");
        QTRY_COMPARE(gateway.scripted->script.running.load(), 1);
        client.send(R"({"type":"cancel","id":"a"})");
        QVERIFY(client.waitFor("a", "done"));
        QCOMPARE(client.of("a", "done").front()["finish_reason"].toString(), QString("stopped"));
        QCOMPARE(gateway.scripted->script.cancelled.load(), 1);
        client.send(R"({"type":"cancel","id":"a"})"); // too late, and no harm
        client.send(R"({"type":"ping","id":"p"})");
        QVERIFY(client.waitFor("p", "pong"));
        QCOMPARE(client.received.back()["type"].toString(), QString("pong"));
    }

    void refusalsLeaveTheConnectionOpen_data() {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QString>("code");
        QTest::newRow("no json") << QByteArray("{") << "invalid_request";
        QTest::newRow("no object") << QByteArray("[1]") << "invalid_request";
        QTest::newRow("no id") << QByteArray(R"({"type":"chat","message":"x"})") << "invalid_request";
        QTest::newRow("odd id") << QByteArray(R"({"type":"chat","id":{},"message":"x"})") << "invalid_request";
        QTest::newRow("unknown type") << QByteArray(R"({"type":"dance","id":"a"})") << "invalid_request";
        QTest::newRow("no message") << QByteArray(R"({"type":"chat","id":"a"})") << "invalid_request";
        QTest::newRow("unknown model") << QByteArray(R"({"type":"chat","id":"a","message":"x","model":"nobody"})")
                                       << "not_found";
        QTest::newRow("id in use") << QByteArray(R"({"type":"chat","id":"running","message":"x"})") << "conflict";
    }
    void refusalsLeaveTheConnectionOpen() {
        QFETCH(QByteArray, message);
        QFETCH(QString, code);
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        client.send(R"({"type":"chat","id":"running","model":"slow","message":"x"})");
        QVERIFY(client.waitFor("running", "message"));
        client.send(message);
        QVERIFY(QTest::qWaitFor([&] { return client.received.back()["type"] == "error"; }));
        QCOMPARE(client.received.back()["code"].toString(), code);
        QCOMPARE(client.received.back()["refused"].toBool(), true);
        gateway.scripted->script.released = true;
        QVERIFY(client.waitFor("running", "done"));
        QCOMPARE(client.of("running", "done").front()["finish_reason"].toString(), QString("stop"));
    }

    void failedChatSaysWhyAndEnds() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        for (const char* model : {"break", "refuse"}) {
            client.send(QByteArray(R"({"type":"chat","id":")") + model + R"(","message":"x","model":")" + model +
                        "\"}");
            QVERIFY(client.waitFor(model, "done"));
            QCOMPARE(client.of(model, "error").size(), std::size_t(1));
            QVERIFY(!client.of(model, "error").front().contains("refused"));
            QCOMPARE(client.of(model, "done").front()["finish_reason"].toString(), QString("error"));
        }
    }

    void tooManyChatsAreRefused() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        for (std::size_t i = 0; i <= kMaxChatsPerSocket; ++i)
            client.send(QByteArray(R"({"type":"chat","store":false,"model":"slow","message":"x","id":)") +
                        QByteArray::number(qulonglong(i)) + "}");
        QVERIFY(client.waitFor(qint64(kMaxChatsPerSocket), "error"));
        QCOMPARE(client.of(qint64(kMaxChatsPerSocket), "error").front()["code"].toString(), QString("rate_limited"));
        gateway.scripted->script.released = true;
        for (std::size_t i = 0; i < kMaxChatsPerSocket; ++i)
            QVERIFY(client.waitFor(qint64(i), "done"));
    }

    void disconnectStopsAllAndKeepsThePartials() {
        LiveGateway gateway;
        {
            Client client(gateway);
            QVERIFY(client.connected());
            client.send(R"({"type":"chat","id":"a","model":"slow","message":"one"})");
            client.send(R"({"type":"chat","id":"b","model":"slow","message":"two"})");
            QVERIFY(client.waitFor("a", "message") && client.waitFor("b", "message"));
            client.socket.abort();
        }
        QTRY_COMPARE(gateway.scripted->script.cancelled.load(), 2);
        const auto page = gateway.call(gateway.history->listConversations({})).value();
        QCOMPARE(page.items.size(), std::size_t(2));
        for (const Conversation& conversation : page.items) {
            const auto reply = [&] {
                return gateway.call(gateway.history->tree(conversation.id)).value().messages.back();
            };
            QTRY_COMPARE(reply().status, MessageStatus::Stopped);
            QCOMPARE(textOf(reply().message), std::string("partial"));
        }
        QTRY_COMPARE(gateway.server->connectionCount(), std::size_t(0));
        QVERIFY(gateway.internalErrors.empty());
    }

    void stoppingServerLetsRunningChatsEnd() {
        LiveGateway gateway;
        Client client(gateway);
        QVERIFY(client.connected());
        client.send(R"({"type":"chat","id":"a","model":"slow","message":"one"})");
        QVERIFY(client.waitFor("a", "message"));
        auto stopped = asio::co_spawn(gateway.io, gateway.server->stop(Milliseconds(5000)), asio::use_future);
        client.send(R"({"type":"ping"})");
        gateway.scripted->script.released = true;
        QVERIFY(client.waitFor("a", "done"));
        QCOMPARE(client.of("a", "done").front()["finish_reason"].toString(), QString("stop"));
        stopped.get();
    }
};

QTEST_GUILESS_MAIN(WebSocketSurfaceTest)
#include "websocket_surface_test.moc"
