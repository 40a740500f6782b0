#include "routing/routing_table.h"

#include <QtTest>

using namespace patchbay;

namespace {

ProviderEntry providerNamed(std::string id, bool onlyWhenNamed = false) {
    auto endpoint = std::make_shared<Endpoint>();
    endpoint->provider = id;
    return {.id = std::move(id),
            .endpoint = std::shared_ptr<const Endpoint>(std::move(endpoint)),
            .timeouts = {},
            .onlyWhenNamed = onlyWhenNamed};
}

RoutingTable sampleTable() {
    std::vector<ProviderEntry> providers{providerNamed("openai"), providerNamed("local"), providerNamed("playground", true)};
    providers.push_back({.id = "keyless", .endpoint = makeError(ErrorCode::Configuration, "no key")});
    return RoutingTable(std::move(providers),
                        {{.name = "fast", .deployments = {{.provider = "openai", .model = "small"}, {.provider = "local", .model = "llama"}}},
                         {.name = "openai/special", .deployments = {{.provider = "local", .model = "other"}}},
                         {.name = "*", .deployments = {{.provider = "playground", .model = "*"}, {.provider = "local", .model = "*"}}}});
}

QStringList candidatesOf(std::string_view model) {
    QStringList ids;
    const auto resolved = sampleTable().resolve(model);
    if (!resolved)
        return {QString::fromStdString(std::string(errorCodeName(resolved.error().code)))};
    for (const Candidate& candidate : *resolved)
        ids << QString::fromStdString(candidate.deployment.id());
    return ids;
}

} // namespace

class RoutingTableTest : public QObject {
    Q_OBJECT

private slots:
    void namesResolve_data() {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QStringList>("candidates");
        QTest::newRow("configured name, in order") << "fast" << QStringList{"openai/small", "local/llama"};
        QTest::newRow("a configured name with a slash wins") << "openai/special" << QStringList{"local/other"};
        QTest::newRow("provider and model") << "openai/gpt" << QStringList{"openai/gpt"};
        QTest::newRow("split at the first slash") << "local/meta/llama:8b" << QStringList{"local/meta/llama:8b"};
        QTest::newRow("the playground when it is named") << "playground/echo" << QStringList{"playground/echo"};
        QTest::newRow("others pass through, never to the playground") << "whatever" << QStringList{"local/whatever"};
        QTest::newRow("unknown provider passes through whole") << "acme/x" << QStringList{"local/acme/x"};
        QTest::newRow("empty") << "" << QStringList{"not_found"};
        QTest::newRow("empty upstream name goes to the wildcard") << "openai/" << QStringList{"local/openai/"};
    }
    void namesResolve() {
        QFETCH(QString, model);
        QFETCH(QStringList, candidates);
        QCOMPARE(candidatesOf(model.toStdString()), candidates);
    }

    void aProviderWithoutKeyIsACandidateThatSaysWhy() {
        const auto resolved = sampleTable().resolve("keyless/x");
        QVERIFY(bool(resolved));
        QVERIFY(!resolved->front().endpoint);
        QCOMPARE(resolved->front().endpoint.error().message, std::string("no key"));
    }

    void theErrorNamesWhatThereIs() {
        const RoutingTable table({providerNamed("openai")}, {{.name = "fast"}});
        const auto resolved = table.resolve("slow");
        QVERIFY(!resolved);
        QCOMPARE(resolved.error().code, ErrorCode::NotFound);
        QVERIFY(resolved.error().hint.find("fast") != std::string::npos);
        QVERIFY(resolved.error().hint.find("openai/<model>") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(RoutingTableTest)
#include "routing_table_test.moc"
