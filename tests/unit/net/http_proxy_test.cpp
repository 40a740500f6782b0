// Which way a request takes: directly, through the system's or the provider's proxy; and the offline switch.
#include <QtTest>

#include "net/http_client.h"
#include "net/os_proxy.h"
#include "net/os_socket.h"
#include "support/http_calls.h"
#include "support/run_coroutine.h"
#include "support/scripted_server.h"

using namespace patchbay;
using namespace std::chrono_literals;

class HttpProxyTest : public QObject {
    Q_OBJECT
    asio::io_context io;
    SystemClock clock;
    std::unique_ptr<HttpClient> client;

    void makeClient() { client = std::make_unique<HttpClient>(io.get_executor(), clock, HttpClient::Options{}); }
    static HttpCallOptions through(std::string proxy) {
        HttpCallOptions options;
        options.proxy = std::move(proxy);
        return options;
    }
    static HttpCallOptions offline() {
        HttpCallOptions options;
        options.loopbackOnly = true;
        return options;
    }

private slots:
    void init() {
        for (const char* name :
             {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"})
            qunsetenv(name);
        makeClient();
    }
    void cleanup() {
        client.reset();
        io.restart();
        io.poll();
    }

    void providersProxyGetsTheAbsoluteAddress() {
        ScriptedServer proxy(io, {{script::request(), script::send(script::reply("from afar")), script::repeat()}});
        auto reply = runCoroutine(io, fetch(*client, postRequest("http://vendor.example/v1", "{}"),
                                            through("http://user:secret@127.0.0.1:" + std::to_string(proxy.port()))));
        QVERIFY(reply);
        QCOMPARE(reply->body, std::string("from afar"));
        QVERIFY(proxy.seen().requests.front().starts_with("POST http://vendor.example/v1 HTTP/1.1\r\n"));
        QVERIFY(proxy.seen().requests.front().find("Proxy-Authorization: Basic ") != std::string::npos);
    }

    void httpsGoesThroughATunnel() {
        ScriptedServer proxy(
            io, {{script::request(), script::send("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n"),
                  script::anyBytes(), script::close()}});
        WireRequest request = postRequest("https://vendor.example/v1", "{}");
        request.headers.push_back({"authorization", "Bearer key"});
        auto reply = runCoroutine(io, fetch(*client, std::move(request), through(proxy.url(""))));
        QVERIFY(!reply); // there is no TLS behind this proxy
        QVERIFY(proxy.seen().requests.front().starts_with("CONNECT vendor.example:443 HTTP/1.1\r\n"));
        QVERIFY(proxy.seen().requests.front().find("Bearer") == std::string::npos); // the key is not for the proxy
        QCOMPARE(proxy.seen().gotBytes, 1);
    }

    void aProxyThatRefusesIsNamed() {
        ScriptedServer proxy(
            io, {{script::request(), script::send(script::reply("", "", "403 Forbidden")), script::close()}});
        auto reply = runCoroutine(io, fetch(*client, getRequest("https://vendor.example/"), through(proxy.url(""))));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Unreachable);
        QVERIFY2(reply.error().message.find("proxy refused") != std::string::npos, reply.error().message.c_str());
        QVERIFY(reply.error().message.find("403") != std::string::npos);
    }

    void systemProxyComesFromTheEnvironment() {
        ScriptedServer proxy(io, {{script::request(), script::send(script::reply("proxied")), script::repeat()}});
        ScriptedServer direct(io, {{script::request(), script::send(script::reply("direct")), script::repeat()}});
        qputenv("http_proxy", proxy.url("").c_str());
        qputenv("no_proxy", "inside.example");
        makeClient();
        QCOMPARE(runCoroutine(io, fetch(*client, getRequest("http://vendor.example/")))->body, std::string("proxied"));
        // Loopback never, whatever the environment says; nor with "none".
        QCOMPARE(runCoroutine(io, fetch(*client, getRequest(direct.url())))->body, std::string("direct"));
        const std::string byName = "http://localhost:" + std::to_string(direct.port()) + "/";
        QCOMPARE(runCoroutine(io, fetch(*client, getRequest(byName)))->body, std::string("direct"));
        QCOMPARE(proxy.seen().requests.size(), 1U);
        QVERIFY(!runCoroutine(io, fetch(*client, getRequest("http://127.0.0.1:1/"), through("none"))));
        QCOMPARE(proxy.seen().requests.size(), 1U);
    }

    void environmentIsReadAsUsual() {
        qputenv("ALL_PROXY", "http://all:1");
        qputenv("HTTPS_PROXY", "http://secure:2");
        qputenv("HTTP_PROXY", "http://cgi:3"); // not believed
        qputenv("NO_PROXY", "a,b");
        const ProxySettings expected{.http = "http://all:1", .https = "http://secure:2", .bypass = "a,b"};
        QVERIFY(systemProxy() == expected);
        QCOMPARE(proxyFor(expected, *splitUrl("https://x.example/")), expected.https);
        QCOMPARE(proxyFor(expected, *splitUrl("http://x.example/")), expected.http);
        for (const char* url : {"http://127.0.0.1/", "http://127.8.8.8:9/", "http://[::1]:8/", "http://localhost/",
                                "http://a.localhost/"})
            QCOMPARE(proxyFor(expected, *splitUrl(url)), std::string());
    }

    void unusableProxyIsAConfigurationError() {
        for (const std::string proxy : {"ftp://host", "host:3128", "http://"}) {
            auto reply = runCoroutine(io, fetch(*client, getRequest("http://vendor.example/"), through(proxy)));
            QVERIFY(!reply);
            QCOMPARE(reply.error().code, ErrorCode::Configuration);
        }
    }

    void offlineReachesLocalServersOnly() {
        ScriptedServer server(io, {{script::request(), script::send(script::reply("local"))}});
        QCOMPARE(runCoroutine(io, fetch(*client, getRequest(server.url()), offline()))->body, std::string("local"));
        // An address of documentation (RFC 5737): were it tried, this would hang instead of failing at once.
        const auto begin = std::chrono::steady_clock::now();
        auto reply = runCoroutine(io, fetch(*client, getRequest("http://192.0.2.1/"), offline()));
        QVERIFY(!reply);
        QCOMPARE(reply.error().code, ErrorCode::Unreachable);
        QVERIFY(!reply.error().retryable);
        QVERIFY(reply.error().message.find("offline") != std::string::npos);
        QVERIFY(std::chrono::steady_clock::now() - begin < 1s);
    }

    void offlineUsesNoProxy() {
        ScriptedServer proxy(io, {{script::request(), script::send(script::reply("leaked"))}});
        HttpCallOptions options = offline();
        options.proxy = proxy.url("");
        QVERIFY(!runCoroutine(io, fetch(*client, getRequest("http://192.0.2.1/"), options)));
        QCOMPARE(proxy.seen().connections, 0);
    }

    void localAddressesAreTold_data() {
        QTest::addColumn<QString>("address");
        QTest::addColumn<bool>("local");
        for (const char* local : {"127.0.0.1", "127.255.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
                                  "169.254.1.1", "::1", "fe80::1", "fd00::1", "::ffff:192.168.1.1"})
            QTest::newRow(local) << QString(local) << true;
        for (const char* global : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "192.167.1.1", "11.0.0.1", "0.0.0.0",
                                   "2606:4700::1111", "::ffff:8.8.8.8", "localhost", ""})
            QTest::newRow(global[0] ? global : "empty") << QString(global) << false;
    }
    void localAddressesAreTold() {
        QFETCH(QString, address);
        QTEST(isLocalAddress(address.toStdString()), "local");
    }
};

QTEST_GUILESS_MAIN(HttpProxyTest)
#include "http_proxy_test.moc"
