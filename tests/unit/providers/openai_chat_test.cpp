#include "unit/providers/openai_test_support.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

std::string vendorOf(std::string_view dialect) {
    return std::string(dialect == "llama.cpp" ? "llamacpp" : dialect.empty() ? "openai" : dialect);
}

struct Case {
    std::string name;
    std::string bytes;
    WireReplyHead head;
    Endpoint endpoint;
    json::object expected;
};

void splitHttp(Case& test) {
    const auto end = test.bytes.find("\r\n\r\n");
    std::string_view lines = std::string_view(test.bytes).substr(0, end);
    lines.remove_prefix(lines.find("\r\n") + 2);
    while (!lines.empty()) {
        const auto line = lines.substr(0, lines.find("\r\n"));
        const auto colon = line.find(':');
        test.head.headers.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
        lines.remove_prefix(std::min(lines.size(), line.size() + 2));
    }
    test.bytes.erase(0, end + 4);
}

std::vector<Case> chatCases() {
    std::vector<Case> cases;
    const auto manifest = parseJson(fixture("manifest.json"));
    for (const json::value& entry : manifest->get_array()) {
        const json::object& row = entry.get_object();
        if (stringOr(row, "api") != "openai-chat")
            continue;
        Case test{.name = std::string(stringOr(row, "file")),
                  .head = {.status = static_cast<int>(*findInt(row, "status"))},
                  .endpoint = endpointOf(vendorOf(stringOr(row, "dialect")))};
        test.bytes = fixture(test.name);
        if (test.name.ends_with(".http"))
            splitHttp(test);
        else
            test.head.headers = {{"content-type", std::string(stringOr(row, "content_type"))}};
        test.expected = *parseJsonObject(fixture(stringOr(row, "expected")));
        cases.push_back(std::move(test));
    }
    return cases;
}

std::string optionalText(std::optional<std::int64_t> value) {
    return value ? std::to_string(*value) : "null";
}

std::string expectedText(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(json::string_view(key.data(), key.size()));
    return !value || value->is_null() ? "null"
           : value->is_string()       ? std::string(toView(value->get_string()))
                                      : writeJson(*value);
}

std::string usageText(const Usage& usage) {
    if (usage.empty())
        return "null";
    return optionalText(usage.inputTotal) + " " + optionalText(usage.inputUncached) + " " +
           optionalText(usage.cacheRead) + " " + optionalText(usage.cacheWrite) + " " +
           optionalText(usage.outputTotal) + " " + optionalText(usage.reasoning) + " " + optionalText(usage.total());
}

std::string expectedUsage(const json::object& expected) {
    const json::object* usage = findObject(expected, "usage");
    if (!usage)
        return "null";
    std::string text;
    for (const std::string_view key :
         {"input_total", "input_uncached", "cache_read", "cache_write", "output_total", "reasoning", "total"})
        text += (text.empty() ? "" : " ") + expectedText(*usage, key);
    return text;
}

void compareError(const Error& error, const json::object& expected) {
    QVERIFY(error.vendor);
    QCOMPARE(error.message, std::string(stringOr(expected, "message")));
    QCOMPARE(error.vendor->status, static_cast<int>(findInt(expected, "status").value_or(0)));
    QCOMPARE(error.vendor->type.empty() ? "null" : error.vendor->type, expectedText(expected, "type"));
    QCOMPARE(error.vendor->code.empty() ? "null" : error.vendor->code, expectedText(expected, "code"));
    if (const auto param = findString(expected, "param"))
        QCOMPARE(error.vendor->param, std::string(*param));
    if (const auto id = findString(expected, "request_id"))
        QCOMPARE(error.vendor->requestId, std::string(*id));
    if (const auto retryable = findBool(expected, "retryable"))
        QCOMPARE(error.retryable, *retryable);
    const auto wait = findInt(expected, "retry_after_ms");
    QCOMPARE(error.retryAfter.has_value(), wait.has_value());
    if (wait)
        QCOMPARE(error.retryAfter->count(), *wait);
}

void compare(const Replayed& got, const json::object& expected) {
    const ReplyChoice& choice = got.reply.choices.front();
    QCOMPARE(got.reply.model.empty() ? "null" : got.reply.model, expectedText(expected, "model"));
    QCOMPARE(got.reply.id.empty() ? "null" : got.reply.id, expectedText(expected, "id"));
    QCOMPARE(textOf(choice.message), std::string(stringOr(expected, "text")));
    if (got.outcome) // what the model thought before an error is kept, which the fixtures do not record
        QCOMPARE(joined<ReasoningPart>(choice.message), std::string(stringOr(expected, "reasoning")));
    QCOMPARE(joined<RefusalPart>(choice.message), std::string(stringOr(expected, "refusal")));
    QCOMPARE(usageText(got.reply.usage), expectedUsage(expected));

    const auto calls = callsOf(choice.message);
    const json::array& wanted = *findArray(expected, "tool_calls");
    QCOMPARE(calls.size(), wanted.size());
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const json::object& call = wanted[i].get_object();
        QCOMPARE(calls[i].id, std::string(stringOr(call, "id")));
        QCOMPARE(calls[i].name, std::string(stringOr(call, "name")));
        QCOMPARE(writeJson(*parseJson(calls[i].arguments)), writeJson(*find(call, "arguments")));
    }

    const json::object* finish = findObject(expected, "finish_reason");
    QCOMPARE(choice.finished, finish != nullptr);
    if (finish) {
        QCOMPARE(choice.finish.raw, std::string(stringOr(*finish, "raw")));
        QCOMPARE(std::string(finishReasonName(choice.finish.reason)), std::string(stringOr(*finish, "unified")));
    }
    if (const json::array* others = findArray(expected, "other_choices"))
        for (const json::value& other : *others) {
            const ReplyChoice& alternative =
                got.reply.choices.at(static_cast<std::size_t>(*findInt(other.get_object(), "index")));
            QCOMPARE(textOf(alternative.message), std::string(stringOr(other.get_object(), "text")));
            QVERIFY(alternative.finished);
        }

    const bool ok = stringOr(expected, "outcome") == "ok";
    QCOMPARE(got.outcome.has_value(), ok);
    if (ok)
        QCOMPARE(usageText(got.outcome->usage), expectedUsage(expected));
    else
        compareError(got.outcome.error(), *findObject(expected, "error"));
}

ErrorCode codeOf(const Replayed& got) {
    return got.outcome ? ErrorCode::Internal : got.outcome.error().code;
}

} // namespace

class OpenAiChatTest : public QObject {
    Q_OBJECT
private slots:
    void fixtures_data() {
        QTest::addColumn<int>("at");
        const auto cases = chatCases();
        QCOMPARE(cases.size(), 28U);
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name.c_str()) << static_cast<int>(i);
    }
    void fixtures() {
        QFETCH(int, at);
        const Case test = chatCases()[static_cast<std::size_t>(at)];
        const std::string_view bytes = test.bytes;
        compare(replayPieces({bytes}, test.head, test.endpoint), test.expected);
        compare(replayPieces(singleBytes(bytes), test.head, test.endpoint), test.expected);
        for (std::size_t cut = 0; cut <= bytes.size() && !QTest::currentTestFailed(); ++cut)
            compare(replayPieces({bytes.substr(0, cut), bytes.substr(cut)}, test.head, test.endpoint), test.expected);
    }

    void truncatedFixtureIsNeverAShortSuccess_data() { fixtures_data(); }
    void truncatedFixtureIsNeverAShortSuccess() {
        QFETCH(int, at);
        const Case test = chatCases()[static_cast<std::size_t>(at)];
        const Replayed whole = replay(test.bytes, test.head, test.endpoint);
        const bool stream = test.name.ends_with(".sse");
        for (std::size_t cut = 0; cut < test.bytes.size(); ++cut) {
            const Replayed got = replay(std::string_view(test.bytes).substr(0, cut), test.head, test.endpoint);
            if (!got.outcome) {
                QVERIFY(!got.reply.choices.front().finished || !whole.outcome);
                if (test.head.status == 200 && whole.outcome)
                    QCOMPARE(got.outcome.error().code, ErrorCode::Truncated);
                continue;
            }
            // Only what came behind the finish reason may be missing (usage, [DONE], white space).
            QVERIFY(whole.outcome);
            QVERIFY2(stream || cut + 4 >= test.bytes.size(), std::to_string(cut).c_str());
            QVERIFY(got.reply.choices == whole.reply.choices);
        }
    }

    void callsWithoutIndexAreToldApartById() {
        const Replayed got =
            replay(chunks({quoted("{'tool_calls':[{'id':'a','function':{'name':'f','arguments':'{\\'x\\':'}}]}"),
                           quoted("{'tool_calls':[{'function':{'arguments':'1}'}}]}"),
                           quoted("{'tool_calls':[{'id':'b','function':{'name':'g','arguments':'{}'}},{'id':'a','"
                                  "function':{'arguments':' '}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QCOMPARE(calls.size(), 2U);
        QCOMPARE(calls[0].arguments, std::string("{\"x\":1} "));
        QCOMPARE(calls[1].name, std::string("g"));
    }

    void indexesAreCompactedInOrderOfAppearance() {
        const Replayed got =
            replay(chunks({quoted("{'tool_calls':[{'index':3,'id':'a','function':{'name':'f','arguments':''}}]}"),
                           quoted("{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':'{}'}}]}"),
                           quoted("{'tool_calls':[{'index':3,'function':{'arguments':'{\\'k\\':2}'}}]}")}));
        std::vector<int> indexes;
        for (const ChatEvent& event : got.events)
            if (const auto* started = std::get_if<ToolCallStarted>(&event))
                indexes.push_back(started->index);
        QVERIFY((indexes == std::vector<int>{0, 1}));
        QCOMPARE(callsOf(got.reply.choices[0].message)[0].arguments, std::string("{\"k\":2}"));
    }

    void constantIndexWithDifferentIdsIsSeveralCalls() {
        const Replayed got = replay(
            chunks({quoted("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{\\'x\\':1}'}}]}"),
                    quoted("{'tool_calls':[{'index':0,'id':'b','function':{'name':'f','arguments':'{\\'x\\':'}}]}"),
                    quoted("{'tool_calls':[{'index':0,'function':{'arguments':'2}'}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QCOMPARE(calls.size(), 2U);
        QCOMPARE(calls[0].arguments, std::string("{\"x\":1}"));
        QCOMPARE(calls[1].arguments, std::string("{\"x\":2}"));
    }

    void wholeCallsWithoutIndexAndIdAreSeveralCalls() {
        const Replayed got = replay(chunks({quoted("{'tool_calls':[{'function':{'name':'f','arguments':'{\\'x\\':1}'}},"
                                                   "{'function':{'name':'f','arguments':'{\\'x\\':2}'}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QCOMPARE(calls.size(), 2U);
        QCOMPARE(calls[1].arguments, std::string("{\"x\":2}"));
        QVERIFY(calls[0].id.starts_with("call_") && calls[0].id.size() == 29 && calls[0].id != calls[1].id);
    }

    void repeatedAndEmptyNamesContinueTheCall() {
        const Replayed got =
            replay(chunks({quoted("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'{'}}]}"),
                           quoted("{'tool_calls':[{'index':0,'function':{'name':'','arguments':'\\'x\\':'}}]}"),
                           quoted("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':'1'}}]}"),
                           quoted("{'tool_calls':[{'index':0,'id':'','function':{'name':'f','arguments':'}'}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QCOMPARE(calls.size(), 1U);
        QCOMPARE(calls[0].arguments, std::string("{\"x\":1}"));
    }

    void idMadeUpForEveryFragmentIsOneCall() {
        const Replayed got =
            replay(chunks({quoted("{'tool_calls':[{'index':0,'id':'r1','function':{'name':'f','arguments':'{'}}]}"),
                           quoted("{'tool_calls':[{'index':0,'id':'r2','function':{'arguments':'}'}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QCOMPARE(calls.size(), 1U);
        QCOMPARE(calls[0].id, std::string("r1"));
    }

    void argumentsNullOrAnObjectAreAccepted() {
        const Replayed got = replay(chunks(
            {quoted("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f','arguments':null}}]}"),
             quoted("{'tool_calls':[{'index':1,'id':'b','function':{'name':'g','arguments':{'x':[1,2.5]}}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QCOMPARE(calls[0].arguments, std::string("{}"));
        QCOMPARE(calls[1].arguments, std::string("{\"x\":[1,2.5]}"));
    }

    void customToolKeepsItsFreeText() {
        const Replayed got = replay(chunks(
            {quoted("{'tool_calls':[{'index':0,'id':'a','type':'custom','custom':{'name':'sql','input':'SELECT '}}]}"),
             quoted("{'tool_calls':[{'index':0,'custom':{'input':'1'}}]}")}));
        const auto calls = callsOf(got.reply.choices[0].message);
        QVERIFY(calls[0].custom);
        QCOMPARE(calls[0].arguments, std::string("SELECT 1"));
    }

    void stopAfterToolCallsMeansToolCalls() {
        const Replayed got = replay(chunks({quoted("{'tool_calls':[{'index':0,'id':'a','function':{'name':'f'}}]}")}));
        QCOMPARE(got.outcome->finish, FinishReason::ToolCalls);
        QCOMPARE(got.reply.choices[0].finish.raw, std::string("stop"));
    }

    void finishReasonsAreUnified_data() {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<int>("reason");
        const auto row = [](const char* raw, FinishReason reason) {
            QTest::newRow(raw) << QString(raw) << static_cast<int>(reason);
        };
        row("stop", FinishReason::Stop);
        row("eos", FinishReason::Stop);
        row("length", FinishReason::Length);
        row("content_filter", FinishReason::ContentFilter);
        row("function_call", FinishReason::ToolCalls);
        row("guardrail", FinishReason::Other);
    }
    void finishReasonsAreUnified() {
        QFETCH(QString, raw);
        QFETCH(int, reason);
        const Replayed got = replay(chunks({quoted("{'content':'a'}")}, raw.toStdString()));
        QCOMPARE(static_cast<int>(got.outcome->finish), reason);
        QCOMPARE(got.reply.choices[0].finish.raw, raw.toStdString());
    }

    void finishReasonErrorIsNoSuccess() {
        const Replayed got = replay(chunks({quoted("{'content':'half'}")}, "insufficient_system_resource"));
        QCOMPARE(codeOf(got), ErrorCode::Truncated);
        QCOMPARE(textOf(got.reply.choices[0].message), std::string("half"));
        QVERIFY(!got.reply.choices[0].finished);
    }

    void laterNullFinishDoesNotTakeTheReasonBack() {
        const Replayed got = replay("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":"
                                    "\"length\"}]}\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
                                    "\"finish_reason\":null}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}"
                                    "\n\ndata: [DONE]\n\n");
        QCOMPARE(got.outcome->finish, FinishReason::Length);
        QCOMPARE(*got.outcome->usage.outputTotal, 2);
    }

    void missingFinishReasonIsTruncatedEvenWithDone() {
        const Replayed got =
            replay("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: [DONE]\n\n");
        QCOMPARE(codeOf(got), ErrorCode::Truncated);
    }

    void doneCompletesTheReplyAndEndsReading() {
        const Replayed got = replay(chunks({quoted("{'content':'a'}")}) + "data: {not json}\n\n");
        QVERIFY(got.outcome.has_value());
        QVERIFY(got.complete);
        const std::string withoutDone = chunks({quoted("{'content':'a'}")});
        QVERIFY(!replay(withoutDone.substr(0, withoutDone.find("data: [DONE]"))).complete);
    }

    void cumulativeUsageIsNotAdded() {
        const Replayed got = replay("data: "
                                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_"
                                    "tokens\":5,\"completion_tokens\":1}}\n\n"
                                    "data: "
                                    "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"b\"},\"finish_reason\":"
                                    "\"stop\"}],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\n");
        QCOMPARE(*got.outcome->usage.outputTotal, 2);
        QCOMPARE(*got.outcome->usage.inputTotal, 5);
    }

    void reportedCostIsKeptInNanoDollars() {
        const auto costOf = [](std::string_view member) {
            const Replayed got = replay("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],"
                                        "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1," +
                                            std::string(member) + "}}",
                                        jsonHead());
            return got.outcome->usage.reportedCostNanoUsd.value_or(-1);
        };
        QCOMPARE(costOf("\"cost\":0.000321"), 321000);
        QCOMPARE(costOf("\"cost_in_usd_ticks\":1497500"), 149750);
        QCOMPARE(costOf("\"cost\":null"), -1);
    }

    void reasoningOutsideCompletionIsFoundByTheTotal() {
        const auto output = [](std::string_view vendor, std::string_view total) {
            const Replayed got =
                replay("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],\"usage\":{"
                       "\"prompt_tokens\":10,\"completion_tokens\":5,\"completion_tokens_details\":{\"reasoning_"
                       "tokens\":3}" +
                           std::string(total) + "}}",
                       jsonHead(), endpointOf(vendor));
            return *got.outcome->usage.outputTotal;
        };
        QCOMPARE(output("generic", ",\"total_tokens\":18"), 8);
        QCOMPARE(output("generic", ",\"total_tokens\":15"), 5);
        QCOMPARE(output("generic", ""), 5);
        QCOMPARE(output("xai", ""), 8);
        QCOMPARE(output("xai", ",\"total_tokens\":15"), 5);
    }

    void reasoningAfterTextBeginsANewBlock() {
        const Replayed got =
            replay(chunks({quoted("{'reasoning_content':'a'}"), quoted("{'content':'b'}"),
                           quoted("{'reasoning':'c','reasoning_content':null}"), quoted("{'content':'d'}")}));
        const auto& parts = got.reply.choices[0].message.parts;
        QCOMPARE(parts.size(), 4U);
        QCOMPARE(std::get<ReasoningPart>(parts[2]).text, std::string("c"));
    }

    void bothReasoningFieldsAreReadOnce() {
        const Replayed got = replay(chunks({quoted("{'reasoning_content':'a','reasoning':'a','content':''}")}));
        QCOMPARE(joined<ReasoningPart>(got.reply.choices[0].message), std::string("a"));
    }

    void thinkTagsOfLocalServersBecomeReasoning() {
        Endpoint local = endpointOf("generic");
        local.local = true;
        const std::string text = "\n<think>\nLet </me> see <b\n</think>\n\nThe <think> tag.";
        // Cut the text itself at every place, not only the bytes of the stream.
        for (std::size_t cut = 0; cut <= text.size(); ++cut) {
            const auto delta = [](std::string_view piece) {
                std::string json = "{\"content\":";
                appendJsonString(json, piece);
                return json + "}";
            };
            const Replayed got =
                replay(chunks({delta(text.substr(0, cut)), delta(text.substr(cut))}), streamHead(), local);
            const Message& message = got.reply.choices[0].message;
            QCOMPARE(joined<ReasoningPart>(message), std::string("Let </me> see <b"));
            QCOMPARE(textOf(message), std::string("The <think> tag."));
        }
        std::vector<std::string> single;
        for (const char c : text) {
            std::string json = "{\"content\":";
            appendJsonString(json, std::string_view(&c, 1));
            single.push_back(json + "}");
        }
        const Replayed got = replay(chunks(single), streamHead(), local);
        QCOMPARE(joined<ReasoningPart>(got.reply.choices[0].message), std::string("Let </me> see <b"));
        QCOMPARE(textOf(got.reply.choices[0].message), std::string("The <think> tag."));
    }

    void textThatOnlyLooksLikeATagStays() {
        for (const std::string text : {"<thin", "<", " \n", "<thinking>x</thinking>", "a <think>b</think>"}) {
            std::string json = "{\"content\":";
            appendJsonString(json, text);
            const Replayed got = replay(chunks({json + "}"}), streamHead(), endpointOf("llamacpp"));
            QCOMPARE(textOf(got.reply.choices[0].message), text);
        }
        const Replayed cloud =
            replay(chunks({quoted("{'content':'<think>a</think>b'}")}), streamHead(), endpointOf("openai"));
        QCOMPARE(textOf(cloud.reply.choices[0].message), std::string("<think>a</think>b"));
    }

    void unclosedThinkTagIsAllReasoning() {
        const Replayed got =
            replay(chunks({quoted("{'content':'<think>a </thi'}")}, "length"), streamHead(), endpointOf("vllm"));
        QCOMPARE(joined<ReasoningPart>(got.reply.choices[0].message), std::string("a </thi"));
    }

    void thinkTagsInADocumentAndBeforeAToolCall() {
        const Replayed got = replay(
            quoted(
                "{'choices':[{'message':{'content':'<think>t</"
                "think>','tool_calls':[{'id':'a','function':{'name':'f','arguments':{}}}]},'finish_reason':'stop'}]}"),
            jsonHead(), endpointOf("ollama"));
        QCOMPARE(joined<ReasoningPart>(got.reply.choices[0].message), std::string("t"));
        QCOMPARE(callsOf(got.reply.choices[0].message)[0].arguments, std::string("{}"));
        QCOMPARE(got.outcome->finish, FinishReason::ToolCalls);
    }

    void documentInsteadOfAStreamIsAWholeReply() {
        const std::string body = "\r\n\n" + fixture("openai_chat.json");
        for (const WireReplyHead& head : {streamHead(), jsonHead(), WireReplyHead{}}) {
            const Replayed got = replayPieces(singleBytes(body), head, endpointOf("openai"));
            QCOMPARE(callsOf(got.reply.choices[0].message).size(), 1U);
            QCOMPARE(got.outcome->finish, FinishReason::ToolCalls);
        }
    }

    void streamUnderAWrongContentTypeIsRead() {
        const Replayed got = replay(chunks({quoted("{'content':'a'}")}), jsonHead());
        QCOMPARE(textOf(got.reply.choices[0].message), std::string("a"));
    }

    void errorInsideA200IsAnError_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("message");
        QTest::newRow("wrapped") << QString::fromStdString(quoted("{'error':{'message':'boom','code':502}}")) << "boom";
        QTest::newRow("text") << QString::fromStdString(quoted("{'error':'boom'}")) << "boom";
        QTest::newRow("mistral") << QString::fromStdString(
                                        quoted("{'object':'error','message':'boom','type':'x','code':'3280'}"))
                                 << "boom";
        QTest::newRow("detail") << QString::fromStdString(quoted("{'detail':'boom'}")) << "boom";
        QTest::newRow("choice") << QString::fromStdString(quoted("{'choices':[{'error':{'message':'boom','code':502},'"
                                                                 "message':{'content':''},'finish_reason':'error'}]}"))
                                << "boom";
        QTest::newRow("stream") << "data: {\"error\":{\"message\":\"boom\"}}\n\n" << "boom";
        QTest::newRow("named event") << "event: error\ndata: {\"message\":\"boom\",\"type\":\"server_error\"}\n\n"
                                     << "boom";
    }
    void errorInsideA200IsAnError() {
        QFETCH(QString, body);
        QFETCH(QString, message);
        const Replayed got = replay(body.toStdString(), body.startsWith('{') ? jsonHead() : streamHead());
        QVERIFY(!got.outcome);
        QVERIFY(got.outcome.error().vendor);
        QCOMPARE(got.outcome.error().message, message.toStdString());
        QVERIFY(got.events.empty()); // nothing was said yet: another deployment may take over
    }

    void htmlInA200IsMalformed() {
        for (const WireReplyHead& head : {streamHead(), jsonHead()})
            QCOMPARE(codeOf(replay("<html><body>Sign in</body></html>", head)), ErrorCode::Malformed);
    }

    void brokenJsonInAnEventIsMalformed() {
        QCOMPARE(codeOf(replay("data: {\"choices\":[}\n\n")), ErrorCode::Malformed);
    }

    void emptyAnswerIsTruncated() {
        QCOMPARE(codeOf(replay("")), ErrorCode::Truncated);
        QCOMPARE(codeOf(replay("\n\n \n", jsonHead())), ErrorCode::Truncated);
        QCOMPARE(codeOf(replay(": keep-alive\n\n")), ErrorCode::Truncated);
        QCOMPARE(codeOf(replay("data: [DONE]\n\n")), ErrorCode::Truncated);
    }

    void redirectIsNoAnswer() { QCOMPARE(codeOf(replay("moved", WireReplyHead{.status = 302})), ErrorCode::Malformed); }

    void modelListsAreRead() {
        const ClientCodec& codec = openAiChatClientCodec();
        const auto models = codec.decodeListModels(jsonHead(), fixture("openai_models.json"));
        QCOMPARE(models->size(), 2U);
        QCOMPARE(models->front().id, std::string("gpt-5.4-mini"));
        QCOMPARE(models->front().created, 1762300000);
        const auto bare =
            codec.decodeListModels(jsonHead(), quoted("[{'id':'a','context_length':8192,'created':1.5}]"));
        QCOMPARE(*bare->front().contextWindow, 8192);
        QVERIFY(codec.decodeListModels(jsonHead(), quoted("{'object':'list','data':null}"))->empty());
        QCOMPARE(codec.decodeListModels(jsonHead(), "<html>").error().code, ErrorCode::Malformed);
        QCOMPARE(codec.decodeListModels({.status = 401}, quoted("{'error':{'message':'no'}}")).error().code,
                 ErrorCode::Authentication);
        QCOMPARE(codec.encodeListModels(endpointOf("openai")).url, std::string("https://api.example.com/v1/models"));
    }

    void embeddingsAreReadInBothForms() {
        for (const char* name : {"openai_embeddings_base64.json", "openai_embeddings_float.json"}) {
            const auto reply = openAiChatClientCodec().decodeEmbedding(jsonHead(), fixture(name));
            QVERIFY((reply->embeddings == std::vector<std::vector<float>>{{0.5F, -0.25F, 1.0F, 0.0F}}));
            QCOMPARE(reply->model, std::string("text-embedding-3-small"));
            QCOMPARE(usageText(reply->usage), std::string("3 3 0 0 0 0 3"));
        }
    }

    void embeddingsAreOrderedByIndex() {
        const auto read = [](std::string_view body) {
            return openAiChatClientCodec().decodeEmbedding(jsonHead(), body);
        };
        const auto reply = read(quoted("{'data':[{'index':1,'embedding':[1]},{'index':0,'embedding':[0.5]}]}"));
        QVERIFY((reply->embeddings == std::vector<std::vector<float>>{{0.5F}, {1.0F}}));
        QVERIFY(reply->usage.empty());
        QVERIFY(!read(quoted("{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[2]}]}")));
        QVERIFY(!read(quoted("{'data':[{'embedding':'AAA='}]}")));
        QVERIFY(!read(quoted("{'data':[{'embedding':['x']}]}")));
    }
};

QTEST_APPLESS_MAIN(OpenAiChatTest)
#include "openai_chat_test.moc"
