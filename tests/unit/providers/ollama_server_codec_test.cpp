#include "providers/ollama/ollama_codec.h"

#include <QTest>

#include "base/json_writer.h"

using namespace patchbay;

namespace {

const ReplyIdentity kIdentity{.model = "assistant", .created = 1795377600}; // 2026-11-22T20:00:00Z
const std::string kOpening = R"({"model":"assistant","created_at":"2026-11-22T20:00:00.000Z",)";
const std::string kEnd = R"("total_duration":0,"load_duration":0,"prompt_eval_count":7,"prompt_eval_duration":0,)"
                         R"("eval_count":9,"eval_duration":0})";

Result<ChatRequest> decodeChat(std::string_view body, std::string path = "/api/chat") {
    return ollamaServerCodec().decodeChat({.path = std::move(path), .body = body});
}

EventBatch replyEvents() {
    return {ReplyStarted{.id = "up", .model = "upstream"},
            ReasoningDelta{.text = "Hm."},
            TextDelta{.text = "Grüß "},
            TextDelta{.text = "\"👋\"\n"},
            ToolCallStarted{.index = 0, .id = "call_a", .name = "f"},
            ToolCallDelta{.index = 0, .arguments = "{\"a\":"},
            ToolCallStarted{.index = 1, .id = "call_b", .name = "g"},
            ToolCallDelta{.index = 1, .arguments = "not json"},
            ToolCallDelta{.index = 0, .arguments = "1.5}"},
            ReplyFinished{.reason = FinishReason::ToolCalls, .raw = "tool_use"}};
}

const ChatSummary kSummary{.finish = FinishReason::ToolCalls, .usage = {.inputTotal = 7, .outputTotal = 9}};

std::string stream(const ChatRequest& request, const EventBatch& events, const ChatSummary& summary) {
    const auto encoder = ollamaServerCodec().chatEncoder(request, kIdentity);
    std::string out;
    for (const ChatEvent& event : events)
        encoder->encode(event, out);
    encoder->finish(summary, out);
    return out;
}

} // namespace

class OllamaServerCodecTest : public QObject {
    Q_OBJECT

private slots:
    void streamingIsTheDefault() {
        QVERIFY(decodeChat(R"({"model":"m","messages":[{"role":"user","content":"x"}]})")->stream);
        QVERIFY(!decodeChat(R"({"model":"m","messages":[{"role":"user","content":"x"}],"stream":false})")->stream);
    }

    void requestOfTheOfficialClientIsRead() {
        const auto request = decodeChat(
            R"({"model":"m","messages":[{"role":"System","content":"S"},{"role":"user","content":"Q","images":["/9j/4AAQ"]},)"
            R"({"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"b":1,"a":2}}}]},)"
            R"({"role":"tool","tool_name":"f","content":"R"}],"format":{"type":"object"},"think":"low",)"
            R"("options":{"num_predict":5,"temperature":1,"stop":"END","num_ctx":2048},"keep_alive":"5m","stream":true})");
        QVERIFY(request);
        QCOMPARE(request->messages.size(), std::size_t{4});
        QCOMPARE(request->messages[0].role, Role::System);
        const auto& image = std::get<ImagePart>(request->messages[1].parts[0]);
        QCOMPARE(image.source, (MediaSource{.mediaType = "image/jpeg", .data = "/9j/4AAQ"}));
        QCOMPARE(std::get<TextPart>(request->messages[1].parts[1]).text, std::string("Q"));
        const auto& call = std::get<ToolCallPart>(request->messages[2].parts.at(0));
        QCOMPARE(call.arguments, std::string(R"({"b":1,"a":2})"));
        QVERIFY(call.id.starts_with("call_"));
        const auto& result = std::get<ToolResultPart>(request->messages[3].parts.at(0));
        QCOMPARE(result.toolCallId, call.id); // found by the tool's name
        QCOMPARE(request->format->kind, ResponseFormat::Kind::JsonSchema);
        QCOMPARE(request->reasoning->effort, std::string("low"));
        QCOMPARE(request->sampling.maxOutputTokens, std::optional<std::int64_t>(5));
        QCOMPARE(request->sampling.stop, std::vector<std::string>{"END"});
        QCOMPARE(request->extraFormat, std::string("ollama"));
        QCOMPARE(writeJson(request->extra), std::string(R"({"options":{"num_ctx":2048},"keep_alive":"5m"})"));
    }

    void resultsWithoutIdAnswerTheCallsInOrder() {
        const auto request = decodeChat(
            R"({"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"1","function":{"name":"f"}},)"
            R"({"id":"2","function":{"name":"f"}},{"id":"3","function":{"name":"g"}}]},)"
            R"({"role":"tool","tool_name":"g","content":""},{"role":"tool","content":""},{"role":"tool","tool_name":"f","content":""}]})");
        QVERIFY(request);
        const auto idAt = [&](std::size_t i) {
            return std::get<ToolResultPart>(request->messages[i].parts[0]).toolCallId;
        };
        QCOMPARE(idAt(1), std::string("3"));
        QCOMPARE(idAt(2), std::string("1"));
        QCOMPARE(idAt(3), std::string("2"));
    }

    void unlimitedOutputIsNoLimit() {
        const auto request = decodeChat(R"({"model":"m","options":{"num_predict":-1}})");
        QVERIFY(!request->sampling.maxOutputTokens);
        QCOMPARE(writeJson(request->extra), std::string(R"({"options":{"num_predict":-1}})"));
    }

    void promptBecomesAChat() {
        const auto request = decodeChat(
            R"({"model":"m","prompt":"P","system":"S","images":["iVBORw0KGgo="],"suffix":"X","stream":false})",
            "/api/generate");
        QVERIFY(request);
        QCOMPARE(request->messages.size(), std::size_t{2});
        QCOMPARE(request->messages[0], textMessage(Role::System, "S"));
        QCOMPARE(request->messages[1].parts.size(), std::size_t{2});
        QCOMPARE(textOf(request->messages[1]), std::string("P"));
        QCOMPARE(stringOr(request->extra, "suffix"), std::string_view("X"));
    }

    void wrongFieldsAreNamed_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("param");
        const auto row = [](const char* body, const char* param) {
            QTest::newRow(body) << QString(body) << QString(param);
        };
        row("", "");
        row("{", "");
        row("[]", "");
        row(R"({"messages":[]})", "model");
        row(R"({"model":""})", "model");
        row(R"({"model":"m","messages":{}})", "messages");
        row(R"({"model":"m","messages":["x"]})", "messages[0]");
        row(R"({"model":"m","messages":[{"content":"x"}]})", "messages[0].role");
        row(R"({"model":"m","messages":[{"role":"robot"}]})", "messages[0].role");
        row(R"({"model":"m","messages":[{"role":"user","content":[]}]})", "messages[0].content");
        row(R"({"model":"m","messages":[{"role":"user","thinking":1}]})", "messages[0].thinking");
        row(R"({"model":"m","messages":[{"role":"user","images":"x"}]})", "messages[0].images");
        row(R"({"model":"m","messages":[{"role":"user","images":["*"]}]})", "messages[0].images[0]");
        row(R"({"model":"m","messages":[{"role":"assistant","tool_calls":[{}]}]})",
            "messages[0].tool_calls[0].function.name");
        row(R"({"model":"m","messages":[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":[1]}}]}]})",
            "messages[0].tool_calls[0].function.arguments");
        row(R"({"model":"m","tools":1})", "tools");
        row(R"({"model":"m","tools":[{}]})", "tools[0].function");
        row(R"({"model":"m","tools":[{"function":{}}]})", "tools[0].function.name");
        row(R"({"model":"m","tools":[{"function":{"name":"f","parameters":1}}]})", "tools[0].function.parameters");
        row(R"({"model":"m","format":"xml"})", "format");
        row(R"({"model":"m","format":5})", "format");
        row(R"({"model":"m","think":"much"})", "think");
        row(R"({"model":"m","options":[]})", "options");
        row(R"({"model":"m","options":{"temperature":"hot"}})", "options.temperature");
        row(R"({"model":"m","options":{"seed":1.5}})", "options.seed");
        row(R"({"model":"m","options":{"stop":[1]}})", "options.stop");
        row(R"({"model":"m","options":{"stop":1}})", "options.stop");
        row(R"({"model":"m","stream":"yes"})", "stream");
        row(R"({"model":"m","logprobs":1})", "logprobs");
        row(R"({"model":"m","top_logprobs":21})", "top_logprobs");
    }

    void wrongFieldsAreNamed() {
        QFETCH(QString, body);
        QFETCH(QString, param);
        const std::string bytes = body.toStdString();
        const auto request = decodeChat(bytes);
        QVERIFY(!request);
        QCOMPARE(request.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(request.error().httpStatus(), 400);
        QVERIFY(request.error().vendor);
        QCOMPARE(request.error().vendor->param, param.toStdString());
    }

    void theMarkOfAGenerateRequestCannotBeForged() {
        const auto request = decodeChat(R"({"model":"m","patchbay.generate":true,"messages":[]})");
        QVERIFY(request->extra.empty());
    }

    void streamHasOllamasLines() {
        const std::string line = kOpening + R"("message":{"role":"assistant","content":)";
        QCOMPARE(
            stream({}, replyEvents(), kSummary),
            line + "\"\",\"thinking\":\"Hm.\"},\"done\":false}\n" + //
                line + "\"Grüß \"},\"done\":false}\n" +             //
                line + "\"\\\"👋\\\"\\n\"},\"done\":false}\n" +     //
                line +
                R"("","tool_calls":[{"id":"call_a","function":{"index":0,"name":"f","arguments":{"a":1.5}}}]},"done":false})"
                "\n" +
                line +
                R"("","tool_calls":[{"id":"call_b","function":{"index":1,"name":"g","arguments":{"_raw":"not json"}}}]},"done":false})"
                "\n" +
                line + R"(""},"done":true,"done_reason":"stop",)" + kEnd + "\n");
    }

    void streamReadsBackAsTheSameReply() {
        EventBatch events = replyEvents();
        std::get<ToolCallDelta>(events[7]).arguments = "{}";
        ReplyBuilder sent;
        sent.add(events);
        ChatRequest request;
        request.stream = true;
        const auto decoder = ollamaClientCodec().chatDecoder({}, request, {});
        EventBatch received;
        QVERIFY(decoder->feed(stream(request, events, kSummary), received));
        const Outcome outcome = decoder->finish(received);
        QVERIFY(outcome);
        QCOMPARE(outcome->finish, FinishReason::ToolCalls);
        QCOMPARE(outcome->usage, kSummary.usage);
        ReplyBuilder back;
        back.add(received);
        QCOMPARE(back.reply().model, std::string("assistant"));
        QCOMPARE(back.reply().created, kIdentity.created);
        QVERIFY(back.reply().choices[0].message == sent.reply().choices[0].message);
    }

    void wholeReplyEqualsTheStream() {
        ReplyBuilder builder;
        builder.add(replyEvents());
        builder.add(UsageReported{.usage = kSummary.usage});
        const ClientReply reply = ollamaServerCodec().encodeReply({}, kIdentity, builder.reply());
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body,
                 kOpening +
                     "\"message\":{\"role\":\"assistant\",\"content\":\"Grüß "
                     "\\\"👋\\\"\\n\",\"thinking\":\"Hm.\",\"tool_calls\":["
                     R"({"id":"call_a","function":{"index":0,"name":"f","arguments":{"a":1.5}}},)"
                     R"({"id":"call_b","function":{"index":1,"name":"g","arguments":{"_raw":"not json"}}}]},)"
                     R"("done":true,"done_reason":"stop",)" +
                     kEnd);
    }

    void generateAnswersWithResponse() {
        const auto request = decodeChat(R"({"model":"m","prompt":"P"})", "/api/generate");
        const EventBatch events{ReasoningDelta{.text = "Hm."}, TextDelta{.text = "The sky"},
                                ReplyFinished{.reason = FinishReason::Length}};
        const ChatSummary summary{.finish = FinishReason::Length, .usage = kSummary.usage};
        QCOMPARE(stream(*request, events, summary),
                 kOpening + "\"response\":\"\",\"thinking\":\"Hm.\",\"done\":false}\n" + //
                     kOpening + "\"response\":\"The sky\",\"done\":false}\n" +           //
                     kOpening + R"("response":"","done":true,"done_reason":"length",)" + kEnd + "\n");
        ReplyBuilder builder;
        builder.add(events);
        builder.add(UsageReported{.usage = kSummary.usage});
        QCOMPARE(ollamaServerCodec().encodeReply(*request, kIdentity, builder.reply()).body,
                 kOpening + R"("response":"The sky","thinking":"Hm.","done":true,"done_reason":"length",)" + kEnd);
    }

    void unknownCountsAreLeftOut() {
        const std::string out = stream({}, {}, {});
        QVERIFY(out.find("eval_count") == std::string::npos);
        QVERIFY(out.find("\"total_duration\":0") != std::string::npos);
    }

    void errorsCarryTheTextOnly() {
        const auto encoder = ollamaServerCodec().chatEncoder({}, kIdentity);
        std::string out;
        encoder->fail(makeError(ErrorCode::Truncated, "cut \"here\"", "hint"), out);
        QCOMPARE(out, std::string("{\"error\":\"cut \\\"here\\\"\"}\n"));
        QCOMPARE(encoder->contentType(), std::string_view("application/x-ndjson"));

        Error limited = makeError(ErrorCode::RateLimited, "slow down", "wait");
        limited.retryAfter = std::chrono::milliseconds(1200);
        const ClientReply reply = ollamaServerCodec().encodeError(limited, "req_1");
        QCOMPARE(reply.status, 429);
        QCOMPARE(reply.body, std::string("{\"error\":\"slow down\"}"));
        QCOMPARE(*findHeader(reply.headers, "retry-after"), std::string("2"));
        QCOMPARE(*findHeader(reply.headers, "x-request-id"), std::string("req_1"));
    }

    void emptyRequestsLoadTheModel() {
        const auto chat = decodeChat(R"({"model":"m","messages":[]})");
        QVERIFY(isOllamaLoadRequest(*chat));
        QCOMPARE(ollamaLoadReply(*chat, kIdentity).body,
                 kOpening + R"("message":{"role":"assistant","content":""},"done":true,"done_reason":"load"})");
        const auto generate = decodeChat(R"({"model":"m","prompt":"","keep_alive":0})", "/api/generate");
        QVERIFY(isOllamaLoadRequest(*generate));
        QCOMPARE(ollamaLoadReply(*generate, kIdentity).body,
                 kOpening + R"("response":"","done":true,"done_reason":"unload"})");
        QVERIFY(!isOllamaLoadRequest(*decodeChat(R"({"model":"m","prompt":"x"})", "/api/generate")));
    }

    void listsOfModelsReadBack() {
        const std::vector<ModelInfo> models{{.id = "a",
                                             .created = 1793516400,
                                             .contextWindow = 4096,
                                             .capabilities = {"tools", "vision", "json_schema", "reasoning"}},
                                            {.id = "e", .created = 1793516400, .capabilities = {"embedding"}}};
        const ClientReply reply = ollamaServerCodec().encodeModels(models);
        const auto back = ollamaClientCodec().decodeListModels({}, reply.body);
        QVERIFY(back);
        QVERIFY(*back == models);
        const auto body = parseJsonObject(reply.body);
        const auto& list = findArray(*body, "models")->at(0).get_object();
        QCOMPARE(stringOr(list, "digest").size(), std::size_t{64});
        const auto shown = parseJsonObject(ollamaServerCodec().encodeModel(models[0]).body);
        QCOMPARE(findInt(*findObject(*shown, "model_info"), "patchbay.context_length"),
                 std::optional<std::int64_t>(4096));
        QCOMPARE(*decodeOllamaShow({.body = R"({"name":"a"})"}), std::string("a"));
        QCOMPARE(decodeOllamaShow({.body = "{}"}).error().vendor->param, std::string("model"));
    }

    void embeddingsInBothForms() {
        const ServerCodec& codec = ollamaServerCodec();
        const auto many =
            codec.decodeEmbedding({.path = "/api/embed", .body = R"({"model":"e","input":["a","b"],"dimensions":2})"});
        QVERIFY(many);
        QCOMPARE(*many, (EmbeddingRequest{.model = "e", .input = {"a", "b"}, .dimensions = 2}));
        const EmbeddingReply reply{.embeddings = {{0.1F, -2}, {1, 0}}, .usage = {.inputTotal = 3}};
        QCOMPARE(
            codec.encodeEmbedding(*many, reply).body,
            std::string(
                R"({"model":"e","embeddings":[[0.1,-2],[1,0]],"total_duration":0,"load_duration":0,"prompt_eval_count":3})"));
        QCOMPARE(codec.decodeEmbedding({.path = "/api/embed", .body = R"({"model":"e","input":"a"})"})->input.size(),
                 std::size_t{1});
        const auto one = codec.decodeEmbedding({.path = "/api/embeddings", .body = R"({"model":"e","prompt":"a"})"});
        QVERIFY(one);
        QCOMPARE(codec.encodeEmbedding(*one, reply).body, std::string(R"({"embedding":[0.1,-2]})"));
        for (const char* body : {R"({"model":"e"})", R"({"model":"e","input":[]})", R"({"model":"e","input":[1]})",
                                 R"({"model":"e","input":{}})"})
            QCOMPARE(codec.decodeEmbedding({.path = "/api/embed", .body = body}).error().vendor->param,
                     std::string("input"));
    }
};

QTEST_APPLESS_MAIN(OllamaServerCodecTest)
#include "ollama_server_codec_test.moc"
