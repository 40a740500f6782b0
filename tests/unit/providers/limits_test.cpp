// Sizes that only an attacker sends: what is linear is done in a moment, what is not would take minutes, and what is
// beyond every measure is refused with a word.
#include "providers/open_calls.h"
#include "providers/openai/tool_call_assembler.h"
#include "providers/reply_limits.h"
#include "providers/request_limits.h"
#include "providers/secret_mask.h"
#include "providers/surrogate_joiner.h"
#include "unit/providers/openai_test_support.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

constexpr int kMany = 60000;
constexpr int kPatience = 10000; // ms; quadratic work of this size takes minutes

std::string numbered(const char* before, int number) {
    return before + std::to_string(number);
}

json::array manyTools(int count) {
    json::array tools;
    for (int i = 0; i < count; ++i)
        tools.push_back(json::object{{"type", "function"}, {"function", json::object{{"name", numbered("f", i)}}}});
    return tools;
}

Result<ChatRequest> decodeAs(WireFormat format, const json::object& body, std::string path) {
    const std::string text = writeJson(body);
    return serverCodec(format).decodeChat({.path = std::move(path), .body = text});
}

json::object call(int index, const char* id, const char* name, const std::string& arguments) {
    json::object function{{"arguments", arguments}};
    if (*name != 0)
        function["name"] = name;
    json::object object{{"function", function}};
    if (index >= 0)
        object["index"] = index;
    if (*id != 0)
        object["id"] = id;
    return object;
}

ChatRequest manyAllowedTools() {
    ChatRequest request{.model = "m", .messages = {textMessage(Role::User, "hi")}};
    ToolChoice choice;
    for (int i = 0; i < kMany; ++i) {
        request.tools.push_back({.name = numbered("f", i)});
        choice.allowedTools.push_back(numbered("f", kMany - 1 - i));
    }
    request.toolChoice = choice;
    return request;
}

} // namespace

class LimitsTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_timer.start(); }
    void cleanup() { QVERIFY2(m_timer.elapsed() < kPatience, "it took quadratic time"); }

    void openCallsAreTakenOldestFirst() {
        OpenCalls calls;
        calls.add("1", "a");
        calls.add("2", "b");
        calls.add("3", "a");
        calls.add("4", "a");
        QCOMPARE(calls.takeByName("a")->id, std::string("1"));
        QCOMPARE(calls.takeById("3")->name, std::string("a"));
        QVERIFY(!calls.takeById("3"));
        QCOMPARE(calls.takeByName("a")->id, std::string("4"));
        QVERIFY(!calls.takeByName("a"));
        QCOMPARE(calls.takeOldest()->id, std::string("2"));
        QVERIFY(!calls.takeOldest());
    }

    void manyToolsAreDecodedAndThenRefused() {
        const json::object body{{"model", "m"},
                                {"messages", json::array{json::object{{"role", "user"}, {"content", "hi"}}}},
                                {"tools", manyTools(kMany)}};
        const auto request = decodeAs(WireFormat::OpenAiChat, body, "/v1/chat/completions");
        QVERIFY(request.has_value());
        const auto checked = checkRequestLimits(*request);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(checked.error().vendor->param, std::string("tools"));
        QVERIFY(checked.error().message.find("4096") != std::string::npos);
    }

    void manyAllowedToolsAreEncoded_data() {
        QTest::addColumn<int>("format");
        for (const WireFormat format : {WireFormat::OpenAiChat, WireFormat::Anthropic, WireFormat::Gemini})
            QTest::newRow(std::string(wireFormatName(format)).c_str()) << static_cast<int>(format);
    }
    void manyAllowedToolsAreEncoded() {
        QFETCH(int, format);
        const auto wire =
            clientCodec(static_cast<WireFormat>(format)).encodeChat(manyAllowedTools(), endpointOf("mistral"));
        QVERIFY(wire.has_value());
        QVERIFY(wire->body.find("\"f59999\"") != std::string::npos);
    }

    void manyExtraToolsAreMerged() {
        ChatRequest request = manyAllowedTools();
        request.toolChoice.reset();
        request.extraFormat = "anthropic";
        json::array extra;
        for (int i = 0; i < kMany; ++i)
            extra.push_back(json::object{{"name", numbered("f", kMany - 1 - i)}, {"mark", i}});
        request.extra["tools"] = extra;
        const auto wire = clientCodec(WireFormat::Anthropic).encodeChat(request, endpointOf("anthropic"));
        QVERIFY(wire.has_value());
        const json::object body = *parseJsonObject(wire->body);
        const json::array& tools = body.at("tools").get_array();
        QCOMPARE(tools.size(), static_cast<std::size_t>(kMany));
        QCOMPARE(tools[0].get_object().at("mark").to_number<int>(), kMany - 1);
    }

    void resultsFindTheirCallsInAnyOrder_data() {
        QTest::addColumn<bool>("gemini");
        QTest::newRow("ollama") << false;
        QTest::newRow("gemini") << true;
    }
    void resultsFindTheirCallsInAnyOrder() {
        QFETCH(bool, gemini);
        json::array calls;
        json::array results;
        for (int i = 0; i < kMany; ++i) {
            const std::string name = numbered("f", i);
            const std::string answered = numbered("f", kMany - 1 - i);
            if (gemini) {
                calls.push_back(json::object{{"functionCall", json::object{{"name", name}}}});
                results.push_back(
                    json::object{{"functionResponse", json::object{{"name", answered}, {"response", json::object{}}}}});
            } else {
                calls.push_back(
                    json::object{{"function", json::object{{"name", name}, {"arguments", json::object{}}}}});
                results.push_back(json::object{{"role", "tool"}, {"tool_name", answered}, {"content", "x"}});
            }
        }
        json::object body;
        if (gemini) {
            body["contents"] = json::array{json::object{{"role", "model"}, {"parts", calls}},
                                           json::object{{"role", "user"}, {"parts", results}}};
        } else {
            json::array messages{json::object{{"role", "assistant"}, {"content", ""}, {"tool_calls", calls}}};
            for (json::value& result : results)
                messages.push_back(std::move(result));
            body = {{"model", "m"}, {"messages", std::move(messages)}};
        }
        const auto request = gemini ? decodeAs(WireFormat::Gemini, body, "/v1beta/models/m:generateContent")
                                    : decodeAs(WireFormat::Ollama, body, "/api/chat");
        QVERIFY(request.has_value());
        std::vector<std::string> asked;
        std::vector<std::string> answered;
        for (const Message& message : request->messages)
            for (const ContentPart& part : message.parts) {
                if (const auto* one = std::get_if<ToolCallPart>(&part))
                    asked.push_back(one->id);
                if (const auto* one = std::get_if<ToolResultPart>(&part))
                    answered.push_back(one->toolCallId);
            }
        std::reverse(answered.begin(), answered.end());
        QCOMPARE(asked.size(), static_cast<std::size_t>(kMany));
        QVERIFY(asked == answered);
    }

    void aRequestHasLimits() {
        ChatRequest request{.model = "m"};
        request.messages.resize(kMaxMessages + 1);
        QCOMPARE(checkRequestLimits(request).error().vendor->param, std::string("messages"));
        request.messages.assign(1, Message{.parts = std::vector<ContentPart>(kMaxParts + 1, TextPart{})});
        QCOMPARE(checkRequestLimits(request).error().vendor->param, std::string("messages"));
        request.messages[0].parts.resize(kMaxParts);
        QVERIFY(checkRequestLimits(request).has_value());
        request.model = std::string(257, 'm');
        const Error tooLong = checkRequestLimits(request).error();
        QCOMPARE(tooLong.vendor->param, std::string("model"));
        QVERIFY(tooLong.message.find("mmm") == std::string::npos);
        QVERIFY(!checkModelName("a\r\nx-evil: 1"));
        QVERIFY(checkModelName("千问/" + std::string(200, 'm')).has_value());
    }

    void aReplyHasACallLimit() {
        ToolCallAssembler assembler(0);
        EventBatch events;
        Result<void> added;
        for (int i = 0; added && i < 200000; ++i)
            added = assembler.add(call(i, numbered("id", i).c_str(), "f", "{}"), events);
        QVERIFY(!added);
        QCOMPARE(added.error().code, ErrorCode::Malformed);
        QCOMPARE(events.size(), 2 * kMaxReplyCalls);
    }

    void argumentsInManyPiecesAreReadOnce() {
        // A name in every piece and no id: whether the call goes on depends on whether it is complete.
        ToolCallAssembler assembler(0);
        EventBatch events;
        QVERIFY(assembler.add(call(-1, "", "f", "{\"a\":\""), events).has_value());
        for (int i = 0; i < 2 * kMany; ++i)
            QVERIFY(assembler.add(call(-1, "", "f", "0123456789"), events).has_value());
        QVERIFY(assembler.add(call(-1, "", "f", "\"}"), events).has_value());
        QVERIFY(assembler.add(call(-1, "", "f", "{}"), events).has_value()); // the next one of that name
        QVERIFY(assembler.finish(events).has_value());
        ReplyBuilder builder;
        builder.add(events);
        const auto& parts = builder.reply().choices[0].message.parts;
        QCOMPARE(parts.size(), std::size_t{2});
        QVERIFY(parseJsonObject(std::get<ToolCallPart>(parts[0]).arguments).has_value());
        QCOMPARE(std::get<ToolCallPart>(parts[1]).arguments, std::string("{}"));
    }

    void aReplyHasASize() {
        ReplyLimits limits;
        const EventBatch piece{TextDelta{.text = std::string(1U << 20U, 'x')}};
        for (int i = 0; i < 127; ++i)
            QVERIFY(limits.add(piece).has_value());
        const auto over = [&] { return limits.add(piece) && limits.add(piece); };
        QVERIFY(!over());
        const Error error = limits.add({}).error();
        QCOMPARE(error.code, ErrorCode::Malformed);
        QVERIFY(error.message.find("128 MiB") != std::string::npos);
    }

    void smallPiecesOfAReplyCountToo() {
        ReplyLimits alternating;
        Result<void> added;
        int batches = 0;
        for (; added && batches < 1000000; ++batches)
            added = alternating.add({TextDelta{.text = "x"}, RefusalDelta{.text = "y"}});
        QVERIFY(!added);
        QCOMPARE(batches, static_cast<int>(kMaxReplyParts / 2) + 1);
        ReplyLimits twoChoices; // which alternate in the stream, not in themselves
        for (int i = 0; i < 100000; ++i)
            QVERIFY(twoChoices.add({TextDelta{.text = "x"}, TextDelta{.text = "y", .choice = 1}}).has_value());
        ReplyLimits calls;
        for (int i = 0; i < static_cast<int>(kMaxReplyCalls); ++i)
            QVERIFY(calls.add({ToolCallStarted{.index = i}}).has_value());
        QVERIFY(!calls.add({ToolCallStarted{.index = 2000}}));
    }

    void piecesOfAKeyAreMasked() {
        const std::string key = "sk-proj-0123456789abcdefghijklmnop";
        const SecretMask mask({key});
        const auto masked = [&](std::string text) {
            mask.apply(text);
            return text;
        };
        QCOMPARE(masked("key " + key + "!"), std::string("key …!"));
        QCOMPARE(masked("key " + key.substr(0, 20) + "***"), std::string("key …***"));
        QCOMPARE(masked("…" + key.substr(9, 17) + " is wrong"), std::string("…… is wrong"));
        QCOMPARE(masked("ends in mnop"), std::string("ends in mnop"));
        for (const std::string before : {"", "x", "xy", "Bearer ", "user:"}) {
            const std::string encoded = QByteArray::fromStdString(before + key).toBase64().toStdString();
            const std::string text = masked("got " + encoded);
            QVERIFY2(text.starts_with("got ") && text.size() < 30, text.c_str());
        }
    }

    void halvesOfACharacterAreJoined() {
        SurrogateJoiner joiner;
        QCOMPARE(std::string(joiner.join(quoted("{'c':'a\\ud83d'}"))), quoted("{'c':'a'}"));
        QCOMPARE(std::string(joiner.join(quoted("{'c':'plain'}"))), quoted("{'c':'plain'}"));
        QCOMPARE(std::string(joiner.join(quoted("{'c':'\\ude00b\\uD83D'}"))), quoted("{'c':'\\ud83d\\ude00b'}"));
        QCOMPARE(std::string(joiner.join(quoted("{'c':'\\uDE01'}"))), quoted("{'c':'\\uD83D\\uDE01'}"));
        QCOMPARE(std::string(joiner.join(quoted("{'c':'\\\\ud83d'}"))), quoted("{'c':'\\\\ud83d'}")); // no escape
        const auto chunk = [](const char* text) {
            return quoted("data: {'choices':[{'index':0,'delta':{'content':'") + text + quoted("'}}]}\n\n");
        };
        const std::string stream = chunk("\\ud83d") + chunk("\\ude00") +
                                   quoted("data: {'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}\n\n") +
                                   "data: [DONE]\n\n";
        const auto replayed =
            replayPieces({stream}, {.headers = {{"content-type", "text/event-stream"}}}, endpointOf("openai"));
        QCOMPARE(textOf(replayed.reply.choices[0].message), std::string("😀"));
    }

    void aFailedResponseRepeatsNoGiant() {
        const auto failedAfter = [](std::size_t bytes) {
            const auto encoder = serverCodec(WireFormat::OpenAiResponses).chatEncoder({.model = "m"}, {.id = "resp_1"});
            std::string out;
            encoder->encode(TextDelta{.text = std::string(bytes, 'x')}, out);
            out.clear();
            encoder->fail(makeError(ErrorCode::Timeout, "late"), out);
            return out;
        };
        QVERIFY(failedAfter(1000).find("xxxx") != std::string::npos);
        QVERIFY(failedAfter(9U << 20U).size() < 10000);
    }

    void anIntegerOutOfRangeIsCalledThat() {
        const auto decoded =
            openAiChatServerCodec().decodeChat({.path = "/v1/chat/completions",
                                                .body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":"
                                                        "\"x\"}],\"seed\":99999999999999999999}"});
        QVERIFY(!decoded);
        QVERIFY2(decoded.error().message.find("above maximum") != std::string::npos, decoded.error().message.c_str());
    }

private:
    QElapsedTimer m_timer;
};

QTEST_APPLESS_MAIN(LimitsTest)
#include "limits_test.moc"
