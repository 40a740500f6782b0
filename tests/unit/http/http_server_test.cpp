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

/// Answers later the smaller the number, so that an order kept is no accident.
awaitable<void> slowFirst(RequestPtr request, ResponderPtr responder) {
    co_await pauseFor(std::chrono::milliseconds(50 / std::stoi(std::string(request->pathParameter("id")))));
    co_await echo(request, responder);
}

awaitable<void> stream(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/event-stream", {{"X-A", "b"}});
    for (const char* piece : {"one,", "", "two,", "three"})
        co_await responder->write(piece);
    co_await responder->end();
}

awaitable<void> cutStream(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/plain", {});
    co_await responder->write("one");
    responder->abort();
}

awaitable<void> forgottenEnd(RequestPtr, ResponderPtr responder) {
    co_await responder->begin(200, "text/plain", {});
    co_await responder->write("one");
}

awaitable<void> throws(RequestPtr, ResponderPtr) {
    throw std::runtime_error("secret detail");
    co_return;
}

awaitable<void> silent(RequestPtr, ResponderPtr) {
    co_return;
}

awaitable<void> twice(RequestPtr, ResponderPtr responder) {
    co_await responder->respond({.body = "first"});
    const auto second = co_await responder->respond({.body = "second"});
    if (second || responder->started() == false)
        std::terminate();
}

awaitable<void> large(RequestPtr, ResponderPtr responder) {
    co_await responder->respond({.body = std::string(8U << 20U, 'x'), .contentType = "text/plain"});
}

std::vector<Route> routes() {
    return {{.method = "GET", .pattern = "/echo", .handler = echo},
            {.method = "POST", .pattern = "/echo", .handler = echo},
            {.method = "GET", .pattern = "/ids/{id}", .handler = echo},
            {.method = "GET", .pattern = "/slow/{id}", .handler = slowFirst},
            {.method = "GET", .pattern = "/stream", .handler = stream},
            {.method = "GET", .pattern = "/cut", .handler = cutStream},
            {.method = "GET", .pattern = "/forgotten", .handler = forgottenEnd},
            {.method = "GET", .pattern = "/throws", .handler = throws},
            {.method = "GET", .pattern = "/silent", .handler = silent},
            {.method = "GET", .pattern = "/twice", .handler = twice},
            {.method = "GET", .pattern = "/large", .handler = large},
            {.method = "GET", .pattern = "/private", .handler = echo, .tag = 1}};
}

std::optional<Response> onlyTag0(const Request& request, const Route* route) {
    if (request.header("Host") && *request.header("host") == "evil")
        return Response{.status = 421, .body = "{}"};
    if (route && route->tag == 1)
        return Response{.status = 401, .body = "{}"};
    return std::nullopt;
}

Response rendered(const Request& request, const Error& error) {
    return {.status = 999,
            .body = request.path + "|" + std::string(errorCodeName(error.code)),
            .contentType = "text/x-error"};
}

std::string get(const std::string& path, const std::string& headers = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}

std::string gzip(const std::string& text) {
    z_stream z{};
    deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&z, text.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    deflate(&z, Z_FINISH);
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

} // namespace

class HttpServerTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HttpTestServer> m_server;
    std::vector<std::string> m_failures;

    RawReply ask(const std::string& request) { return RawClient(m_server->port()).ask(request); }

private slots:
    void init() {
        ServerOptions options;
        options.lingerTimeout = 300ms;
        options.onInternalError = [this](const Request&, std::string_view what) { m_failures.emplace_back(what); };
        m_server = std::make_unique<HttpTestServer>(routes(), options, onlyTag0, rendered);
        m_failures.clear();
    }
    void cleanup() { m_server.reset(); }

    void keepsTheConnection() {
        RawClient client(m_server->port());
        for (int i = 0; i < 100; ++i) {
            const RawReply reply = client.ask(get("/ids/" + std::to_string(i)));
            QCOMPARE(reply.status, 200);
            QCOMPARE(reply.header("x-parameter"), std::to_string(i));
            QVERIFY(!reply.headers.contains("connection"));
            QVERIFY(reply.header("date").ends_with(" GMT"));
            QCOMPARE(reply.header("server"), std::string("patchbay"));
        }
        QCOMPARE(m_server->connectionCount(), std::size_t{1});
    }

    void closesWhenAsked() {
        RawClient client(m_server->port());
        const RawReply reply = client.ask(get("/echo", "Connection: close\r\n"));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.header("connection"), std::string("close"));
        QVERIFY(client.waitForClose());
    }

    void http10ClosesUnlessAskedToKeep() {
        RawClient closing(m_server->port());
        QCOMPARE(closing.ask("GET /echo HTTP/1.0\r\n\r\n").header("connection"), std::string("close"));
        QVERIFY(closing.waitForClose());
        RawClient keeping(m_server->port());
        QCOMPARE(keeping.ask("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("connection"),
                 std::string("keep-alive"));
        QCOMPARE(keeping.ask("GET /echo HTTP/1.0\r\n\r\n").status, 200);
    }

    void http10StreamsEndWithTheConnection() {
        RawClient client(m_server->port());
        client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        const RawReply reply = client.readReply();
        QCOMPARE(reply.body, std::string("one,two,three"));
        QVERIFY(!reply.headers.contains("transfer-encoding"));
        QCOMPARE(reply.header("connection"), std::string("close"));
        QVERIFY(client.ended());
    }

    void pipelinedRequestsAreAnsweredInOrder() {
        RawClient client(m_server->port());
        std::string requests;
        for (int i = 1; i <= 20; ++i)
            requests += get("/slow/" + std::to_string(i));
        requests += "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello";
        requests += "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        requests += get("/ids/last");
        client.send(requests);
        for (int i = 1; i <= 20; ++i)
            QCOMPARE(client.readReply().header("x-parameter"), std::to_string(i));
        QCOMPARE(client.readReply().body, std::string("POST /echo hello"));
        QCOMPARE(client.readReply().body, std::string("POST /echo hi"));
        QCOMPARE(client.readReply().header("x-parameter"), std::string("last"));
    }

    void requestsMayArriveByteByByte() {
        RawClient client(m_server->port());
        for (const char c :
             std::string("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"))
            client.send({&c, 1});
        QCOMPARE(client.readReply().body, std::string("POST /echo hi"));
    }

    void streamsAreChunkedAndEnd() {
        RawClient client(m_server->port());
        for (int i = 0; i < 3; ++i) {
            const RawReply reply = client.ask(get("/stream"));
            QCOMPARE(reply.status, 200);
            QCOMPARE(reply.header("transfer-encoding"), std::string("chunked"));
            QCOMPARE(reply.header("content-type"), std::string("text/event-stream"));
            QCOMPARE(reply.header("x-a"), std::string("b"));
            QCOMPARE(reply.body, std::string("one,two,three"));
        }
    }

    void cutStreamsLookCut() {
        for (const char* path : {"/cut", "/forgotten"}) {
            RawClient client(m_server->port());
            client.send(get(path));
            const std::string bytes = client.readAll();
            QVERIFY(bytes.ends_with("3\r\none\r\n"));
            QVERIFY(client.ended());
        }
    }

    void headHasTheHeadersOfGetAndNoBody() {
        RawClient client(m_server->port());
        const RawReply whole = client.ask(get("/ids/7"));
        const RawReply head = client.ask("HEAD /ids/7 HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(head.status, 200);
        QCOMPARE(head.header("content-length"), std::to_string(whole.body.size() + 1)); // "HEAD" is one longer
        QCOMPARE(client.ask("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
        QCOMPARE(client.ask("HEAD /nothing HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
        QCOMPARE(client.ask(get("/ids/8")).header("x-parameter"), std::string("8"));
    }

    void optionsAndWrongMethodsNameTheAllowedOnes() {
        RawClient client(m_server->port());
        const RawReply options = client.ask("OPTIONS /echo HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(options.status, 204);
        QCOMPARE(options.header("allow"), std::string("HEAD, GET, POST, OPTIONS"));
        QVERIFY(!options.headers.contains("content-length"));
        const RawReply refused = client.ask("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(refused.status, 405);
        QCOMPARE(refused.header("allow"), std::string("HEAD, GET, POST, OPTIONS"));
        QCOMPARE(refused.body, std::string("/echo|method_not_allowed"));
        QCOMPARE(client.ask("OPTIONS /nothing HTTP/1.1\r\nHost: x\r\n\r\n").status, 404);
    }

    void errorsAreRenderedByTheOwner() {
        RawClient client(m_server->port());
        const RawReply reply = client.ask(get("/nothing"));
        QCOMPARE(reply.status, 404);
        QCOMPARE(reply.body, std::string("/nothing|not_found"));
        QCOMPARE(reply.header("content-type"), std::string("text/x-error"));
        QCOMPARE(client.ask("GET /path HTTP/1.1\r\nX: y\r\n\r\n").body, std::string("/path|invalid_request"));
    }

    void theFilterSeesTheRouteBeforeTheBody() {
        QCOMPARE(ask(get("/private")).status, 401);
        QCOMPARE(ask("GET /echo HTTP/1.1\r\nHost: evil\r\n\r\n").status, 421);
        QCOMPARE(ask("GET http://evil/echo HTTP/1.1\r\nHost: x\r\n\r\n").status, 421);
        QCOMPARE(ask("GET /nothing HTTP/1.1\r\nHost: evil\r\n\r\n").status, 421);
        RawClient client(m_server->port());
        const RawReply large = client.ask("POST /echo HTTP/1.1\r\nHost: evil\r\nContent-Length: 1000000\r\n\r\n");
        QCOMPARE(large.status, 421);
        QVERIFY(client.waitForClose());
        RawClient keeping(m_server->port());
        QCOMPARE(keeping.ask("POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello").status, 404);
        QCOMPARE(keeping.ask(get("/echo")).status, 200);
    }

    void continueIsSentWhenTheBodyIsWanted() {
        RawClient client(m_server->port());
        const std::string head = "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: ";
        client.send(head + "5\r\n\r\n");
        QCOMPARE(client.readReply().status, 100);
        client.send("hello");
        QCOMPARE(client.readReply().body, std::string("POST /echo hello"));
        client.send(head + "2\r\n\r\nhi"); // does not wait, so needs no 100
        QCOMPARE(client.readReply().body, std::string("POST /echo hi"));
        QCOMPARE(client.ask(head + "99999999\r\n\r\n").status, 413);
    }

    void compressedBodiesArriveDecoded() {
        RawClient client(m_server->port());
        const std::string body = gzip("{\"hello\":\"world\"}");
        const RawReply reply =
            client.ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body);
        QCOMPARE(reply.body, std::string("POST /echo {\"hello\":\"world\"}"));
        QCOMPARE(ask("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n")
                     .header("accept-encoding"),
                 std::string("gzip, deflate"));
    }

    void failingHandlersGiveA500WithoutDetails() {
        RawClient client(m_server->port());
        QCOMPARE(client.ask(get("/throws")).status, 500);
        const RawReply reply = client.ask(get("/silent"));
        QCOMPARE(reply.status, 500);
        QCOMPARE(reply.body, std::string("/silent|internal"));
        QCOMPARE(client.ask(get("/echo")).status, 200);
        m_server->stop(0ms);
        QCOMPARE(m_failures, (std::vector<std::string>{"secret detail", "the handler returned without an answer"}));
    }

    void aSecondAnswerIsRefused() {
        RawClient client(m_server->port());
        QCOMPARE(client.ask(get("/twice")).body, std::string("first"));
        QCOMPARE(client.ask(get("/echo")).status, 200);
    }

    void largeAnswersArriveWhole() {
        RawClient client(m_server->port());
        QCOMPARE(client.ask(get("/large")).body.size(), std::size_t{8U << 20U});
        QCOMPARE(client.ask(get("/echo")).status, 200);
    }

    void listensOnIPv6() {
        ServerOptions options;
        options.host = "::1";
        HttpTestServer server(routes(), options);
        RawClient client(server.port(), "::1");
        if (!client.connected())
            QSKIP("no IPv6 on this machine");
        QCOMPARE(client.ask(get("/echo")).status, 200);
    }

    void aTakenPortIsAClearError() {
        asio::io_context io;
        ServerOptions options;
        options.port = m_server->port();
        HttpServer second(io.get_executor(), options, routes(), {}, {});
        const auto started = second.start();
        QVERIFY(!started);
        QVERIFY(started.error().code == ErrorCode::Conflict);
        QVERIFY(started.error().message.find("127.0.0.1:" + std::to_string(options.port)) != std::string::npos);
        QVERIFY(!started.error().hint.empty());
        options.host = "192.0.2.1";
        HttpServer elsewhere(io.get_executor(), options, routes(), {}, {});
        QVERIFY(elsewhere.start().error().code == ErrorCode::Configuration);
        options.host = "no address";
        HttpServer nowhere(io.get_executor(), options, routes(), {}, {});
        QVERIFY(nowhere.start().error().code == ErrorCode::Configuration);
    }

    void aPortCanBeTakenOverAtOnce() {
        ServerOptions options;
        options.port = m_server->port();
        RawClient client(options.port);
        QCOMPARE(client.ask(get("/echo")).status, 200);
        m_server.reset();
        HttpTestServer again(routes(), options);
        QCOMPARE(RawClient(options.port).ask(get("/echo")).status, 200);
    }

    void queryParametersAreDecoded() {
        Request request;
        request.query = "a=1&b=x%20y+z&c&%64=4";
        QCOMPARE(request.queryParameter("a"), std::optional<std::string>("1"));
        QCOMPARE(request.queryParameter("b"), std::optional<std::string>("x y z"));
        QCOMPARE(request.queryParameter("c"), std::optional<std::string>(""));
        QCOMPARE(request.queryParameter("d"), std::optional<std::string>("4"));
        QVERIFY(!request.queryParameter("e"));
    }
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "http_server_test.moc"
