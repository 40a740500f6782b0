#include <QTest>

#include "catalog/money.h"

using namespace patchbay;

class MoneyTest : public QObject {
    Q_OBJECT
private slots:
    void pricesAreParsedExactly() {
        const std::pair<std::string_view, TokenPrice> cases[] = {
            {"2.5", 2'500'000}, {"0.075", 75'000},         {"0.0028", 2'800},
            {"0.0625", 62'500}, {"18.75", 18'750'000},     {"0", 0},
            {"0.000001", 1},    {"10000", 10'000'000'000}, {"1.2300000000", 1'230'000},
        };
        for (const auto& [text, price] : cases) {
            QCOMPARE(parseTokenPrice(text).value(), price);
            QCOMPARE(tokenPriceOf(std::stod(std::string(text))).value(), price);
        }
    }

    void everySixDecimalPriceSurvivesTheDouble() {
        for (TokenPrice price = 1; price < 10'000'000'000; price += 7'654'321) {
            const std::string text =
                std::to_string(price / 1'000'000) + "." + std::to_string(1'000'000 + price % 1'000'000).substr(1);
            QCOMPARE(tokenPriceOf(std::stod(text)).value(), price);
            QCOMPARE(parseTokenPrice(text).value(), price);
        }
    }

    void whatIsNoPriceIsRefused() {
        for (const std::string_view text :
             {"", ".", "1.", ".5", "-1", "1e3", "1,5", "0.0000001", "10000.1", "99999999999999999999", " 1"})
            QVERIFY2(!parseTokenPrice(text), std::string(text).c_str());
        for (const double number :
             {-0.1, 0.0000001, 1e-12, 0.12345678, 10000.5, 1e300, std::numeric_limits<double>::quiet_NaN()})
            QVERIFY(!tokenPriceOf(number));
    }

    void sumsRoundOnceHalfUp() {
        CostSum sum; // 3 x 0.5 nano-dollars
        for (int i = 0; i < 3; ++i)
            sum.add(1, 500);
        QCOMPARE(sum.total().value(), 2);
        CostSum below;
        below.add(1, 499);
        QCOMPARE(below.total().value(), 0);
    }

    void aMillionTokensCostTheListPrice() {
        CostSum sum;
        sum.add(1'000'000, parseTokenPrice("0.0028").value());
        QCOMPARE(sum.total().value(), 2'800'000);
    }

    void theLargestAllowedSumDoesNotOverflow() {
        CostSum sum;
        for (int i = 0; i < 5; ++i)
            sum.add(kMaxPricedTokens, kMaxUsdPerMillion * 1'000'000);
        QCOMPARE(sum.total().value(), 5'000'000'000'000'000'000);
    }

    void unknownIsNotZero() {
        CostSum sum;
        sum.add(10, std::nullopt);
        QVERIFY(!sum.total());
        CostSum tokens;
        tokens.add(std::nullopt, 100);
        QVERIFY(!tokens.total());
        CostSum absurd;
        absurd.add(kMaxPricedTokens + 1, 1);
        QVERIFY(!absurd.total());
        CostSum negative;
        negative.add(-1, 1);
        QVERIFY(!negative.total());
    }

    void aZeroOnEitherSideIsZero() {
        CostSum sum;
        sum.add(0, std::nullopt);
        sum.add(std::nullopt, 0);
        QCOMPARE(sum.total().value(), 0);
    }

    void amountsReadAsDollars() {
        QCOMPARE(formatUsd(0), std::string("0.00 USD"));
        QCOMPARE(formatUsd(12'500'000'000), std::string("12.50 USD"));
        QCOMPARE(formatUsd(1'230'000), std::string("0.00123 USD"));
        QCOMPARE(formatUsd(-1), std::string("-0.000000001 USD"));
    }
};

QTEST_APPLESS_MAIN(MoneyTest)
#include "money_test.moc"
