// The server direction of the Messages format: what we read from clients, and what we write to them.
#include "providers/anthropic/anthropic_codec.h"

#include <QTest>

#include "base/json_writer.h"
#include "chat/reply_builder.h"
#include "wire/sse_reader.h"

using namespace patchbay;

// Declared before any raw string: moc 6.4 does not read over them.
class AnthropicServerTest : public QObject {
    Q_OBJECT

private slots:
    void aStreamIsReadBackEqual();
    void aPlainReplyIsReadBackEqual();
    void aTextStreamHasTheExactSequence();
    void countsKnownAtTheStartStandInMessageStart();
    void interleavedToolCallsComeOutOneAfterAnother();
    void consecutiveToolCallsStreamWithoutWaitingForTheEnd();
    void aToolWithoutArgumentsSendsOneEmptyFragment();
    void thinkingWithoutSignatureIsClosedWithAnEmptyOne();
    void aRefusalIsTextWithItsStopReason();
    void stopDetailsAndOtherChoices();
    void stopReasons_data();
    void stopReasons();
    void midStreamErrorsAreNamedEvents();
    void errorsHaveTheirStatusAndType_data();
    void errorsHaveTheirStatusAndType();
    void modelsAreReadBackEqual();
    void aFullRequestIsReadBackEqual();
    void toolMembersWithoutCounterpartComeThrough();
    void whatOnlyThisFormatKnowsBecomesText();
    void systemMayStandInsideTheList();
    void theNewVersionRefusesWhatItRemoved_data();
    void theNewVersionRefusesWhatItRemoved();
    void badRequestsNameTheirField_data();
    void badRequestsNameTheirField();
    void brokenJsonIsAnInvalidRequest();
    void countingNeedsNoLimit();
    void embeddingsSayWhoCan();
};

namespace {

const Endpoint kEndpoint{.format = WireFormat::Anthropic, .baseUrl = "http://localhost"};
const ReplyIdentity kIdentity{.id = "msg_1", .model = "alias"};

Result<ChatRequest> decode(std::string_view body, std::string version = "2023-06-01") {
    return anthropicServerCodec().decodeChat(
        {.path = "/v1/messages", .headers = {{"anthropic-version", std::move(version)}}, .body = body});
}

std::string withMember(std::string_view member) {
    return R"({"model":"m","max_tokens":5,"messages":[{"role":"user","content":"hi"}],)" + std::string(member) + "}";
}

std::string withBlock(std::string_view block, std::string_view role = "user") {
    return R"({"model":"m","max_tokens":5,"messages":[{"role":")" + std::string(role) + R"(","content":[)" +
           std::string(block) + "]}]}";
}

struct Streamed {
    std::string bytes;
    std::vector<SseEvent> events;
    std::vector<json::object> data;
};

Streamed stream(const EventBatch& events, const ChatSummary& summary, const ChatRequest& request = {}) {
    const auto encoder = anthropicServerCodec().chatEncoder(request, kIdentity);
    Streamed result;
    for (const ChatEvent& event : events)
        encoder->encode(event, result.bytes);
    encoder->finish(summary, result.bytes);
    SseReader reader;
    if (!reader.feed(result.bytes, result.events))
        qFatal("unreadable stream");
    for (const SseEvent& event : result.events)
        result.data.push_back(parseJsonObject(event.data).value());
    return result;
}

std::string names(const Streamed& streamed) {
    std::string all;
    for (const SseEvent& event : streamed.events)
        all += event.name + " ";
    return all;
}

ChatReply readBack(std::string_view bytes) {
    const auto decoder = anthropicClientCodec().chatDecoder({}, {}, kEndpoint);
    EventBatch events;
    if (!decoder->feed(bytes, events) || !decoder->finish(events))
        qFatal("the client cannot read what the server wrote");
    ReplyBuilder builder;
    builder.add(events);
    return builder.take();
}

ChatReply sampleReply() {
    ChatReply reply{.id = "msg_1", .model = "alias", .choices = std::vector<ReplyChoice>(1)};
    ReplyChoice& choice = reply.choices[0];
    choice.message.parts = {ReasoningPart{.text = "Hm, 好。", .signature = "c2ln"}, ReasoningPart{.redacted = "cmVk"},
                            TextPart{.text = "Grüezi 🙂"},
                            ToolCallPart{.id = "t1", .name = "add", .arguments = R"({"a":1,"b":"{"})"},
                            ToolCallPart{.id = "t2", .name = "now", .arguments = "{}"}};
    choice.finish = {.reason = FinishReason::ToolCalls, .raw = "tool_use"};
    choice.finished = true;
    reply.usage = {.inputTotal = 321,
                   .inputUncached = 21,
                   .cacheRead = 200,
                   .cacheWrite = 100,
                   .cacheWrite1h = 40,
                   .outputTotal = 64,
                   .reasoning = 7};
    return reply;
}

} // namespace

void AnthropicServerTest::aStreamIsReadBackEqual() {
    const ChatReply reply = sampleReply();
    const Streamed streamed = stream(eventsOf(reply), {.finish = FinishReason::ToolCalls, .usage = reply.usage});
    QVERIFY(readBack(streamed.bytes) == reply);
}

void AnthropicServerTest::aPlainReplyIsReadBackEqual() {
    const ChatReply reply = sampleReply();
    const ClientReply plain = anthropicServerCodec().encodeReply({}, kIdentity, reply);
    QCOMPARE(plain.status, 200);
    QVERIFY(readBack(plain.body) == reply);
    QVERIFY(plain.body.find("citations") == std::string::npos);
    QVERIFY(plain.body.find("\"caller\":null") == std::string::npos);
}

void AnthropicServerTest::aTextStreamHasTheExactSequence() {
    const Streamed got = stream({ReplyStarted{.id = "up", .model = "up"}, TextDelta{.text = "a"},
                                 TextDelta{.text = "b"}, ReplyFinished{.reason = FinishReason::Stop, .raw = "stop"},
                                 UsageReported{.usage = {.inputTotal = 9, .cacheRead = 4, .outputTotal = 2}}},
                                {}, {.messages = {textMessage(Role::User, "some words here")}});
    QCOMPARE(names(got), std::string("message_start content_block_start ping content_block_delta "
                                     "content_block_delta content_block_stop message_delta message_stop "));
    const json::object& message = got.data[0].at("message").as_object();
    QCOMPARE(std::string(stringOr(message, "model")), std::string("alias"));
    QVERIFY(message.at("usage").at("input_tokens").as_int64() > 0); // an estimate: the count came last
    const json::object& last = got.data[6];
    QCOMPARE(std::string(stringOr(last.at("delta").as_object(), "stop_reason")), std::string("end_turn"));
    QCOMPARE(last.at("usage").at("input_tokens").as_int64(), 5);
    QCOMPARE(last.at("usage").at("cache_read_input_tokens").as_int64(), 4);
    QCOMPARE(last.at("usage").at("output_tokens").as_int64(), 2);
    for (std::size_t i = 0; i < got.events.size(); ++i)
        QCOMPARE(got.events[i].name, std::string(stringOr(got.data[i], "type")));
}

void AnthropicServerTest::countsKnownAtTheStartStandInMessageStart() {
    const Streamed got =
        stream({ReplyStarted{}, UsageReported{.usage = {.inputTotal = 42}}, TextDelta{.text = "a"}}, {});
    QCOMPARE(got.data[0].at("message").at("usage").at("input_tokens").as_int64(), 42);
}

void AnthropicServerTest::interleavedToolCallsComeOutOneAfterAnother() {
    const Streamed got =
        stream({ReplyStarted{}, ToolCallStarted{.index = 0, .id = "a", .name = "f"},
                ToolCallStarted{.index = 1, .id = "b", .name = "g"}, ToolCallDelta{.index = 1, .arguments = R"({"y":)"},
                ToolCallDelta{.index = 0, .arguments = R"({"x":"}")"}, ToolCallDelta{.index = 1, .arguments = "2}"},
                ToolCallDelta{.index = 0, .arguments = "}"}, ReplyFinished{.reason = FinishReason::ToolCalls}},
               {.finish = FinishReason::ToolCalls});
    int open = -1;
    for (const json::object& data : got.data) {
        const std::string_view type = stringOr(data, "type");
        if (!type.starts_with("content_block"))
            continue;
        const int index = int(findInt(data, "index").value());
        if (type == "content_block_start") {
            QCOMPARE(open, -1);
            open = index;
        }
        QCOMPARE(index, open);
        if (type == "content_block_stop")
            open = -1;
    }
    const ChatReply reply = readBack(got.bytes);
    QCOMPARE(reply.choices[0].message.parts.size(), 2U);
    QCOMPARE(std::get<ToolCallPart>(reply.choices[0].message.parts[0]).arguments, std::string(R"({"x":"}"})"));
    QCOMPARE(std::get<ToolCallPart>(reply.choices[0].message.parts[1]).arguments, std::string(R"({"y":2})"));
}

void AnthropicServerTest::consecutiveToolCallsStreamWithoutWaitingForTheEnd() {
    const auto encoder = anthropicServerCodec().chatEncoder({}, kIdentity);
    std::string out;
    encoder->encode(ToolCallStarted{.index = 0, .id = "a", .name = "f"}, out);
    encoder->encode(ToolCallDelta{.index = 0, .arguments = "{}"}, out);
    encoder->encode(ToolCallStarted{.index = 1, .id = "b", .name = "g"}, out);
    out.clear();
    encoder->encode(ToolCallDelta{.index = 1, .arguments = "{\"k"}, out);
    QVERIFY(out.find("input_json_delta") != std::string::npos);
}

void AnthropicServerTest::aToolWithoutArgumentsSendsOneEmptyFragment() {
    const Streamed got = stream({ToolCallStarted{.index = 0, .id = "a", .name = "f"}}, {});
    QCOMPARE(names(got), std::string("message_start content_block_start ping content_block_delta "
                                     "content_block_stop message_delta message_stop "));
    QCOMPARE(got.data[3].at("delta").at("partial_json").as_string(), "");
    QCOMPARE(got.data[5].at("delta").at("stop_reason").as_string(), "tool_use");
}

void AnthropicServerTest::thinkingWithoutSignatureIsClosedWithAnEmptyOne() {
    const Streamed got = stream({ReasoningDelta{.text = "hm"}, TextDelta{.text = "a"}}, {});
    QCOMPARE(names(got), std::string("message_start content_block_start ping content_block_delta "
                                     "content_block_delta content_block_stop content_block_start "
                                     "content_block_delta content_block_stop message_delta message_stop "));
    QCOMPARE(writeJson(got.data[4].at("delta")), std::string(R"({"type":"signature_delta","signature":""})"));
}

void AnthropicServerTest::aRefusalIsTextWithItsStopReason() {
    const Streamed got = stream({RefusalDelta{.text = "No."}, ReplyFinished{.reason = FinishReason::Stop}}, {});
    QCOMPARE(textOf(readBack(got.bytes).choices[0].message), std::string("No."));
    QCOMPARE(readBack(got.bytes).choices[0].finish.reason, FinishReason::ContentFilter);
}

void AnthropicServerTest::stopDetailsAndOtherChoices() {
    const Streamed got =
        stream({TextDelta{.text = "a"}, TextDelta{.text = "second", .choice = 1},
                ReplyFinished{.reason = FinishReason::ContentFilter,
                              .raw = "refusal",
                              .refusalJson = R"({"type":"refusal","category":"cyber","explanation":null})"}},
               {});
    QVERIFY(got.bytes.find("second") == std::string::npos);
    QCOMPARE(got.data[5].at("delta").at("stop_details").at("category").as_string(), "cyber");
}

void AnthropicServerTest::stopReasons_data() {
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("raw");
    QTest::addColumn<QString>("stop");
    const auto row = [](FinishReason reason, const char* raw, const char* stop) {
        QTest::addRow("%s", raw) << int(reason) << raw << stop;
    };
    row(FinishReason::Stop, "STOP", "end_turn");
    row(FinishReason::Length, "length", "max_tokens");
    row(FinishReason::Length, "model_context_window_exceeded", "model_context_window_exceeded");
    row(FinishReason::ToolCalls, "tool_calls", "tool_use");
    row(FinishReason::ContentFilter, "content_filter", "refusal");
    row(FinishReason::Pause, "pause_turn", "pause_turn");
    row(FinishReason::Other, "odd", "end_turn");
}

void AnthropicServerTest::stopReasons() {
    QFETCH(int, reason);
    QFETCH(QString, raw);
    QFETCH(QString, stop);
    ChatReply reply{.choices = std::vector<ReplyChoice>(1)};
    reply.choices[0].finish = {.reason = FinishReason(reason), .raw = raw.toStdString()};
    const json::object body = parseJsonObject(anthropicServerCodec().encodeReply({}, kIdentity, reply).body).value();
    QCOMPARE(QString::fromStdString(std::string(stringOr(body, "stop_reason"))), stop);
}

void AnthropicServerTest::midStreamErrorsAreNamedEvents() {
    const auto encoder = anthropicServerCodec().chatEncoder({}, kIdentity);
    std::string out;
    encoder->fail(makeError(ErrorCode::Overloaded, "busy"), out);
    QCOMPARE(out, std::string("event: error\ndata: {\"type\":\"error\",\"error\":{\"details\":null,\"type\":"
                              "\"overloaded_error\",\"message\":\"busy\"},\"request_id\":null}\n\n"));
}

void AnthropicServerTest::errorsHaveTheirStatusAndType_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    const auto row = [](ErrorCode code, int status, const char* type) {
        QTest::newRow(errorCodeName(code).data()) << int(code) << status << type;
    };
    row(ErrorCode::InvalidRequest, 400, "invalid_request_error");
    row(ErrorCode::Authentication, 401, "authentication_error");
    row(ErrorCode::Payment, 402, "billing_error");
    row(ErrorCode::Permission, 403, "permission_error");
    row(ErrorCode::NotFound, 404, "not_found_error");
    row(ErrorCode::Conflict, 409, "conflict_error");
    row(ErrorCode::TooLarge, 413, "request_too_large");
    row(ErrorCode::RateLimited, 429, "rate_limit_error");
    row(ErrorCode::QuotaExhausted, 429, "rate_limit_error");
    row(ErrorCode::ContextTooLong, 400, "invalid_request_error");
    row(ErrorCode::Internal, 500, "api_error");
    row(ErrorCode::Unreachable, 502, "api_error");
    row(ErrorCode::Timeout, 504, "timeout_error");
    row(ErrorCode::Overloaded, 529, "overloaded_error");
}

void AnthropicServerTest::errorsHaveTheirStatusAndType() {
    QFETCH(int, code);
    QFETCH(int, status);
    QFETCH(QString, type);
    Error error = makeError(ErrorCode(code), "why");
    error.retryAfter = Milliseconds(1200);
    const ClientReply reply = anthropicServerCodec().encodeError(error, "req_1");
    QCOMPARE(reply.status, status);
    QCOMPARE(*findHeader(reply.headers, "request-id"), std::string("req_1"));
    QCOMPARE(*findHeader(reply.headers, "retry-after"), std::string("2"));
    QCOMPARE(*findHeader(reply.headers, "x-should-retry"), std::string(error.retryable ? "true" : "false"));
    // The client of this format understands it as the same failure.
    const auto decoder =
        anthropicClientCodec().chatDecoder({.status = reply.status, .headers = reply.headers}, {}, kEndpoint);
    EventBatch events;
    QVERIFY(decoder->feed(reply.body, events).has_value());
    const Error read = decoder->finish(events).error();
    QCOMPARE(QString::fromStdString(read.vendor->type), type);
    QCOMPARE(read.retryable, error.retryable);
    const bool ours = ErrorCode(code) == ErrorCode::Internal || ErrorCode(code) == ErrorCode::Unreachable;
    QCOMPARE(read.code, ours ? ErrorCode::UpstreamFailed : ErrorCode(code));
}

void AnthropicServerTest::modelsAreReadBackEqual() {
    const std::vector<ModelInfo> models{{.id = "a/b",
                                         .displayName = "A",
                                         .created = 1790726400,
                                         .contextWindow = 1000,
                                         .maxOutput = 10,
                                         .capabilities = {"tools", "vision"}},
                                        {.id = "c", .displayName = "c"}};
    const ClientReply reply = anthropicServerCodec().encodeModels(models);
    QVERIFY(anthropicClientCodec().decodeListModels({}, reply.body).value() == models);
    const json::object body = parseJsonObject(reply.body).value();
    QCOMPARE(body.at("has_more").as_bool(), false);
    QCOMPARE(body.at("first_id").as_string(), "a/b");
    QCOMPARE(body.at("last_id").as_string(), "c");
    QVERIFY(anthropicServerCodec().encodeModel(models[1]).body.starts_with(R"({"type":"model","id":"c")"));
    QCOMPARE(anthropicServerCodec().encodeCountTokens(7).body, std::string(R"({"input_tokens":7})"));
}

void AnthropicServerTest::aFullRequestIsReadBackEqual() {
    ChatRequest request{.model = "m", .stream = true, .user = "u", .serviceTier = "auto", .betas = "b1"};
    const CacheBreakpoint hour{.ttl = "1h"};
    request.messages = {
        {.role = Role::System, .parts = {TextPart{.text = "s", .cache = hour}}},
        {.role = Role::User,
         .parts = {TextPart{.text = "look"}, ImagePart{.source = {.mediaType = "image/png", .data = "AAAA"}},
                   ImagePart{.source = {.url = "https://x/y.png"}, .cache = CacheBreakpoint{}},
                   FilePart{.source = {.mediaType = "application/pdf", .data = "JVBE"}, .filename = "f.pdf"},
                   FilePart{.source = {.mediaType = "text/plain", .data = "aGk="}}}},
        {.role = Role::Assistant,
         .parts = {ReasoningPart{.text = "t", .signature = "s"}, TextPart{.text = "x"},
                   ToolCallPart{.id = "c1", .name = "f", .arguments = R"({"q":[1,2.5,"三"]})", .cache = hour}}},
        {.role = Role::Tool,
         .parts = {ToolResultPart{
             .toolCallId = "c1",
             .content = {TextPart{.text = "r"}, ImagePart{.source = {.mediaType = "image/png", .data = "AAAA"}}},
             .isError = true,
             .cache = hour}}},
        textMessage(Role::User, "so?")};
    request.tools = {Tool{.name = "f",
                          .description = "d",
                          .parameters = {{"type", "object"}, {"required", {"q"}}},
                          .strict = true,
                          .cache = CacheBreakpoint{}},
                     Tool{.name = "g"}};
    request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Named, .name = "f"};
    request.parallelToolCalls = false;
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = {{"type", "object"}}};
    request.reasoning = ReasoningOptions{.effort = "high", .budgetTokens = 2048, .enabled = true, .summary = "omitted"};
    request.sampling = {.maxOutputTokens = 9000, .temperature = 0.5, .topP = 0.9, .topK = 40, .stop = {"END"}};
    request.extraFormat = "anthropic";
    request.extra = {{"tools", json::array{json::object{{"type", "web_search_1"}, {"name", "w"}}}}, {"speed", "fast"}};
    const WireRequest wire = anthropicClientCodec().encodeChat(request, kEndpoint).value();
    const auto back = anthropicServerCodec().decodeChat({.headers = wire.headers, .body = wire.body});
    QVERIFY2(back.has_value(), back.has_error() ? back.error().message.c_str() : "");
    QVERIFY(back->messages == request.messages);
    QVERIFY(back->tools == request.tools);
    QVERIFY(back->extra == request.extra);
    QVERIFY(*back == request);
}

void AnthropicServerTest::toolMembersWithoutCounterpartComeThrough() {
    const auto request = decode(withMember(
        R"("tools":[{"name":"f","input_schema":{"type":"object"},"defer_loading":true}],"thinking":{"type":"between_tools"})"));
    QVERIFY(request.has_value());
    const WireRequest wire = anthropicClientCodec().encodeChat(*request, kEndpoint).value();
    QVERIFY(wire.body.find(R"("defer_loading":true)") != std::string::npos);
    QVERIFY(wire.body.find(R"("thinking":{"type":"between_tools"})") != std::string::npos);
}

void AnthropicServerTest::whatOnlyThisFormatKnowsBecomesText() {
    const auto request = decode(withBlock(
        R"({"type":"search_result","source":"http://s","title":"T","content":[{"type":"text","text":"found"}]},)"
        R"({"type":"document","context":"about","source":{"type":"content","content":"inner"}})"));
    QVERIFY(request.has_value());
    QCOMPARE(textOf(request->messages[0]), std::string("T\nhttp://s\nfoundaboutinner"));
}

void AnthropicServerTest::systemMayStandInsideTheList() {
    const auto request =
        decode(R"({"model":"m","max_tokens":5,"system":"a","messages":[{"role":"user","content":"x"},)"
               R"({"role":"system","content":[{"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]}]})");
    QVERIFY(request.has_value());
    QCOMPARE(request->messages.size(), 3U);
    QCOMPARE(request->messages[2].role, Role::System);
    QVERIFY(std::get<TextPart>(request->messages[2].parts[0]).cache.has_value());
}

void AnthropicServerTest::theNewVersionRefusesWhatItRemoved_data() {
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("param");
    const auto row = [](const char* name, const std::string& body, const char* param) {
        QTest::newRow(name) << QString::fromStdString(body) << param;
    };
    row("temperature", withMember(R"("temperature":1)"), "temperature");
    row("top_p", withMember(R"("top_p":0.9)"), "top_p");
    row("top_k", withMember(R"("top_k":5)"), "top_k");
    row("document", withBlock(R"({"type":"document","source":{"type":"url","url":"https://x"}})", "assistant"),
        "messages.0.content.0.type");
    row("citations", withBlock(R"({"type":"text","text":"a","citations":[{}]})"), "messages.0.content.0.citations");
}

void AnthropicServerTest::theNewVersionRefusesWhatItRemoved() {
    QFETCH(QString, body);
    QFETCH(QString, param);
    const std::string text = body.toStdString();
    QVERIFY(decode(text).has_value());
    for (const char* version : {"2026-10-21", "2027-01-01"}) {
        const auto refused = decode(text, version);
        QVERIFY(refused.has_error());
        QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(QString::fromStdString(refused.error().vendor->param), param);
    }
}

void AnthropicServerTest::badRequestsNameTheirField_data() {
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("param");
    const auto row = [](const char* param, const std::string& body) {
        QTest::addRow("%s %d", param, int(body.size())) << QString::fromStdString(body) << param;
    };
    row("model", R"({"max_tokens":1,"messages":[{"role":"user","content":"x"}]})");
    row("max_tokens", R"({"model":"m","messages":[{"role":"user","content":"x"}]})");
    row("max_tokens", R"({"model":"m","max_tokens":-1,"messages":[{"role":"user","content":"x"}]})");
    row("max_tokens", R"({"model":"m","max_tokens":"1","messages":[{"role":"user","content":"x"}]})");
    row("messages", R"({"model":"m","max_tokens":1})");
    row("messages", R"({"model":"m","max_tokens":1,"messages":[]})");
    row("messages.0", R"({"model":"m","max_tokens":1,"messages":["x"]})");
    row("messages.0.role", R"({"model":"m","max_tokens":1,"messages":[{"role":"tool","content":"x"}]})");
    row("messages.0.content", R"({"model":"m","max_tokens":1,"messages":[{"role":"user","content":""}]})");
    row("messages.0.content", R"({"model":"m","max_tokens":1,"messages":[{"role":"user","content":5}]})");
    row("messages.0.content.0.type", withBlock(R"({"type":"hologram"})"));
    row("messages.0.content.0.type", withBlock(R"({"text":"x"})"));
    row("messages.0.content.0.text", withBlock(R"({"type":"text"})"));
    row("messages.0.content.0.source.media_type",
        withBlock(R"({"type":"image","source":{"type":"base64","media_type":"image/bmp","data":"AA"}})"));
    row("messages.0.content.0.source.url",
        withBlock(R"({"type":"image","source":{"type":"url","url":"file:///etc/passwd"}})"));
    row("messages.0.content.0.tool_use_id", withBlock(R"({"type":"tool_result","content":"x"})"));
    row("messages.0.content.0.cache_control.ttl",
        withBlock(R"({"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"2h"}})"));
    row("messages.0.content.0.input", withBlock(R"({"type":"tool_use","id":"a","name":"f","input":"x"})", "assistant"));
    row("messages.0.content.0.type",
        withBlock(R"({"type":"image","source":{"type":"url","url":"https://x"}})", "assistant"));
    row("system.0.type", withMember(R"("system":[{"type":"image"}])"));
    row("temperature", withMember(R"("temperature":1.5)"));
    row("stop_sequences.1", withMember(R"("stop_sequences":["a",1])"));
    row("stream", withMember(R"("stream":"yes")"));
    row("tools.0.input_schema", withMember(R"("tools":[{"name":"f"}])"));
    row("tools.0.input_schema.type", withMember(R"("tools":[{"name":"f","input_schema":{"type":"array"}}])"));
    row("tool_choice.name", withMember(R"("tool_choice":{"type":"tool"})"));
    row("tool_choice.type", withMember(R"("tool_choice":{"type":"required"})"));
    row("thinking.budget_tokens", withMember(R"("thinking":{"type":"enabled","budget_tokens":100})"));
    row("thinking.budget_tokens", withMember(R"("thinking":{"type":"enabled","budget_tokens":2048})"));
    row("output_config.effort", withMember(R"("output_config":{"effort":"huge"})"));
    row("output_config.format.schema", withMember(R"("output_config":{"format":{"type":"json_schema"}})"));
    row("metadata.user_id", withMember(R"("metadata":{"user_id":7})"));
}

void AnthropicServerTest::badRequestsNameTheirField() {
    QFETCH(QString, body);
    QFETCH(QString, param);
    const std::string text = body.toStdString();
    const auto refused = decode(text);
    QVERIFY(refused.has_error());
    QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
    QVERIFY(refused.error().vendor.has_value());
    QCOMPARE(QString::fromStdString(refused.error().vendor->param), param);
    QVERIFY(!refused.error().hint.empty());
}

void AnthropicServerTest::brokenJsonIsAnInvalidRequest() {
    QCOMPARE(decode("{").error().code, ErrorCode::InvalidRequest);
    QCOMPARE(decode("[]").error().code, ErrorCode::InvalidRequest);
}

void AnthropicServerTest::countingNeedsNoLimit() {
    const ClientRequest request{.body = R"({"model":"m","messages":[{"role":"user","content":"x"}]})"};
    QVERIFY(anthropicServerCodec().decodeCountTokens(request).has_value());
    QVERIFY(anthropicServerCodec().decodeChat(request).has_error());
}

void AnthropicServerTest::embeddingsSayWhoCan() {
    const auto refused = anthropicServerCodec().decodeEmbedding({});
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QVERIFY(refused.error().hint.find("/v1/embeddings") != std::string::npos);
}

QTEST_GUILESS_MAIN(AnthropicServerTest)
#include "anthropic_server_test.moc"
