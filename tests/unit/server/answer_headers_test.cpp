// What every answer carries: the id of the request, and for allowed pages CORS.
#include <QtTest>

#include "server/answer_headers.h"
#include "support/live_gateway.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

std::string get(const std::vector<http::Header>& headers, std::string_view name) {
    for (const http::Header& header : headers)
        if (header.name == name)
            return header.value;
    return {};
}

} // namespace

class AnswerHeadersTest : public QObject {
    Q_OBJECT
    ManualClock m_clock;
    IdGenerator m_ids{m_clock};

    std::vector<http::Header> headersFor(http::Request request, std::vector<http::Header> headers = {},
                                         std::vector<std::string> allowed = {"https://chat.example"}) {
        makeAnswerHeaders({.allowedOrigins = std::move(allowed)}, m_ids)(request, headers);
        return headers;
    }

private slots:
    void requestIdIsTheTraceId() {
        QCOMPARE(get(headersFor({.path = "/v1/chat/completions"}, {{"x-patchbay-trace-id", "t1"}}), "x-request-id"),
                 std::string("t1"));
        QCOMPARE(get(headersFor({.path = "/v1/messages"}, {{"x-patchbay-trace-id", "t1"}}), "request-id"),
                 std::string("t1"));
        QVERIFY(!get(headersFor({.path = "/v1/models"}), "x-request-id").empty());
        QCOMPARE(headersFor({.path = "/v1/models"}, {{"x-request-id", "theirs"}}).size(), std::size_t(1));
    }

    void preflightOfAnAllowedPage() {
        http::Request request{.method = "OPTIONS", .path = "/v1/chat/completions"};
        request.headers = {{"Origin", "https://chat.example"},
                           {"Access-Control-Request-Method", "POST"},
                           {"Access-Control-Request-Headers", "authorization,content-type,x-stainless-os"}};
        const auto headers = headersFor(request, {{"Allow", "POST, OPTIONS"}});
        QCOMPARE(get(headers, "access-control-allow-origin"), std::string("https://chat.example"));
        QCOMPARE(get(headers, "access-control-allow-methods"), std::string("POST, OPTIONS"));
        QCOMPARE(get(headers, "access-control-allow-headers"),
                 std::string("authorization,content-type,x-stainless-os"));
        QVERIFY(!get(headers, "access-control-max-age").empty());
        QCOMPARE(get(headers, "vary"), std::string("Origin"));
    }

    void answersToAllowedPagesCanBeRead() {
        http::Request request{.method = "POST", .path = "/v1/chat/completions"};
        request.headers = {{"Origin", "https://chat.example"}};
        const auto headers = headersFor(request);
        QCOMPARE(get(headers, "access-control-allow-origin"), std::string("https://chat.example"));
        for (const char* name : {"x-patchbay-trace-id", "x-request-id", "request-id"})
            QVERIFY(get(headers, "access-control-expose-headers").find(name) != std::string::npos);
        QVERIFY(get(headers, "access-control-allow-methods").empty());
        QVERIFY(!get(headersFor(request, {}, {"*"}), "access-control-allow-origin").empty());
    }

    void othersGetNothing() {
        http::Request request{.method = "POST", .path = "/v1/chat/completions"};
        QVERIFY(get(headersFor(request), "vary").empty());
        request.headers = {{"Origin", "https://evil.example"}};
        QVERIFY(get(headersFor(request), "access-control-allow-origin").empty());
        request.headers = {{"Origin", "https://chat.example"}};
        QVERIFY(get(headersFor(request, {}, {}), "access-control-allow-origin").empty());
    }

    void everyAnswerOfTheServerCarriesAnId_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("headers");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("name");
        const auto add = [](const char* name, const char* method, const char* path, const char* headers, int status,
                            const char* header) {
            QTest::newRow(name) << method << path << headers << status << header;
        };
        add("success", "GET", "/v1/models", "", 200, "x-request-id: ");
        add("401", "GET", "/v1/models", "authorization: Bearer pb_wrong\r\n", 401, "x-request-id: ");
        add("403", "GET", "/v1/models", "origin: https://evil.example\r\n", 403, "x-request-id: ");
        add("404", "GET", "/v1/nothing", "", 404, "x-request-id: ");
        add("405", "DELETE", "/v1/models", "", 405, "x-request-id: ");
        add("401 of Anthropic", "POST", "/v1/messages", "x-api-key: pb_wrong\r\n", 401, "request-id: ");
        add("404 of Anthropic", "GET", "/v1/messages/x", "", 404, "request-id: ");
        add("405 of Anthropic", "GET", "/v1/messages", "", 405, "request-id: ");
    }
    void everyAnswerOfTheServerCarriesAnId() {
        QFETCH(QString, method);
        QFETCH(QString, path);
        QFETCH(QString, headers);
        QFETCH(int, status);
        QFETCH(QString, name);
        LiveGateway gateway;
        const HttpAnswer answer =
            gateway.ask(method.toStdString(), path.toStdString(), std::string(), headers.toStdString());
        QCOMPARE(answer.status, status);
        QVERIFY2(answer.head.find("\r\n" + name.toStdString()) != std::string::npos, answer.head.c_str());
        if (name == "request-id: ")
            QVERIFY2(!stringOr(answer.json(), "request_id").empty(), answer.body.c_str());
    }

    void whatIsNotFoundIsAPathOrAModel() {
        LiveGateway gateway;
        QCOMPARE(gateway.ask("GET", "/v1/nothing").errorCode(), std::string("not_found"));
        QCOMPARE(gateway.ask("GET", "/v1/models/nope").errorCode(), std::string("model_not_found"));
    }

    void whatIsNotKnownIsLeftOut() {
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/v1/chat/completions", "{\"messages\":[]}");
        QCOMPARE(answer.status, 400);
        QVERIFY(answer.head.find("x-patchbay-trace-id: ") != std::string::npos);
        for (const char* name : {"x-patchbay-model", "x-patchbay-provider", "x-patchbay-deployment"})
            QVERIFY2(answer.head.find(name) == std::string::npos, answer.head.c_str());
    }
};

QTEST_GUILESS_MAIN(AnswerHeadersTest)
#include "answer_headers_test.moc"
