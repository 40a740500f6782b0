#include "base/json_writer.h"

#include <cmath>

#include <QtTest>

using namespace patchbay;

class JsonTest : public QObject {
    Q_OBJECT

private slots:
    void numbersAreWrittenAsTheyWereRead_data() {
        QTest::addColumn<QString>("text");
        for (const char* text : {"19.99", "0.1", "1", "-7", "18446744073709551615", "-9223372036854775808", "1e+300", "0"})
            QTest::newRow(text) << QString(text);
    }
    void numbersAreWrittenAsTheyWereRead() {
        QFETCH(QString, text);
        const auto value = parseJson(text.toStdString());
        QVERIFY(bool(value));
        QCOMPARE(QString::fromStdString(writeJson(*value)), text);
    }

    void membersKeepTheirOrder() {
        const std::string text = "{\"z\":1,\"a\":{\"y\":[],\"b\":{}},\"m\":null}";
        QCOMPARE(writeJson(*parseJson(text)), text);
    }

    void loneSurrogatesBecomeReplacementCharacters() {
        const std::string replacement = "\xEF\xBF\xBD";
        const auto object = parseJsonObject("{\"a\":\"x\\ud83dy\",\"b\":\"\\udc00\",\"c\":\"\\ud83d\\ude00\",\"d\":\"\\\\ud83d\"}");
        QVERIFY(bool(object));
        QCOMPARE(std::string(stringOr(*object, "a")), "x" + replacement + "y");
        QCOMPARE(std::string(stringOr(*object, "b")), replacement);
        QCOMPARE(std::string(stringOr(*object, "c")), std::string("\xF0\x9F\x98\x80"));
        QCOMPARE(std::string(stringOr(*object, "d")), std::string("\\ud83d"));
    }

    void depthIsLimited() {
        const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
        QVERIFY(bool(parseJson(nested(kMaxJsonDepth))));
        const auto deep = parseJson(nested(kMaxJsonDepth + 1));
        QVERIFY(!deep);
        QCOMPARE(deep.error().code, ErrorCode::Malformed);
        QVERIFY(!parseJson(nested(1000000)));
    }

    void badUtf8IsMendedWhenWritten() {
        std::string out;
        appendJsonString(out, "a\xFF\xE4\xBD\x62\n\x01\"");
        QCOMPARE(out, std::string("\"a\xEF\xBF\xBD\xEF\xBF\xBD" "b\\n\\u0001\\\"\""));
        QVERIFY(bool(parseJson(out)));
    }

    void notANumberBecomesNull() {
        QCOMPARE(writeJson(json::value(std::nan(""))), std::string("null"));
    }

    void lookUpsTreatNullAndWrongTypesAsAbsent() {
        const auto object = parseJsonObject("{\"n\":null,\"s\":\"x\",\"f\":3.0,\"g\":3.5,\"big\":18446744073709551615}");
        QVERIFY(bool(object));
        QVERIFY(!find(*object, "n"));
        QVERIFY(!findInt(*object, "s"));
        QCOMPARE(findInt(*object, "f").value(), std::int64_t{3});
        QVERIFY(!findInt(*object, "g"));
        QVERIFY(!findInt(*object, "big"));
        QVERIFY(!findString(*object, "f"));
    }
};

QTEST_APPLESS_MAIN(JsonTest)
#include "json_test.moc"
