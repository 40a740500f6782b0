#include <QTest>

#include "catalog/catalog.h"

using namespace patchbay;

namespace {

std::string file(std::string_view rows) {
    return R"({"header":{"schema":"patchbay/prices/1","currency":"USD","unit":"per 1M tokens"},"models":[)" +
           std::string(rows) + "]}";
}

std::string refusal(std::string_view rows) {
    const auto catalog = Catalog::parse(file(rows), "mine.json");
    return catalog ? std::string() : catalog.error().message;
}

} // namespace

class CatalogTest : public QObject {
    Q_OBJECT
private slots:
    void theBuiltInListIsRead() {
        const Catalog catalog = Catalog::builtin();
        QCOMPARE(catalog.models().size(), std::size_t(118));
        QCOMPARE(catalog.asOf(), std::string("2026-11-22"));
        const CatalogModel* model = catalog.find("anthropic", "claude-opus-5-5");
        QVERIFY(model != nullptr);
        QCOMPARE(model->contextWindow.value(), 1'000'000);
        QCOMPARE(model->supports.vision.value(), true);
        QCOMPARE(model->prices.front().base.cacheRead.value(), 200'000);
        QCOMPARE(model->prices.front().base.cacheWrite1h.value(), 8'000'000);
    }

    void unknownCapabilitiesStayUnknown() {
        const Catalog catalog = Catalog::builtin();
        const CatalogModel* model = catalog.find("anthropic", "claude-opus-4-1");
        QVERIFY(!model->supports.jsonSchema.has_value());
        QVERIFY(!catalog.find("ollama", "some-model")->contextWindow.has_value());
    }

    void namesAreFound_data() {
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("found"); // empty = unknown
        const auto row = [](const char* provider, const char* asked, const char* found) {
            QTest::newRow(asked) << provider << asked << found;
        };
        row("openai", "gpt-4o", "gpt-4o");
        row("openai", "gpt-4o-2024-08-06", "gpt-4o");
        row("openai", "gpt-5.4-mini-2026-03-17", "gpt-5.4-mini");
        row("openai", "gpt-3.5-turbo-0125", "gpt-3.5-turbo");
        row("anthropic", "claude-haiku-4-5-20251001", "claude-haiku-4-5");
        row("anthropic", "claude-sonnet-4-5@20250929", "claude-sonnet-4-5");
        row("anthropic", "claude-sonnet-4-20250514", "claude-sonnet-4-0");
        row("anthropic", "claude-3-5-sonnet-20241022", "claude-3-5-sonnet-20241022");
        row("anthropic", "claude-3-5-sonnet-latest", "claude-3-5-sonnet-20241022");
        row("anthropic", "claude-3-5-sonnet-20240620", "");
        row("mistral", "mistral-small-latest", "mistral-small-2603");
        row("mistral", "mistral-small-2409", "");
        row("mistral", "codestral-latest", "codestral-latest");
        row("gemini", "models/gemini-2.5-pro", "gemini-2.5-pro");
        row("groq", "openai/gpt-oss-20b", "openai/gpt-oss-20b");
        row("ollama", "llama3.1:8b", "llama3.1:8b");
        row("ollama", "never-heard-of", "*");
        row("ollama", "gpt-oss:20b-cloud", "");
        row("llamacpp", "a.gguf", "*");
        row("openai", "*", "");
        row("openai", "gpt-4o-mini-realtime", "");
        row("openai", "", "");
        row("nobody", "gpt-4o", "");
    }
    void namesAreFound() {
        QFETCH(QString, provider);
        QFETCH(QString, asked);
        QFETCH(QString, found);
        const Catalog catalog = Catalog::builtin();
        const CatalogModel* model = catalog.find(provider.toStdString(), asked.toStdString());
        QCOMPARE(model == nullptr ? QString() : QString::fromStdString(model->id), found);
    }

    void aRowOfTheUsersReplacesTheBuiltInOne() {
        const auto catalog = Catalog::withOverrides(
            file(
                R"({"id":"gpt-4o","provider":"openai","input":"1.25","output":5},{"id":"house","provider":"acme","input":null,"output":null})"),
            "mine.json");
        QVERIFY(catalog.has_value());
        QCOMPARE(catalog->models().size(), std::size_t(119));
        QCOMPARE(catalog->find("openai", "gpt-4o-2024-08-06")->prices.front().base.input.value(), 1'250'000);
        QVERIFY(!catalog->find("acme", "house")->prices.front().base.input);
        QVERIFY(catalog->find("openai", "gpt-5") != nullptr);
    }

    void pricesHaveDates() {
        const auto catalog =
            Catalog::parse(file(R"({"id":"m","provider":"p","input":2,"output":2,"effective_from":"2026-06-01"},
            {"id":"m","provider":"p","input":1,"output":1,"effective_from":"2026-01-01","context":10})"),
                           "mine.json");
        QVERIFY(catalog.has_value());
        QCOMPARE(catalog->models().size(), std::size_t(1));
        QVERIFY(!catalog->price("p", "m", parseDate("2025-12-31").value()));
        QCOMPARE(catalog->price("p", "m", parseDate("2026-05-31").value())->base.input.value(), 1'000'000);
        QCOMPARE(catalog->price("p", "m", parseDate("2026-06-01").value())->base.input.value(), 2'000'000);
    }

    void aBadFileIsRefusedWithEveryMistake() {
        const std::string text = refusal(R"({"id":"a","provider":"p","input":-1,"output":1},
            {"id":"b","provider":"p","output":"cheap"},
            {"id":"c","provider":"p","input":1,"output":1,"cache_raed":1})");
        QVERIFY(text.starts_with("mine.json is refused: "));
        for (const char* part : {"p/a: 'input' is negative", "p/b: 'input' is missing",
                                 "p/b: 'output' is not a decimal", "p/c: unknown key 'cache_raed'"})
            QVERIFY2(text.find(part) != std::string::npos, text.c_str());
        QVERIFY(!Catalog::withOverrides(file(R"({"id":"gpt-4o","provider":"openai","input":-1,"output":1})"), "x"));
    }

    void slipsAreNotGuessedAt_data() {
        QTest::addColumn<QString>("row");
        QTest::addColumn<QString>("message");
        const auto add = [](const char* name, const char* row, const char* message) {
            QTest::newRow(name) << row << message;
        };
        add("seven decimals", R"({"id":"a","provider":"p","input":0.0000001,"output":1})", "more than six decimals");
        add("unit slip", R"({"id":"a","provider":"p","input":2500000,"output":1})", "above 10000 USD");
        add("duplicate",
            R"({"id":"a","provider":"p","input":1,"output":1},{"id":"a","provider":"p","input":2,"output":1})",
            "stands there twice");
        add("no id", R"({"provider":"p","input":1,"output":1})", "needs a text 'id'");
        add("no object", "17", "models[0] is not an object");
        add("tier", R"({"id":"a","provider":"p","input":1,"output":1,"tier":{"input":1,"output":1}})",
            "above_input_tokens");
        add("tier key",
            R"({"id":"a","provider":"p","input":1,"output":1,"tier":{"above_input_tokens":5,"input":1,"output":1,"x":1}})",
            "unknown key 'x'");
        add("tier and peak",
            R"({"id":"a","provider":"p","input":1,"output":1,"tier":{"above_input_tokens":5,"input":1,"output":1},"peak":{"utc":["01:00-02:00"],"input":1,"output":1}})",
            "both a tier and a peak");
        add("window", R"({"id":"a","provider":"p","input":1,"output":1,"peak":{"utc":["1-2"],"input":1,"output":1}})",
            "01:00-04:00");
        add("date", R"({"id":"a","provider":"p","input":1,"output":1,"released":"2026-02-30"})", "not a date");
        add("context", R"({"id":"a","provider":"p","input":1,"output":1,"context":-5})", "positive whole number");
        add("supports", R"({"id":"a","provider":"p","input":1,"output":1,"supports":{"tools":"yes"}})",
            "true, false or null");
        add("boolean price", R"({"id":"a","provider":"p","input":true,"output":1})", "is not a number");
    }
    void slipsAreNotGuessedAt() {
        QFETCH(QString, row);
        QFETCH(QString, message);
        const QString text = QString::fromStdString(refusal(row.toStdString()));
        QVERIFY2(text.contains(message), qPrintable(text));
    }

    void whatIsNoPriceFileIsRefused() {
        for (const char* text : {"", "[]", "{", R"({"models":{}})", R"({"models":[],"count":3})",
                                 R"({"header":{"schema":"patchbay/prices/2"},"models":[]})",
                                 R"({"header":{"currency":"EUR"},"models":[]})"}) {
            const auto catalog = Catalog::parse(text, "mine.json");
            QVERIFY2(!catalog, text);
            QVERIFY(catalog.error().code == ErrorCode::Configuration);
            QVERIFY(catalog.error().message.find("mine.json") != std::string::npos);
            QVERIFY(!catalog.error().hint.empty());
        }
    }
};

QTEST_APPLESS_MAIN(CatalogTest)
#include "catalog_test.moc"
