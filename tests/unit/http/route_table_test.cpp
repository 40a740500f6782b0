#include "http/route_table.h"

#include <QTest>

#include "http/target.h"

using namespace patchbay;
using namespace patchbay::http;

namespace {

awaitable<void> nothing(std::shared_ptr<Request>, std::shared_ptr<Responder>) {
    co_return;
}

Route route(std::string method, std::string pattern) {
    return {.method = std::move(method), .pattern = std::move(pattern), .handler = nothing};
}

RouteTable table() {
    auto built = RouteTable::build({
        route("GET", "/"),
        route("GET", "/v1/models"),
        route("GET", "/v1/models/{id...}"),
        route("GET", "/api/conversations"),
        route("POST", "/api/conversations"),
        route("GET", "/api/conversations/search"),
        route("GET", "/api/conversations/{id}"),
        route("PATCH", "/api/conversations/{id}"),
        route("DELETE", "/api/conversations/{conversation}"),
        route("POST", "/api/conversations/{id}/branch"),
        route("GET", "/api/{kind}/{id}/parts/{part}"),
        route("POST", "/api/{rest...}"),
    });
    if (!built)
        qFatal("%s", built.error().message.c_str());
    return std::move(*built);
}

} // namespace

class RouteTableTest : public QObject {
    Q_OBJECT

private slots:
    void findsTheRouteOfAPath_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("parameters");
        const auto row = [](const char* method, const char* path, const char* pattern, const char* parameters = "") {
            QTest::addRow("%s %s", method, path) << method << path << pattern << parameters;
        };
        row("GET", "/", "/");
        row("GET", "/v1/models", "/v1/models");
        row("GET", "/v1/models/gpt-5", "/v1/models/{id...}", "id=gpt-5");
        row("GET", "/v1/models/meta/llama-3", "/v1/models/{id...}", "id=meta/llama-3");
        row("GET", "/v1/models/meta%2Fllama-3", "/v1/models/{id...}", "id=meta/llama-3");
        row("GET", "/api/conversations/search", "/api/conversations/search");
        row("GET", "/api/conversations/se%61rch", "/api/conversations/search");
        row("GET", "/api/conversations/7", "/api/conversations/{id}", "id=7");
        row("GET", "/api/conversations/a%2Fb", "/api/conversations/{id}", "id=a/b");
        row("DELETE", "/api/conversations/7", "/api/conversations/{conversation}", "conversation=7");
        row("HEAD", "/api/conversations/7", "/api/conversations/{id}", "id=7");
        row("POST", "/api/conversations/%E6%BC%A2/branch", "/api/conversations/{id}/branch", "id=漢");
        row("GET", "/api/x/7/parts/8", "/api/{kind}/{id}/parts/{part}", "kind=x,id=7,part=8");
        row("GET", "/api/conversations/7/parts/8", "/api/{kind}/{id}/parts/{part}", "kind=conversations,id=7,part=8");
        row("POST", "/api/conversations/search", "/api/{rest...}", "rest=conversations/search");
        row("POST", "/api/x", "/api/{rest...}", "rest=x");
        row("GET", "/api/conversations/", "");
        row("GET", "//", "");
        row("GET", "//v1/models", "");
        row("GET", "/v1//models", "");
        row("GET", "/v1/models/", "");
        row("GET", "/v1/models/a//b", "");
        row("GET", "/V1/models", "");
        row("GET", "/v1%2Fmodels", "");
        row("GET", "/nothing", "");
        row("GET", "*", "");
    }

    void findsTheRouteOfAPath() {
        QFETCH(QString, method);
        QFETCH(QString, path);
        QFETCH(QString, pattern);
        QFETCH(QString, parameters);
        const RouteTable routes = table();
        const std::string rawPath = path.toStdString();
        const auto match = routes.match(method.toStdString(), rawPath);
        QCOMPARE(match.route != nullptr, !pattern.isEmpty());
        if (!match.route)
            return;
        QCOMPARE(QString::fromStdString(match.route->pattern), pattern);
        QStringList found;
        for (const auto& [name, value] : match.parameters)
            found << QString::fromStdString(name + "=" + value);
        QCOMPARE(found.join(","), parameters);
    }

    void anotherMethodGetsTheAllowedOnes() {
        const RouteTable routes = table();
        QCOMPARE(routes.match("PUT", "/v1/models").allow, std::string("HEAD, GET, OPTIONS"));
        QCOMPARE(routes.match("OPTIONS", "/api/conversations/7/branch").allow, std::string("POST, OPTIONS"));
        QCOMPARE(routes.match("PUT", "/api/conversations/7").allow,
                 std::string("HEAD, GET, PATCH, DELETE, POST, OPTIONS"));
        QVERIFY(routes.match("GET", "/nothing").allow.empty());
    }

    void badTablesAreRefused_data() {
        QTest::addColumn<QString>("pattern");
        for (const char* pattern : {"", "v1", "/a//b", "/{", "/{}", "/{id", "/{rest...}/more", "/taken"})
            QTest::newRow(*pattern ? pattern : "(empty)") << pattern;
    }

    void badTablesAreRefused() {
        QFETCH(QString, pattern);
        const auto built = RouteTable::build({route("GET", "/taken"), route("GET", pattern.toStdString())});
        QVERIFY(!built);
        QVERIFY(built.error().code == ErrorCode::Configuration);
    }

    void hugePathsAreNotFoundQuickly() {
        const RouteTable routes = table();
        std::string path;
        for (int i = 0; i < 30'000; ++i)
            path += "/a";
        QVERIFY(!routes.match("POST", path).route);
    }

    void hostsAreCheckedByTheirGrammar_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("valid");
        for (const char* host :
             {"localhost", "127.0.0.1:8484", "[::1]", "[::1]:80", "[::ffff:1.2.3.4]:1", "a.b-c_d", "a:"})
            QTest::newRow(host) << QByteArray(host) << true;
        for (const char* host :
             {"",    ":80",     "a b",      "a,b",    "user@a", "a/b", "[::1", "[]",  "[g::1]", "::1",
              "a:b", "a:65536", "a:123456", "[::1]x", "a?b",    "a#b", "a\\b", "a%4", "a%zz",   "h\xC3\xA4"})
            QTest::newRow(*host ? host : "(empty)") << QByteArray(host) << false;
    }

    void hostsAreCheckedByTheirGrammar() {
        QFETCH(QByteArray, host);
        QFETCH(bool, valid);
        QCOMPARE(isValidHost({host.constData(), static_cast<std::size_t>(host.size())}), valid);
    }

    void targetsAreSplit() {
        const auto origin = parseTarget("/a%2Fb?c=d?e");
        QVERIFY(origin && origin->path == "/a%2Fb" && origin->query == "c=d?e" && !origin->authority);
        const auto absolute = parseTarget("HTTP://host:80/a?b");
        QVERIFY(absolute && absolute->path == "/a" && absolute->query == "b" && absolute->authority == "host:80");
        const auto bare = parseTarget("http://host?q");
        QVERIFY(bare && bare->path == "/" && bare->query == "q" && bare->authority == "host");
        for (const char* bad : {"", "a", "host:80", "ftp://a/", "/a#b", "http//a", "?a"})
            QVERIFY2(!parseTarget(bad), bad);
    }

    void pathsWithTricksAreNotAcceptable() {
        for (const char* good :
             {"/", "/a.b", "/...", "/a..b", "/%41", "/a%2Fb", "/%E6%BC%A2", "/a:b", "/{x}", "/.well-known"})
            QVERIFY2(isAcceptablePath(good), good);
        for (const char* bad : {"/.", "/..", "/a/../b", "/a/./b", "/%2e", "/%2E%2e/b", "/a%2F..%2Fb", "/%", "/%4",
                                "/%zz", "/%00", "/%0a", "/%7f", "/%ff", "/%C0%AF", "/h\xC3\xA4"})
            QVERIFY2(!isAcceptablePath(bad), bad);
    }
};

QTEST_APPLESS_MAIN(RouteTableTest)
#include "route_table_test.moc"
