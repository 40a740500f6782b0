// HttpClient against real sockets: framing, reuse of connections, decompression, back-pressure, failures.
#include <QtTest>

#include <zlib.h>

#include "net/http_client.h"
#include "support/http_calls.h"
#include "support/run_coroutine.h"
#include "support/scripted_server.h"

using namespace patchbay;
using namespace std::chrono_literals;

namespace {

std::string gzip(std::string_view text) {
    z_stream stream{};
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string chunkedHead(std::string_view headers = "") {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + std::string(headers) + "\r\n";
}

HttpCallOptions maxBody(std::size_t bytes) {
    HttpCallOptions options;
    options.maxBodyBytes = bytes;
    return options;
}

} // namespace

class HttpClientTest : public QObject {
    Q_OBJECT
    asio::io_context io;
    SystemClock clock;
    std::unique_ptr<HttpClient> client;

    Pieces pieces(const ScriptedServer& server) {
        return runCoroutine(io, readPieces(*client, postRequest(server.url(), "{}")));
    }
    ErrorCode failureOf(Script script) {
        ScriptedServer server(io, {std::move(script)});
        Pieces got = pieces(server);
        if (!got.error)
            return ErrorCode::Internal;
        if (got.error->message.empty() || got.error->hint.empty())
            qFatal("an error without message or hint");
        return got.error->code;
    }

private slots:
    void init() { client = std::make_unique<HttpClient>(io.get_executor(), clock, HttpClient::Options{}); }
    void cleanup() {
        client.reset();
        io.restart();
        io.poll();
    }

    void sendsOneCleanRequest() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok", "X-Vendor-Id:  7 \r\n"))}});
        WireRequest request = postRequest(server.url("/v1/chat?x=1"), "{\"a\":1}");
        request.headers.push_back({"authorization", "Bearer key"});
        request.headers.push_back({"content-length", "99"});
        request.headers.push_back({"x-empty", ""});
        auto reply = runCoroutine(io, fetch(*client, std::move(request)));
        QVERIFY(reply);
        QCOMPARE(reply->body, std::string("ok"));
        QCOMPARE(reply->head.status, 200);
        QCOMPARE(*findHeader(reply->head.headers, "x-vendor-id"), std::string("7"));
        QCOMPARE(server.seen().requests.size(), 1U);
        const std::string& sent = server.seen().requests.front();
        QVERIFY(sent.starts_with("POST /v1/chat?x=1 HTTP/1.1\r\n"));
        QVERIFY(sent.ends_with("\r\n\r\n{\"a\":1}"));
        QVERIFY(sent.find("authorization: Bearer key\r\n") != std::string::npos);
        QVERIFY(sent.find("x-empty:\r\n") != std::string::npos);
        QVERIFY(sent.find("Content-Length: 7\r\n") != std::string::npos);
        QVERIFY(sent.find("99") == std::string::npos);
        QVERIFY(sent.find("Expect") == std::string::npos);
        QVERIFY(sent.find("Accept-Encoding: gzip, deflate") != std::string::npos);
        QVERIFY(sent.find("x-www-form-urlencoded") == std::string::npos);
    }

    void everyMethodComesOutOfAReusedHandle() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok")), script::repeat()}});
        for (const std::string method : {"POST", "GET", "DELETE", "PUT", "GET", "POST"}) {
            WireRequest request{.method = method, .url = server.url()};
            if (method == "PUT" || method == "POST")
                request.body = "body";
            auto reply = runCoroutine(io, fetch(*client, std::move(request)));
            QVERIFY(reply);
            const std::string& sent = server.seen().requests.back();
            QVERIFY(sent.starts_with(method + " "));
            QCOMPARE(sent.ends_with("body"), method == "PUT" || method == "POST");
        }
        QCOMPARE(server.seen().connections, 1);
    }

    void refusesHeadersThatBreakTheRequestApart() {
        WireRequest request = getRequest("http://127.0.0.1:1/");
        request.headers.push_back({"authorization", "Bearer x\r\nX-Smuggled: 1"});
        auto reply = runCoroutine(io, fetch(*client, std::move(request)));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::InvalidRequest);
    }

    void keepsConnectionsForTheNextRequest() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok")), script::repeat()}});
        for (int i = 0; i < 20; ++i)
            QVERIFY(runCoroutine(io, fetch(*client, postRequest(server.url(), "{}"))));
        QCOMPARE(server.seen().requests.size(), 20U);
        QCOMPARE(server.seen().connections, 1);
    }

    void retriesOnAFreshConnectionWhenThePooledOneIsStale() {
        // The server says goodbye only after it has seen the second request: the client cannot have known.
        for (const Step& goodbye : {script::close(), script::reset()}) {
            ScriptedServer server(io,
                                  {{script::request(), script::send(script::reply("one")), script::request(), goodbye},
                                   {script::request(), script::send(script::reply("two"))}});
            QCOMPARE(runCoroutine(io, fetch(*client, postRequest(server.url(), "first")))->body, std::string("one"));
            auto second = runCoroutine(io, fetch(*client, postRequest(server.url(), "second")));
            QVERIFY(second);
            QCOMPARE(second->body, std::string("two"));
            QCOMPARE(server.seen().connections, 2);
            QVERIFY(server.seen().requests.back().ends_with("second"));
        }
    }

    void readsChunksInOddSplits() {
        std::string wire =
            chunkedHead("X-A: b\r\n") + "3;ext=1\r\nabc\r\n" + "00A\r\n0123456789\r\n" + "0\r\nTrailer: x\r\n\r\n";
        ScriptedServer server(io, {{script::request(), script::sendSlowly(wire), script::repeat()}});
        for (int i = 0; i < 2; ++i) {
            Pieces got = pieces(server);
            QVERIFY(!got.error);
            QCOMPARE(got.text(), std::string("abc0123456789"));
        }
        QCOMPARE(server.seen().connections, 1);
    }

    void deliversBytesAsTheyCome() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk("one")),
                                    script::hold(), script::send(script::chunk("two") + script::chunk(""))}});
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string("one"));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        server.proceed();
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string("two"));
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string());
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string());
    }

    void readsHttp10UntilTheConnectionCloses() {
        ScriptedServer server(
            io, {{script::request(), script::send("HTTP/1.0 200 OK\r\n\r\nold but good"), script::close()}});
        Pieces got = pieces(server);
        QVERIFY(!got.error);
        QCOMPARE(got.text(), std::string("old but good"));
    }

    void passesOverInformationalAnswers() {
        ScriptedServer server(
            io, {{script::request(),
                  script::send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" +
                               script::reply("real", "", "418 I'm a teapot"))}});
        auto reply = runCoroutine(io, fetch(*client, getRequest(server.url())));
        QVERIFY(reply);
        QCOMPARE(reply->head.status, 418);
        QVERIFY(!findHeader(reply->head.headers, "link"));
        QCOMPARE(reply->body, std::string("real"));
    }

    void decompressesAsItStreams() {
        std::string text;
        for (int i = 0; i < 5000; ++i)
            text += "data: {\"n\":" + std::to_string(i) + "}\n\n";
        const std::string packed = gzip(text);
        ScriptedServer server(io,
                              {{script::request(), script::send(chunkedHead("Content-Encoding: gzip\r\n")),
                                script::send(script::chunk(packed.substr(0, packed.size() / 2))), script::hold(),
                                script::send(script::chunk(packed.substr(packed.size() / 2)) + script::chunk(""))}});
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        std::string got = runCoroutine(io, (*reply)->read()).value();
        QVERIFY(!got.empty()); // before the second half was sent
        server.proceed();
        got += runCoroutine(io, (*reply)->readAll()).value();
        QVERIFY(got == text);
    }

    void givesUpOnADecompressionBomb() {
        const std::string packed = gzip(std::string(200U << 20U, 'x'));
        ScriptedServer server(
            io,
            {{script::request(), script::send(script::reply(packed, "Content-Encoding: gzip\r\n")), script::repeat()}});
        std::size_t taken = 0;
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        std::optional<Error> error;
        while (!error) {
            auto bytes = runCoroutine(io, (*reply)->read());
            if (!bytes)
                error = bytes.error();
            else if (bytes->empty())
                break;
            else
                taken += bytes->size();
        }
        QVERIFY(error.has_value());
        QCOMPARE(error->code, ErrorCode::Malformed);
        QVERIFY(taken < (20U << 20U));
        QVERIFY(!runCoroutine(io, fetch(*client, getRequest(server.url()), maxBody(1U << 20U))));
    }

    void brokenCompressionIsMalformed() {
        QCOMPARE(failureOf({script::request(),
                            script::send(script::reply("this is not gzip at all", "Content-Encoding: gzip\r\n"))}),
                 ErrorCode::Malformed);
        QCOMPARE(
            failureOf({script::request(), script::send(script::reply("bytes", "Content-Encoding: unheard-of\r\n"))}),
            ErrorCode::Malformed);
    }

    void refusesABodyOverTheLimit() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::reply(std::string(2000, 'x'))), script::repeat()}});
        auto reply = runCoroutine(io, fetch(*client, getRequest(server.url()), maxBody(1999)));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::UpstreamFailed);
        QVERIFY(!reply.error().retryable);
        QVERIFY(runCoroutine(io, fetch(*client, getRequest(server.url()), maxBody(2000))));
    }

    void truncationIsAnErrorAfterTheBytes() {
        ScriptedServer server(
            io,
            {{script::request(), script::send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"), script::close()}});
        Pieces got = pieces(server);
        QCOMPARE(got.text(), std::string("half"));
        QVERIFY(got.error);
        QCOMPARE(got.error->code, ErrorCode::Truncated);
        QCOMPARE(
            failureOf({script::request(), script::send(script::streamHead() + script::chunk("abc")), script::close()}),
            ErrorCode::Truncated);
        QCOMPARE(failureOf({script::request(), script::send(script::streamHead() + "10\r\nabc"), script::close()}),
                 ErrorCode::Truncated);
    }

    void resetAndSilenceAreUnreachable() {
        QCOMPARE(failureOf({script::request(), script::close()}), ErrorCode::Unreachable);
        QCOMPARE(failureOf({script::request(), script::reset()}), ErrorCode::Unreachable);
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk("abc")),
                                    script::hold(), script::reset()}});
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        QCOMPARE(runCoroutine(io, (*reply)->read()).value(), std::string("abc"));
        server.proceed();
        auto rest = runCoroutine(io, (*reply)->read());
        QVERIFY(!rest);
        QCOMPARE(rest.error().code, ErrorCode::Unreachable);
    }

    void rubbishIsMalformed() {
        QCOMPARE(failureOf({script::request(), script::send("SSH-2.0-OpenSSH_9.2\r\n"), script::close()}),
                 ErrorCode::Malformed);
        QCOMPARE(
            failureOf({script::request(), script::send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                       script::watchClose()}),
            ErrorCode::Malformed);
        QCOMPARE(failureOf({script::request(), script::send("HTTP/1.1 200 OK\r\n"),
                            script::flood("X-Endless: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")}),
                 ErrorCode::Malformed);
    }

    void refusedPortSaysSo() {
        asio::ip::tcp::acceptor closed(io, {asio::ip::address_v4::loopback(), 0});
        const auto port = closed.local_endpoint().port();
        closed.close();
        auto reply = runCoroutine(io, fetch(*client, getRequest("http://127.0.0.1:" + std::to_string(port) + "/")));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Unreachable);
        QVERIFY(reply.error().message.find("refused") != std::string::npos);
        QVERIFY(reply.error().retryable);
    }

    void unusableUrlsAreConfigurationErrors() {
        for (const std::string url :
             {"", "ftp://host/x", "http://", "http:///x", "localhost:11434", "file:///etc/passwd", "http://h:99999/"}) {
            auto reply = runCoroutine(io, fetch(*client, getRequest(url)));
            QVERIFY(!reply);
            QCOMPARE(reply.error().code, ErrorCode::Configuration);
        }
    }

    void redirectsAreNotFollowedButNamed() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::reply("", "Location: https://elsewhere.example/v1\r\n",
                                                                "307 Temporary Redirect"))}});
        auto reply = runCoroutine(io, fetch(*client, postRequest(server.url(), "{}")));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Configuration);
        QVERIFY(reply.error().message.find("https://elsewhere.example/v1") != std::string::npos);
        QCOMPARE(server.seen().requests.size(), 1U);
    }

    void aReaderThatDoesNotReadStopsTheServer() {
        ScriptedServer server(
            io, {{script::request(), script::send("HTTP/1.1 200 OK\r\n\r\n"), script::flood(std::string(65536, 'x'))}});
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        // The server writes until every buffer on the way is full: count until it has stood still for a while.
        std::uint64_t before = 0;
        do {
            before = server.seen().flooded;
            runUntil(io, [] { return false; }, 200ms);
        } while (server.seen().flooded != before && before < (64U << 20U));
        QVERIFY(before < (16U << 20U)); // the kernel's socket buffers and our 256 KiB
        std::size_t read = 0;
        while (read < (32U << 20U)) {
            auto bytes = runCoroutine(io, (*reply)->read());
            QVERIFY(bytes && !bytes->empty());
            QVERIFY(bytes->size() <= (512U << 10U));
            read += bytes->size();
        }
        QVERIFY(server.seen().flooded > before);
    }

    void uploadsALargeBody() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("ok")), script::repeat()}});
        const std::string body(5U << 20U, 'b');
        QVERIFY(runCoroutine(io, fetch(*client, postRequest(server.url(), body))));
        QVERIFY(server.seen().requests.back().ends_with(body));
    }

    void twoHundredTransfersAtOnce() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk("begin ")), script::hold(),
                  script::send(script::chunk("end") + script::chunk("")), script::repeat()}});
        for (int round = 0; round < 2; ++round) {
            std::vector<std::unique_ptr<Task<Pieces>>> tasks;
            for (int i = 0; i < 200; ++i)
                tasks.push_back(
                    std::make_unique<Task<Pieces>>(io, readPieces(*client, postRequest(server.url(), "{}"))));
            QVERIFY(runUntil(io, [&] { return server.seen().holding == 200; }));
            server.proceed();
            for (auto& task : tasks) {
                Pieces& got = task->get();
                QVERIFY(!got.error);
                QCOMPARE(got.text(), std::string("begin end"));
            }
        }
        QCOMPARE(server.seen().connections, 200); // the second round rode on the first one's
    }

    void repliesOutliveTheClient() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk("abc")), script::watchClose()}});
        auto reply = runCoroutine(io, client->send(getRequest(server.url()), {}));
        QVERIFY(reply);
        Task<Result<std::string>> rest(io, (*reply)->readAll());
        runUntil(io, [] { return false; }, 20ms);
        client.reset();
        auto& outcome = rest.get();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Unavailable);
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
    }
};

QTEST_GUILESS_MAIN(HttpClientTest)
#include "http_client_test.moc"
