// What a hostile or broken client may send, byte by byte, and what must come of it: a reply with a JSON body wherever
// one can be written, and a server that serves the next one.
#include <QTest>

#include "base/json.h"
#include "support/http_test_server.h"
#include "support/raw_client.h"
#include "unit/http/http_handlers.h"

using namespace patchbay;
using namespace patchbay::http;
using namespace std::chrono_literals;

namespace {

ServerOptions quick() {
    ServerOptions options;
    options.headerTimeout = 300ms;
    options.bodyTimeout = 300ms;
    options.lingerTimeout = 300ms;
    options.bodyLimit = 1U << 20U;
    return options;
}

std::vector<Route> routes() {
    return {{.method = "GET", .pattern = "/", .handler = echo},
            {.method = "GET", .pattern = "/a/{id}", .handler = echo},
            {.method = "POST", .pattern = "/", .handler = echo}};
}

std::string get(const std::string& headers) {
    return "GET / HTTP/1.1\r\n" + headers + "\r\n";
}
std::string post(const std::string& headers, const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
}
std::string line(const std::string& requestLine) {
    return requestLine + "\r\nHost: x\r\n\r\n";
}
QByteArray bytesOf(const std::string& text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

class MalformedRequestTest : public QObject {
    Q_OBJECT

    std::unique_ptr<HttpTestServer> m_server;

private slots:
    void initTestCase() { m_server = std::make_unique<HttpTestServer>(routes(), quick()); }
    void cleanupTestCase() { m_server.reset(); }

    void getsItsStatus_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char* name, const std::string& bytes, int status) {
            QTest::newRow(name) << bytesOf(bytes) << status;
        };
        const std::string host = "Host: x\r\n";

        // Well formed, so that a server that refuses everything does not pass.
        row("plain GET", get(host), 200);
        row("empty line before the request", "\r\n" + get(host), 200);
        row("several empty lines before", "\r\n\r\n\r\n" + get(host), 200);
        row("POST with length", post("Content-Length: 5\r\n", "hello"), 200);
        row("POST chunked", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 200);
        row("POST Chunked in capitals", post("Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n"), 200);
        row("chunk extension", post("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n"), 200);
        row("trailer", post("Transfer-Encoding: chunked\r\n", "0\r\nX-A: b\r\n\r\n"), 200);
        row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200);
        row("absolute target", "GET http://x/ HTTP/1.1\r\nHost: y\r\n\r\n", 200);
        row("tab around a value", get("Host:\tx\t\r\n"), 200);
        row("obs-text in a value", get(host + "X-A: \xE4\r\n"), 200);
        row("empty value", get(host + "X-A:\r\n"), 200);
        row("IPv6 Host", get("Host: [::1]:80\r\n"), 200);
        row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 204);

        // Two requests in disguise.
        row("length and chunked", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
        row("chunked and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400);
        row("two equal lengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), 400);
        row("two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), 400);
        row("list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400);
        row("negative length", post("Content-Length: -1\r\n", ""), 400);
        row("signed length", post("Content-Length: +5\r\n", "hello"), 400);
        row("text length", post("Content-Length: five\r\n", "hello"), 400);
        row("hexadecimal length", post("Content-Length: 0x5\r\n", "hello"), 400);
        row("length with junk", post("Content-Length: 5a\r\n", "hello"), 400);
        row("length with a blank inside", post("Content-Length: 5 5\r\n", "hello"), 400);
        row("empty length", post("Content-Length:\r\n", ""), 400);
        row("length over 64 bits", post("Content-Length: 18446744073709551621\r\n", "hello"), 400);
        row("huge length", post("Content-Length: 99999999999999999999999999\r\n", "hello"), 400);
        row("largest length", post("Content-Length: 18446744073709551615\r\n", "hello"), 413);
        row("length over the limit", post("Content-Length: 1048577\r\n", ""), 413);
        row("two Transfer-Encodings", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
            400);
        row("chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 400);
        row("chunked not last", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n"), 400);
        row("identity", post("Transfer-Encoding: identity\r\n", "0\r\n\r\n"), 400);
        row("xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 400);
        row("quoted chunked", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"), 400);
        row("gzip transfer coding", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501);
        row("empty Transfer-Encoding", post("Transfer-Encoding:\r\n", "0\r\n\r\n"), 400);
        row("blank before the colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"), 400);
        row("tab before the colon", post("Content-Length\t: 5\r\n", "hello"), 400);
        row("vertical tab in the value",
            post("Transfer-Encoding: \x0b"
                 "chunked\r\n",
                 "0\r\n\r\n"),
            400);
        row("chunked in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);

        // Chunks.
        for (const auto& [name, body] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"chunk size missing", "\r\nhello\r\n0\r\n\r\n"},
                 {"chunk size text", "xyz\r\nhello\r\n0\r\n\r\n"},
                 {"chunk size negative", "-5\r\nhello\r\n0\r\n\r\n"},
                 {"chunk size with 0x", "0x5\r\nhello\r\n0\r\n\r\n"},
                 {"chunk size with blanks", "5  \r\nhello\r\n0\r\n\r\n"},
                 {"chunk size over 64 bits", "10000000000000005\r\nhello\r\n0\r\n\r\n"},
                 {"chunk size bare LF", "5\nhello\r\n0\r\n\r\n"},
                 {"chunk data longer than its size", "4\r\nhello\r\n0\r\n\r\n"},
                 {"chunk data shorter than its size", "7\r\nhello\r\n0\r\n\r\n"},
                 {"chunk end bare LF", "5\r\nhello\n0\r\n\r\n"},
                 {"chunk extension with LF", "5;a\nb\r\nhello\r\n0\r\n\r\n"},
                 {"chunk extension with CR", "5;a\rb\r\nhello\r\n0\r\n\r\n"},
                 {"trailer bare LF", "0\r\nA: b\n\r\n"},
                 {"trailer folded", "0\r\n A: b\r\n\r\n"}})
            row(name, post("Transfer-Encoding: chunked\r\n", body), 400);
        row("chunk extension without end", post("Transfer-Encoding: chunked\r\n", "5;" + std::string(40'000, 'a')),
            400);
        row("trailers without end", post("Transfer-Encoding: chunked\r\n", "0\r\nA: " + std::string(40'000, 'a')), 400);
        row("chunk over the limit", post("Transfer-Encoding: chunked\r\n", "200000\r\n"), 413);
        row("chunks of leading zeros", post("Transfer-Encoding: chunked\r\n", std::string(200, '0')), 400);

        // Line ends and control bytes.
        row("bare LF everywhere", "GET / HTTP/1.1\nHost: x\n\n", 400);
        row("bare LF after the request line", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400);
        row("bare LF after a header", "GET / HTTP/1.1\r\nHost: x\nX: y\r\n\r\n", 400);
        row("bare LF ends the head", "GET / HTTP/1.1\r\nHost: x\r\n\n", 400);
        row("bare CR in a value", get(host + "X: a\rb\r\n"), 400);
        row("bare CR before a header", get(host + "\rX: a\r\n"), 400);
        row("CR CR LF", "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n", 400);
        row("NUL in a value", get(host + std::string("X: a\0b\r\n", 8)), 400);
        row("NUL in a name", get(host + std::string("X\0: a\r\n", 7)), 400);
        row("NUL in the target", std::string("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", 28), 400);
        row("DEL in a value", get(host + "X: a\x7f\r\n"), 400);
        row("folded header", get(host + "X: a\r\n b\r\n"), 400);
        row("folded with a tab", get(host + "X: a\r\n\tb\r\n"), 400);
        row("folded first header", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400);

        // Header lines.
        row("no colon", get(host + "X\r\n"), 400);
        row("empty name", get(host + ": x\r\n"), 400);
        row("blank in a name", get(host + "X Y: x\r\n"), 400);
        row("umlaut in a name", get(host + "X\xE4: x\r\n"), 400);
        row("brackets in a name", get(host + "X(y): x\r\n"), 400);

        // Host.
        row("no Host", get(""), 400);
        row("two Hosts", get("Host: x\r\nHost: x\r\n"), 400);
        row("two different Hosts", get("Host: x\r\nhost: y\r\n"), 400);
        row("empty Host", get("Host:\r\n"), 400);
        row("Host with a path", get("Host: x/y\r\n"), 400);
        row("Host with user", get("Host: a@x\r\n"), 400);
        row("Host list", get("Host: x, y\r\n"), 400);
        row("Host with blank", get("Host: x y\r\n"), 400);
        row("Host with bad port", get("Host: x:99999\r\n"), 400);
        row("Host with open bracket", get("Host: [::1\r\n"), 400);
        row("absolute target without Host", "GET http://x/ HTTP/1.1\r\n\r\n", 400);
        row("absolute target with a bad host", "GET http://a@b/ HTTP/1.1\r\nHost: b\r\n\r\n", 400);

        // Request line.
        row("nothing but a method", "GET\r\n\r\n", 400);
        row("no version", "GET /\r\n\r\n", 400);
        row("HTTP/0.9", "GET / \r\n\r\n", 400);
        row("HTTP/2.0", line("GET / HTTP/2.0"), 505);
        row("HTTP/1.2", line("GET / HTTP/1.2"), 505);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
        row("lower case version", line("GET / http/1.1"), 400);
        row("HTTP/1.10", line("GET / HTTP/1.10"), 400);
        row("HTTP/11", line("GET / HTTP/11"), 400);
        row("two blanks", line("GET  / HTTP/1.1"), 400);
        row("blank after the version", line("GET / HTTP/1.1 "), 400);
        row("blank first", line(" GET / HTTP/1.1"), 400);
        row("tab between", line("GET\t/ HTTP/1.1"), 400);
        row("blank in the target", line("GET /a b HTTP/1.1"), 400);
        row("umlaut in the target", line("GET /\xE4 HTTP/1.1"), 400);
        row("relative target", line("GET a HTTP/1.1"), 400);
        row("fragment", line("GET /#a HTTP/1.1"), 400);
        row("other scheme", line("GET ftp://x/ HTTP/1.1"), 400);
        row("asterisk with GET", line("GET * HTTP/1.1"), 400);
        row("unknown method", line("BREW / HTTP/1.1"), 501);
        row("lower case method", line("get / HTTP/1.1"), 501);
        row("CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n", 501);
        row("TRACE", line("TRACE / HTTP/1.1"), 501);
        row("bad method character", line("G@T / HTTP/1.1"), 400);
        row("TLS greeting", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400);
        row("random bytes", "\x80\x81\x82\x83\r\n\r\n", 400);
        row("a reply", "HTTP/1.1 200 OK\r\n\r\n", 400);

        // Paths.
        row("unknown path", line("GET /nothing HTTP/1.1"), 404);
        row("double slash", line("GET //a HTTP/1.1"), 404);
        row("dot segment", line("GET /a/../b HTTP/1.1"), 400);
        row("encoded dot segment", line("GET /a/%2e%2E HTTP/1.1"), 400);
        row("encoded slash and dots", line("GET /a/..%2f..%2fetc HTTP/1.1"), 400);
        row("bad escape", line("GET /a/%zz HTTP/1.1"), 400);
        row("cut escape", line("GET /a/%2 HTTP/1.1"), 400);
        row("encoded NUL", line("GET /a/%00 HTTP/1.1"), 400);
        row("overlong UTF-8", line("GET /a/%C0%AF HTTP/1.1"), 400);
        row("other method", line("DELETE / HTTP/1.1"), 405);

        // Bodies.
        row("unknown content encoding", post("Content-Encoding: br\r\nContent-Length: 1\r\n", "x"), 415);
        row("two content encodings", post("Content-Encoding: gzip, gzip\r\nContent-Length: 1\r\n", "x"), 415);
        row("no gzip", post("Content-Encoding: gzip\r\nContent-Length: 5\r\n", "hello"), 400);
        row("other expectation", post("Expect: tea\r\nContent-Length: 5\r\n", "hello"), 417);

        // Too much, too little.
        row("head over the limit", get(host + "X: " + std::string(70'000, 'a') + "\r\n"), 431);
        row("target over the limit", line("GET /" + std::string(70'000, 'a') + " HTTP/1.1"), 431);
        std::string many = host;
        for (int i = 0; i < 300; ++i)
            many += "X-" + std::to_string(i) + ": y\r\n";
        row("too many headers", get(many), 431);
        row("head without end", "GET / HTTP/1.1\r\nHost: x\r\n", 408);
        row("method without end", "GET", 408);
        row("body without end", post("Content-Length: 10\r\n", "hello"), 408);
        row("chunks without end", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n"), 408);
    }

    void getsItsStatus() {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        RawClient client(m_server->port());
        client.send({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        const RawReply reply = client.readReply();
        QCOMPARE(reply.status, status);
        QVERIFY(reply.complete);
        if (status < 400)
            return;
        const auto body = parseJson(reply.body);
        QVERIFY2(body, reply.body.c_str());
        QVERIFY(findObject(body->as_object(), "error"));
        // A refused framing must never be followed by another request on the same connection.
        if (status != 404 && status != 405) {
            QCOMPARE(reply.header("connection"), std::string("close"));
            QVERIFY(client.waitForClose());
        }
        QCOMPARE(RawClient(m_server->port()).ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
    }

    void earlyEndsAreSurvived_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("CR") << QByteArray("\r");
        QTest::newRow("half a head") << QByteArray("GET / HT");
        QTest::newRow("half a body") << bytesOf(post("Content-Length: 10\r\n", "hello"));
        QTest::newRow("half a chunk") << bytesOf(post("Transfer-Encoding: chunked\r\n", "5\r\nhe"));
        QTest::newRow("a request") << bytesOf(get("Host: x\r\n"));
        QTest::newRow("expecting") << bytesOf(post("Expect: 100-continue\r\nContent-Length: 5\r\n", ""));
    }

    void earlyEndsAreSurvived() {
        QFETCH(QByteArray, bytes);
        const std::string_view text(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        const auto port = m_server->port();
        RawClient closing(port);
        closing.send(text);
        closing.close();
        RawClient resetting(port);
        resetting.send(text);
        resetting.reset();
        RawClient halfClosing(port);
        halfClosing.send(text);
        halfClosing.halfClose();
        QVERIFY(halfClosing.waitForClose());
        QCOMPARE(RawClient(port).ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n").status, 200);
    }

    void halfARequestIsAnsweredAfterAHalfClose() {
        RawClient client(m_server->port());
        client.send("GET / HTTP/1.1\r\nHo");
        client.halfClose();
        QCOMPARE(client.readReply().status, 400);
        RawClient body(m_server->port());
        body.send(post("Content-Length: 10\r\n", "hello"));
        body.halfClose();
        QCOMPARE(body.readReply().status, 400);
    }

    void aSmuggledRequestIsNeverServed() {
        RawClient client(m_server->port());
        client.send(post("Content-Length: 6\r\nTransfer-Encoding: chunked\r\n",
                         "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"));
        const std::string everything = client.readAll();
        QVERIFY(everything.starts_with("HTTP/1.1 400 "));
        QCOMPARE(everything.find("HTTP/1.1 2"), std::string::npos);
        QCOMPARE(everything.find("HTTP/1.1 4", 1), std::string::npos);
    }
};

QTEST_GUILESS_MAIN(MalformedRequestTest)
#include "malformed_request_test.moc"
