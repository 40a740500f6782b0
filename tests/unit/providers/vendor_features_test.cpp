#include "providers/vendor_features.h"

#include <QTest>

using namespace patchbay;

namespace {

ChatRequest requestOf(std::string_view format, const char* extra) {
    return {.model = "m", .extraFormat = std::string(format), .extra = parseJsonObject(extra).value()};
}

} // namespace

class VendorFeaturesTest : public QObject {
    Q_OBJECT

private slots:
    void whatAnotherFormatLacksIsNamed_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("extra");
        QTest::addColumn<QString>("param");
        QTest::addColumn<QString>("word");
        const auto add = [](const char* name, const char* format, const char* extra, const char* param,
                            const char* word) { QTest::newRow(name) << format << extra << param << word; };
        add("web search of the Responses API", "openai-responses", "{\"tools\":[{\"type\":\"web_search\"}]}", "tools",
            "web_search");
        add("a stored prompt", "openai-responses", "{\"prompt\":{\"id\":\"pmpt_1\"}}", "prompt", "stored prompt");
        add("web search of chat completions", "openai", "{\"web_search_options\":{}}", "web_search_options",
            "web search");
        add("web search of Anthropic", "anthropic",
            "{\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]}", "tools", "web_search_20250305");
        add("MCP servers", "anthropic", "{\"mcp_servers\":[{}]}", "mcp_servers", "MCP");
        add("search of Gemini", "gemini", "{\"tools\":[{\"googleSearch\":{}}]}", "tools", "googleSearch");
    }
    void whatAnotherFormatLacksIsNamed() {
        QFETCH(QString, format);
        QFETCH(QString, extra);
        QFETCH(QString, param);
        QFETCH(QString, word);
        const ChatRequest request = requestOf(format.toStdString(), extra.toUtf8().constData());
        const WireFormat own = wireFormatFromName(format.toStdString()).value();
        for (const WireFormat upstream : {WireFormat::OpenAiChat, WireFormat::OpenAiResponses, WireFormat::Anthropic,
                                          WireFormat::Ollama, WireFormat::Gemini}) {
            const auto missing = missingFeature(request, upstream);
            QCOMPARE(missing.has_value(), upstream != own);
            if (!missing)
                continue;
            QCOMPARE(missing->httpStatus(), 400);
            QCOMPARE(missing->vendor->param, param.toStdString());
            QVERIFY2(missing->message.find(word.toStdString()) != std::string::npos, missing->message.c_str());
            QVERIFY2(missing->hint.find("format = ") != std::string::npos, missing->hint.c_str());
        }
    }

    void whatChangesNoAnswerIsLeftOut() {
        QVERIFY(!missingFeature(requestOf("openai-responses", "{\"truncation\":\"auto\"}"), WireFormat::Ollama));
        QVERIFY(!missingFeature(requestOf("openai", "{\"logit_bias\":{}}"), WireFormat::Anthropic));
        QVERIFY(!missingFeature(requestOf("ollama", "{\"keep_alive\":\"5m\"}"), WireFormat::Gemini));
        // Anthropic's further members of a tool that the client itself runs.
        ChatRequest request = requestOf("anthropic", "{\"tools\":[{\"name\":\"f\",\"eager_input_streaming\":true}]}");
        request.tools.push_back({.name = "f"});
        QVERIFY(!missingFeature(request, WireFormat::OpenAiChat));
    }
};

QTEST_APPLESS_MAIN(VendorFeaturesTest)
#include "vendor_features_test.moc"
