// The golden table: usages as each vendor's codec normalises them, with costs worked out by hand from the price list.
#include <QTest>

#include "catalog/catalog.h"

using namespace patchbay;

namespace {

WallTime at(std::string_view date, int hour = 12, int minute = 0) {
    return parseDate(date).value() + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

struct GoldenCase {
    const char* name;
    const char* provider;
    const char* model;
    Usage usage;
    WallTime when;
    std::optional<NanoUsd> cost;
};

const WallTime kNoon = at("2026-11-18"); // a Wednesday

const GoldenCase kGolden[] = {
    // 1000 x 2.50 + 500 x 15.00 = 2.5 + 7.5 milli-dollars
    {"openai plain", "openai", "gpt-5.4", {.inputTotal = 1000, .outputTotal = 500}, kNoon, 10'000'000},
    // cached tokens are inside: 200 x 2.50 + 800 x 0.25 + 500 x 15 = 500 + 200 + 7500 micro-dollars
    {"openai cached inside",
     "openai",
     "gpt-5.4",
     {.inputTotal = 1000, .inputUncached = 200, .cacheRead = 800, .outputTotal = 500, .reasoning = 400},
     kNoon,
     8'200'000},
    // the same where the codec did not split
    {"openai cached, not split",
     "openai",
     "gpt-5.4",
     {.inputTotal = 1000, .cacheRead = 800, .outputTotal = 500},
     kNoon,
     8'200'000},
    // 100 x 4 + 400 x 0.40 + 500 x 5 + 10 x 20 = 400 + 160 + 2500 + 200
    {"openai cache write",
     "openai",
     "gpt-5.6-sol",
     {.inputTotal = 1000, .inputUncached = 100, .cacheRead = 400, .cacheWrite = 500, .outputTotal = 10},
     kNoon,
     3'260'000},
    // exactly at the threshold: base rate. 272000 x 2.50
    {"openai at the tier's edge", "openai", "gpt-5.4", {.inputTotal = 272'000, .outputTotal = 0}, kNoon, 680'000'000},
    // one above: the whole request at the tier. 272001 x 5 + 1000 x 22.50 = 1360005 + 22500
    {"openai above the tier", "openai", "gpt-5.4", {.inputTotal = 272'001, .outputTotal = 1000}, kNoon, 1'382'505'000},
    // the tier names no write price: 5.00 x 8 / 4 = 10. 200000 x 8 + 100000 x 10
    {"openai write in the tier",
     "openai",
     "gpt-5.6-sol",
     {.inputTotal = 300'000, .inputUncached = 200'000, .cacheWrite = 100'000, .outputTotal = 0},
     kNoon,
     2'600'000'000},
    // writes without a rate of their own are input: 1000 x 2.50
    {"openai write without a rate",
     "openai",
     "gpt-5.4",
     {.inputTotal = 1000, .inputUncached = 0, .cacheWrite = 1000, .outputTotal = 0},
     kNoon,
     2'500'000},
    // 100 x 3 + 2000 x 0.30 + 400 x 3.75 + 600 x 6 + 50 x 15 = 300 + 600 + 1500 + 3600 + 750
    {"anthropic, both write lifetimes",
     "anthropic",
     "claude-sonnet-4-6",
     {.inputTotal = 3100,
      .inputUncached = 100,
      .cacheRead = 2000,
      .cacheWrite = 1000,
      .cacheWrite1h = 600,
      .outputTotal = 50},
     kNoon,
     6'750'000},
    // the list names no one-hour price for this row: 2 x input. 1000 x 6
    {"anthropic 1h from the multiplier",
     "anthropic",
     "claude-sonnet-4-5-20250929",
     {.inputTotal = 1000, .inputUncached = 0, .cacheWrite = 1000, .cacheWrite1h = 1000, .outputTotal = 0},
     kNoon,
     6'000'000},
    // tier 6 / 22.5, write 3.75 x 2 = 7.5. 200000 x 6 + 1 x 7.5 + 1000 x 22.5
    {"anthropic long prompt",
     "anthropic",
     "claude-sonnet-4-5",
     {.inputTotal = 200'001, .inputUncached = 200'000, .cacheWrite = 1, .outputTotal = 1000},
     kNoon,
     1'222'507'500},
    // thoughts are inside outputTotal: 1000 x 0.30 + 700 x 2.50
    {"gemini thoughts",
     "gemini",
     "gemini-2.5-flash",
     {.inputTotal = 1000, .inputUncached = 1000, .outputTotal = 700, .reasoning = 500},
     kNoon,
     2'050'000},
    // 250001 in: 250001 x 2.50 + 10 x 15, 0 cached
    {"gemini above the tier",
     "google",
     "gemini-2.5-pro",
     {.inputTotal = 250'001, .outputTotal = 10},
     kNoon,
     625'152'500},
    // 60 x 3 + 16 x 0.75 + 253 x 15 = 180 + 12 + 3795
    {"xai from the table",
     "xai",
     "grok-4",
     {.inputTotal = 76, .cacheRead = 16, .outputTotal = 253, .reasoning = 227},
     kNoon,
     3'987'000},
    {"xai reported",
     "xai",
     "grok-4",
     {.inputTotal = 76, .outputTotal = 253, .reportedCostNanoUsd = 4'321},
     kNoon,
     4'321},
    {"openrouter reported, model unlisted",
     "openrouter",
     "anthropic/claude-sonnet-4.6",
     {.inputTotal = 10, .outputTotal = 10, .reportedCostNanoUsd = 123'456},
     kNoon,
     123'456},
    {"openrouter unreported",
     "openrouter",
     "anthropic/claude-sonnet-4.6",
     {.inputTotal = 10, .outputTotal = 10},
     kNoon,
     std::nullopt},
    {"groq", "groq", "llama-3.1-8b-instant", {.inputTotal = 1'000'000, .outputTotal = 0}, kNoon, 50'000'000},
    {"local model is free", "ollama", "llama3.2:3b", {.inputTotal = 500, .outputTotal = 20}, kNoon, 0},
    {"any local model is free", "llamacpp", "whatever.gguf", {.inputTotal = 500, .outputTotal = 20}, kNoon, 0},
    {"free stays free without counts", "lmstudio", "x", {}, kNoon, 0},
    {"ollama cloud is not known",
     "ollama",
     "gpt-oss:120b-cloud",
     {.inputTotal = 5, .outputTotal = 5},
     kNoon,
     std::nullopt},
    {"unknown model", "openai", "gpt-99", {.inputTotal = 5, .outputTotal = 5}, kNoon, std::nullopt},
    {"unknown counts", "openai", "gpt-5.4", {}, kNoon, std::nullopt},
    {"cut before the usage", "openai", "gpt-5.4", {.inputTotal = 5}, kNoon, std::nullopt},
    {"nothing used costs nothing", "openai", "gpt-99", {.inputTotal = 0, .outputTotal = 0}, kNoon, 0},
    {"negative report is not believed",
     "openai",
     "gpt-5.4",
     {.inputTotal = 1000, .outputTotal = 500, .reportedCostNanoUsd = -1},
     kNoon,
     10'000'000},
    {"more cached than input",
     "openai",
     "gpt-5.4",
     {.inputTotal = 100, .cacheRead = 200, .outputTotal = 0},
     kNoon,
     50'000},
};

} // namespace

class CostTest : public QObject {
    Q_OBJECT
private slots:
    void goldenTable_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < static_cast<int>(std::size(kGolden)); ++i)
            QTest::newRow(kGolden[i].name) << i;
    }
    void goldenTable() {
        QFETCH(int, index);
        const GoldenCase& golden = kGolden[index];
        const auto price = m_catalog.price(golden.provider, golden.model, golden.when);
        const auto cost = costOf(golden.usage, price, golden.when);
        QCOMPARE(cost.has_value(), golden.cost.has_value());
        if (cost)
            QCOMPARE(*cost, *golden.cost);
    }

    void deepSeekPeaksAreDailyWindowsInUtc() {
        const auto price = m_catalog.price("deepseek", "deepseek-v4-pro", kNoon).value();
        const Usage usage{.inputTotal = 1'000'000, .outputTotal = 0};
        const NanoUsd peak = 1'320'000'000;
        const NanoUsd normal = costOf(usage, price, at("2026-11-18", 0, 59)).value();
        QVERIFY(normal < peak);
        QCOMPARE(costOf(usage, price, at("2026-11-18", 1, 0)).value(), peak);
        QCOMPARE(costOf(usage, price, at("2026-11-18", 3, 59)).value(), peak);
        QCOMPARE(costOf(usage, price, at("2026-11-18", 4, 0)).value(), normal);
        QCOMPARE(costOf(usage, price, at("2026-11-18", 6, 0)).value(), peak);
        QCOMPARE(costOf(usage, price, at("2026-11-18", 10, 0)).value(), normal);
    }

    void deepSeekHasNoPeakOnBeijingsWeekend() {
        const auto price = m_catalog.price("deepseek", "deepseek-v4-pro", kNoon).value();
        const Usage usage{.inputTotal = 1'000'000, .outputTotal = 0};
        const NanoUsd peak = 1'320'000'000;
        // Friday 02:00 UTC is Friday in Beijing; Saturday and Sunday 02:00 UTC are its weekend; Monday is not.
        QCOMPARE(costOf(usage, price, at("2026-11-20", 2)).value(), peak);
        QVERIFY(costOf(usage, price, at("2026-11-21", 2)).value() < peak);
        QVERIFY(costOf(usage, price, at("2026-11-22", 9)).value() < peak);
        QCOMPARE(costOf(usage, price, at("2026-11-23", 2)).value(), peak);
    }

    void windowsMayRunOverMidnight() {
        const DailyWindow night = parseDailyWindow("22:30-06:00").value();
        QVERIFY(contains(night, at("2026-01-01", 23)));
        QVERIFY(contains(night, at("2026-01-01", 0)));
        QVERIFY(!contains(night, at("2026-01-01", 6)));
        QVERIFY(!contains(night, at("2026-01-01", 22, 29)));
        QVERIFY(contains(parseDailyWindow("22:00-24:00").value(), at("2026-01-01", 23, 59)));
        for (const char* bad :
             {"", "1:00-2:00", "01:00-01:00", "25:00-26:00", "01:60-02:00", "24:00-01:00", "01:00/02:00"})
            QVERIFY2(!parseDailyWindow(bad), bad);
    }

    void worstCaseAssumesNoCacheAndFullOutput() {
        const auto price = m_catalog.price("anthropic", "claude-sonnet-4-6", kNoon).value();
        // a write at 3.75 is the dearest way to read a prompt
        QCOMPARE(worstCostOf(1000, 100, price, kNoon).value(), 3'750'000 + 1'500'000);
        QVERIFY(!worstCostOf(1000, 100, ModelPrice{}, kNoon));
    }

private:
    Catalog m_catalog = Catalog::builtin();
};

QTEST_APPLESS_MAIN(CostTest)
#include "cost_test.moc"
