#include "base/json_writer.h"

#include <cmath>

#include <QtTest>

using namespace patchbay;

class JsonTest : public QObject {
    Q_OBJECT

private slots:
    void escapesAreFoundAtEveryPlace() {
        for (int byte = 0; byte < 0x80; ++byte) {
            for (std::size_t before = 0; before < 20; ++before) {
                const std::string text = std::string(before, 'a') + static_cast<char>(byte) + std::string(20 - before, '~');
                std::string written;
                appendJsonString(written, text);
                const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
                QCOMPARE(written.size() > text.size() + 2, escaped);
                QCOMPARE(parseJson(written)->get_string(), json::string_view(text.data(), text.size()));
            }
        }
    }

    void partsOfADocumentOutliveIt() {
        std::optional<json::value> moved;
        json::value copied;
        {
            auto document = parseJsonObject(R"({"a":{"text":"longer than what a string keeps inside itself"},"b":[1,2,3]})");
            QVERIFY(document.has_value());
            moved.emplace(std::move((*document)["a"]));
            copied = (*document)["b"];
        }
        moved->as_object()["more"] = "grown after the document was gone, and more than the block had left";
        QCOMPARE(moved->as_object().size(), std::size_t{2});
        QCOMPARE(writeJson(copied), std::string("[1,2,3]"));
    }

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
