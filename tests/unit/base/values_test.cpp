// Ids, strings, bytes and clocks.
#include <set>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/ids.h"
#include "base/strings.h"

#include <QtTest>

using namespace patchbay;

namespace {

awaitable<void> sleepThenPush(ManualClock* clock, Milliseconds delay, std::vector<int>* order, int number) {
    co_await clock->sleepFor(delay);
    order->push_back(number);
}

} // namespace

class ValuesTest : public QObject {
    Q_OBJECT

private slots:
    void idsAreUniqueAndSortByCreation() {
        ManualClock clock;
        IdGenerator ids(clock);
        std::vector<std::string> made;
        for (int i = 0; i < 20000; ++i) { // more than one millisecond's counter holds
            made.push_back(ids.next());
            if (i % 7000 == 6999)
                clock.advance(Milliseconds(1));
        }
        QVERIFY(std::is_sorted(made.begin(), made.end()));
        QCOMPARE(std::set<std::string>(made.begin(), made.end()).size(), made.size());
        for (const std::string& id : made)
            QVERIFY(isUuid(id) && id[14] == '7' && std::string("89ab").find(id[19]) != std::string::npos);
    }

    void base64RoundTrips() {
        for (const std::string& text : {std::string(), std::string("f"), std::string("fo"), std::string("foo"), randomBytes(1000)})
            QCOMPARE(base64Decode(base64Encode(text)).value(), text);
        QCOMPARE(base64Encode("foob"), std::string("Zm9vYg=="));
        QCOMPARE(base64Decode("Zm9v Yg").value(), std::string("foob"));
        for (const char* bad : {"Z", "Zm9v!", "Zg==Zg", "Zg==="})
            QVERIFY2(!base64Decode(bad), bad);
    }

    void illFormedUtf8IsReplacedPerMaximalSubpart() {
        const std::string r = "\xEF\xBF\xBD";
        QCOMPARE(repairUtf8("\xF0\x9F\x98" "a"), r + "a");          // one cut sequence, one replacement
        QCOMPARE(repairUtf8("\xC0\xAF"), r + r);                    // overlong
        QCOMPARE(repairUtf8("\xED\xA0\x80"), r + r + r);            // a surrogate
        QCOMPARE(repairUtf8("\xF4\x90\x80\x80"), r + r + r + r);    // beyond U+10FFFF
        QVERIFY(isValidUtf8("plain \xE4\xB8\x96\xE7\x95\x8C"));
        QVERIFY(!isValidUtf8("0123456789abcdef\xFF"));
    }

    void truncationKeepsCodePointsWhole() {
        QCOMPARE(truncateUtf8("a\xE4\xB8\x96z", 3), std::string_view("a"));
        QCOMPARE(truncateUtf8("a\xE4\xB8\x96z", 4), std::string_view("a\xE4\xB8\x96"));
    }

    void secretsAreMasked() {
        QCOMPARE(maskSecret("sk-abcdefghijklmnop"), std::string("sk-…mnop"));
        QCOMPARE(maskSecret("short"), std::string("…"));
    }

    void percentCodingRoundTrips() {
        QCOMPARE(percentDecode("a%2Fb%20c+d%zz%"), std::string("a/b c+d%zz%"));
        QCOMPARE(percentDecode("a+b", true), std::string("a b"));
        QCOMPARE(percentDecode(percentEncode("Zürich/你 好?")), std::string("Zürich/你 好?"));
    }

    void comparisonOfSecretsLooksAtEveryByte() {
        QVERIFY(constantTimeEquals("abc", "abc"));
        QVERIFY(!constantTimeEquals("abc", "abd"));
        QVERIFY(!constantTimeEquals("abc", "abcd"));
    }

    void manualClockWakesSleepersInOrderOfTheirTimes() {
        asio::io_context engine;
        ManualClock clock;
        std::vector<int> order;
        asio::co_spawn(engine, sleepThenPush(&clock, Milliseconds(30), &order, 3), asio::detached);
        asio::co_spawn(engine, sleepThenPush(&clock, Milliseconds(10), &order, 1), asio::detached);
        asio::co_spawn(engine, sleepThenPush(&clock, Milliseconds(20), &order, 2), asio::detached);
        engine.poll();
        QVERIFY(order.empty());
        clock.advance(Milliseconds(20));
        engine.restart();
        engine.poll();
        QCOMPARE(order, (std::vector<int>{1, 2}));
        clock.advance(Milliseconds(10));
        engine.restart();
        engine.poll();
        QCOMPARE(order, (std::vector<int>{1, 2, 3}));
    }

    void aCancelledSleeperThrows() {
        asio::io_context engine;
        ManualClock clock;
        std::vector<int> order;
        asio::cancellation_signal cancel;
        std::exception_ptr thrown;
        asio::co_spawn(engine, sleepThenPush(&clock, Milliseconds(10), &order, 1),
                       asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr e) { thrown = e; }));
        engine.poll();
        cancel.emit(asio::cancellation_type::terminal);
        engine.restart();
        engine.poll();
        QVERIFY(thrown != nullptr);
        QVERIFY(order.empty());
        clock.advance(Milliseconds(20)); // nobody is left to wake
        QCOMPARE(clock.sleeperCount(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(ValuesTest)
#include "values_test.moc"
