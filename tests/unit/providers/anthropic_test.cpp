// The client direction of the Messages format: recorded answers, and the requests that we write.
#include "providers/anthropic/anthropic_codec.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include "base/json_writer.h"
#include "base/strings.h"
#include "chat/reply_builder.h"

using namespace patchbay;

// Declared before any raw string: moc 6.4 does not read over them.
class AnthropicTest : public QObject {
    Q_OBJECT

private slots:
    void fixturesDecode_data();
    void fixturesDecode();
    void aTruncatedReplyIsNeverASuccess_data();
    void aTruncatedReplyIsNeverASuccess();
    void onlyMessageStopCompletesAStream();
    void inputTokensAreKnownBeforeTheText();
    void laterInputTokensReplaceEarlierOnes();
    void unknownEventsBlocksAndDeltasAreIgnored();
    void aPlainErrorInsideA200IsAnError();
    void htmlIsMalformed();
    void modelsAndTokenCountsDecode();
    void headersCarryKeyVersionAndBetas();
    void aBareRequestHasOnlyWhatIsRequired();
    void systemMessagesLeaveTheListAndNeighboursMerge();
    void toolResultsOfATurnStandTogetherAndFirst();
    void onlySignedThinkingGoesBack();
    void thinkingWishes_data();
    void thinkingWishes();
    void aSmallTokenLimitShrinksTheBudget();
    void toolsAndChoice();
    void formatsBecomeOutputConfigOrAnInstruction();
    void extraMembersGoToTheirOwnFormatOnly();
    void whatTheFormatCannotCarryIsReported();
    void countingLeavesOutWhatTheEndpointRefuses();
};

namespace {

struct Answer {
    EventBatch events;
    Outcome outcome = Error{};
    ChatReply reply;
    bool complete = false;
};

const Endpoint kEndpoint{
    .provider = "claude", .format = WireFormat::Anthropic, .baseUrl = "https://api.anthropic.com", .key = "k"};

std::string readFixture(const QString& name) {
    QFile file(QStringLiteral(PATCHBAY_FIXTURES) + "/wire/" + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no fixture %s", qPrintable(name));
    return file.readAll().toStdString();
}

Answer decodePieces(const WireReplyHead& head, const std::vector<std::string_view>& pieces) {
    const auto decoder = anthropicClientCodec().chatDecoder(head, {}, kEndpoint);
    Answer answer;
    std::optional<Error> failure;
    for (const std::string_view piece : pieces)
        if (auto fed = decoder->feed(piece, answer.events); !fed) {
            failure = fed.error();
            break;
        }
    answer.complete = decoder->complete();
    answer.outcome = failure ? Outcome(*failure) : decoder->finish(answer.events);
    ReplyBuilder builder;
    builder.add(answer.events);
    answer.reply = builder.take();
    return answer;
}

Answer decode(std::string_view body, int status = 200) {
    return decodePieces({.status = status, .headers = {{"content-type", "text/event-stream"}}}, {body});
}

struct HttpAnswer {
    WireReplyHead head;
    std::string body;
};

HttpAnswer parseHttp(const std::string& raw) {
    HttpAnswer answer;
    const auto end = raw.find("\r\n\r\n");
    answer.body = raw.substr(end + 4);
    const std::string head = raw.substr(0, end);
    for (std::string_view line : split(head, '\n')) {
        line = trim(line);
        if (line.starts_with("HTTP/"))
            answer.head.status = std::stoi(std::string(line.substr(9, 3)));
        else if (const auto colon = line.find(':'); colon != std::string_view::npos)
            answer.head.headers.push_back(
                {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    }
    return answer;
}

json::value countOf(std::optional<std::int64_t> count) {
    return count ? json::value(*count) : json::value(nullptr);
}

json::object usageOf(const Usage& usage) {
    return {{"input_total", countOf(usage.inputTotal)},
            {"input_uncached", countOf(usage.inputUncached)},
            {"cache_read", countOf(usage.cacheRead)},
            {"cache_write", countOf(usage.cacheWrite)},
            {"output_total", countOf(usage.outputTotal)},
            {"reasoning", countOf(usage.reasoning)},
            {"total", countOf(usage.total())}};
}

// The normalised outcome that the fixtures' expected files describe, as far as it concerns a reply.
void compareReply(const ChatReply& reply, const json::object& expected) {
    const Message& message = reply.choices.front().message;
    std::string reasoning, signature;
    json::array calls, redacted;
    bool hasReasoning = false;
    for (const ContentPart& part : message.parts) {
        if (const auto* thinking = std::get_if<ReasoningPart>(&part)) {
            reasoning += thinking->text;
            signature += thinking->signature;
            hasReasoning |= thinking->redacted.empty();
            if (!thinking->redacted.empty())
                redacted.emplace_back(thinking->redacted);
        } else if (const auto* call = std::get_if<ToolCallPart>(&part))
            calls.emplace_back(json::object{
                {"id", call->id}, {"name", call->name}, {"arguments", parseJson(call->arguments).value()}});
    }
    QCOMPARE(reply.id, std::string(stringOr(expected, "id")));
    QCOMPARE(reply.model, std::string(stringOr(expected, "model")));
    QCOMPARE(textOf(message), std::string(stringOr(expected, "text")));
    QCOMPARE(hasReasoning, findString(expected, "reasoning").has_value());
    QCOMPARE(reasoning, std::string(stringOr(expected, "reasoning")));
    QCOMPARE(writeJson(calls), writeJson(expected.at("tool_calls")));
    QCOMPARE(signature, std::string(stringOr(expected, "reasoning_signature")));
    if (const json::array* data = findArray(expected, "redacted_thinking"))
        QCOMPARE(writeJson(redacted), writeJson(*data));
    const ReplyFinished& finish = reply.choices.front().finish;
    QCOMPARE(finish.stopSequence, std::string(stringOr(expected, "stop_sequence")));
    if (const json::object* reason = findObject(expected, "finish_reason")) {
        QVERIFY(reply.choices.front().finished);
        QCOMPARE(finish.raw, std::string(stringOr(*reason, "raw")));
        QCOMPARE(std::string(finishReasonName(finish.reason)), std::string(stringOr(*reason, "unified")));
    }
    if (const json::object* details = findObject(expected, "stop_details"))
        QCOMPARE(finish.refusalJson, writeJson(*details));
    if (const json::object* usage = findObject(expected, "usage"))
        QCOMPARE(writeJson(usageOf(reply.usage)), writeJson(*usage));
}

void compareError(const Outcome& outcome, const json::object& expected) {
    QVERIFY(outcome.has_error());
    const Error error = outcome.error();
    QVERIFY(error.vendor.has_value());
    QCOMPARE(error.vendor->status, int(findInt(expected, "status").value_or(0)));
    QCOMPARE(error.vendor->type, std::string(stringOr(expected, "type")));
    QCOMPARE(error.message, std::string(stringOr(expected, "message")));
    if (const auto id = findString(expected, "request_id"))
        QCOMPARE(error.vendor->requestId, std::string(*id));
    if (const auto retryable = findBool(expected, "retryable"))
        QCOMPARE(error.retryable, *retryable);
    if (const auto wait = findInt(expected, "retry_after_ms"))
        QCOMPARE(error.retryAfter.value_or(Milliseconds{-1}).count(), *wait);
}

json::object bodyOf(const ChatRequest& request) {
    auto wire = anthropicClientCodec().encodeChat(request, kEndpoint);
    if (!wire)
        qFatal("%s", wire.error().message.c_str());
    return parseJsonObject(wire->body).value();
}

ChatRequest hello() {
    return {.model = "m", .messages = {textMessage(Role::User, "hi")}};
}

std::string sse(std::initializer_list<std::string_view> events) {
    std::string out;
    for (const std::string_view event : events)
        out.append("data: ").append(event).append("\n\n");
    return out;
}

constexpr std::string_view kStart =
    R"({"type":"message_start","message":{"id":"i","model":"m","content":[],"usage":{"input_tokens":3}}})";

} // namespace

void AnthropicTest::fixturesDecode_data() {
    QTest::addColumn<QString>("name");
    const QStringList patterns{"anthropic_stream_*.sse", "anthropic_message.json", "anthropic_error_*.http"};
    for (const QString& name : QDir(QStringLiteral(PATCHBAY_FIXTURES) + "/wire").entryList(patterns))
        QTest::newRow(qPrintable(name)) << name;
}

void AnthropicTest::fixturesDecode() {
    QFETCH(QString, name);
    HttpAnswer answer{.head = {.headers = {{"content-type", "text/event-stream"}}}, .body = readFixture(name)};
    if (name.endsWith(".http"))
        answer = parseHttp(answer.body);
    const QString base = name.left(name.lastIndexOf('.'));
    const json::object expected = parseJsonObject(readFixture(base + ".expected.json")).value();
    const std::string_view body = answer.body;

    const auto check = [&](const std::vector<std::string_view>& pieces) {
        const Answer got = decodePieces(answer.head, pieces);
        if (const json::object* error = findObject(expected, "error"))
            compareError(got.outcome, *error);
        else
            QVERIFY2(got.outcome.has_value(), got.outcome.has_error() ? got.outcome.error().message.c_str() : "");
        if (answer.head.status == 200)
            compareReply(got.reply, expected);
    };
    check({body});
    std::vector<std::string_view> bytes;
    for (std::size_t cut = 0; cut < body.size() && !QTest::currentTestFailed(); ++cut) {
        check({body.substr(0, cut), body.substr(cut)});
        bytes.push_back(body.substr(cut, 1));
    }
    check(bytes);
}

void AnthropicTest::aTruncatedReplyIsNeverASuccess_data() {
    QTest::addColumn<QString>("name");
    const QStringList patterns{"anthropic_stream_*.sse", "anthropic_message.json"};
    for (const QString& name : QDir(QStringLiteral(PATCHBAY_FIXTURES) + "/wire").entryList(patterns))
        QTest::newRow(qPrintable(name)) << name;
}

void AnthropicTest::aTruncatedReplyIsNeverASuccess() {
    QFETCH(QString, name);
    const std::string body = readFixture(name);
    // Up to the end of the line that carries the stop reason; from there on the reply is whole.
    std::size_t whole = body.find_last_of('}') + 1;
    if (const auto delta = body.find("data: {\"type\":\"message_delta\""); delta != std::string::npos)
        whole = body.find('\n', delta);
    for (std::size_t size = 0; size < body.size(); ++size) {
        const Answer got = decode(std::string_view(body).substr(0, size));
        const bool success = got.outcome.has_value();
        QVERIFY2(success == (size >= whole && !name.contains("error")), qPrintable(QString::number(size)));
        if (!success && size < whole)
            QCOMPARE(got.outcome.error().code, ErrorCode::Truncated);
    }
}

void AnthropicTest::onlyMessageStopCompletesAStream() {
    const std::string body = readFixture("anthropic_stream_text.sse");
    QVERIFY(decode(body).complete);
    QVERIFY(!decode(std::string_view(body).substr(0, body.find("event: message_stop"))).complete);
}

void AnthropicTest::inputTokensAreKnownBeforeTheText() {
    const Answer got = decode(readFixture("anthropic_stream_cache_usage.sse"));
    const auto* usage = std::get_if<UsageReported>(&got.events.at(1));
    QVERIFY(usage);
    QCOMPARE(usage->usage.inputTotal, 9321);
    QCOMPARE(usage->usage.cacheWrite1h, 100);
    QVERIFY(!usage->usage.outputTotal);
}

void AnthropicTest::laterInputTokensReplaceEarlierOnes() {
    const Answer got = decode(sse({kStart,
                                   R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},)"
                                   R"("usage":{"input_tokens":61,"cache_read_input_tokens":null,"output_tokens":9}})",
                                   R"({"type":"message_stop"})"}));
    QVERIFY(got.outcome.has_value());
    QCOMPARE(got.outcome->usage.inputTotal, 61);
    QCOMPARE(got.outcome->usage.outputTotal, 9);
}

void AnthropicTest::unknownEventsBlocksAndDeltasAreIgnored() {
    const Answer got = decode(sse(
        {kStart, R"({"type":"brand_new","x":1})", R"({"type":"ping"})",
         R"({"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"w"}})",
         R"({"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"}})",
         R"({"type":"content_block_stop","index":0})",
         R"({"type":"content_block_start","index":1,"content_block":{"type":"text","text":"a"}})",
         R"({"type":"content_block_delta","index":1,"delta":{"type":"shiny_delta","text":"no"}})",
         R"({"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"b"}})",
         R"({"type":"content_block_stop","index":1})",
         R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}})",
         R"({"type":"message_stop"})"}));
    QVERIFY(got.outcome.has_value());
    QCOMPARE(got.reply.choices[0].message.parts.size(), 1U);
    QCOMPARE(textOf(got.reply.choices[0].message), std::string("ab"));
}

void AnthropicTest::aPlainErrorInsideA200IsAnError() {
    const Answer got =
        decode(R"({"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"r"})");
    QCOMPARE(got.outcome.error().code, ErrorCode::Overloaded);
    QCOMPARE(got.outcome.error().vendor->requestId, std::string("r"));
}

void AnthropicTest::htmlIsMalformed() {
    QCOMPARE(decode("<html>no</html>").outcome.error().code, ErrorCode::Malformed);
}

void AnthropicTest::modelsAndTokenCountsDecode() {
    auto models = anthropicClientCodec().decodeListModels({}, readFixture("anthropic_models.json"));
    QVERIFY(models.has_value());
    QCOMPARE(models->size(), 2U);
    QCOMPARE(models->front().id, std::string("claude-sonnet-5-5"));
    QCOMPARE(models->front().created, 1790726400);
    QCOMPARE(models->front().contextWindow, 1'000'000);
    const std::vector<std::string> capabilities{"tools", "vision", "json_schema", "reasoning"};
    QCOMPARE(models->front().capabilities, capabilities);
    QCOMPARE(anthropicClientCodec().decodeCountTokens({}, readFixture("anthropic_count_tokens.json")).value(), 2095);
}

void AnthropicTest::headersCarryKeyVersionAndBetas() {
    ChatRequest request = hello();
    request.betas = "a,b";
    Endpoint endpoint = kEndpoint;
    endpoint.headers = {{"X-Api-Key", "other"}};
    const WireRequest wire = anthropicClientCodec().encodeChat(request, kEndpoint).value();
    QCOMPARE(wire.url, std::string("https://api.anthropic.com/v1/messages"));
    QCOMPARE(*findHeader(wire.headers, "x-api-key"), std::string("k"));
    QCOMPARE(*findHeader(wire.headers, "anthropic-version"), std::string("2023-06-01"));
    QCOMPARE(*findHeader(wire.headers, "anthropic-beta"), std::string("a,b"));
    QVERIFY(!findHeader(wire.headers, "authorization"));
    const WireRequest configured = anthropicClientCodec().encodeChat(request, endpoint).value();
    QCOMPARE(*findHeader(configured.headers, "x-api-key"), std::string("other"));
}

void AnthropicTest::aBareRequestHasOnlyWhatIsRequired() {
    QCOMPARE(writeJson(bodyOf(hello())),
             std::string(R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"hi"}]}],)"
                         R"("max_tokens":32000})"));
}

void AnthropicTest::systemMessagesLeaveTheListAndNeighboursMerge() {
    ChatRequest request = hello();
    request.messages = {textMessage(Role::System, "s"),    textMessage(Role::User, "a"),
                        textMessage(Role::Developer, "d"), textMessage(Role::User, ""),
                        textMessage(Role::User, "b"),      textMessage(Role::Assistant, "pre  \n")};
    std::get<TextPart>(request.messages[2].parts[0]).cache = CacheBreakpoint{.ttl = "1h"};
    const json::object body = bodyOf(request);
    QCOMPARE(writeJson(body.at("system")),
             std::string(R"([{"type":"text","text":"s"},)"
                         R"({"type":"text","text":"d","cache_control":{"type":"ephemeral","ttl":"1h"}}])"));
    QCOMPARE(writeJson(body.at("messages")),
             std::string(R"([{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},)"
                         R"({"role":"assistant","content":[{"type":"text","text":"pre"}]}])"));
}

void AnthropicTest::toolResultsOfATurnStandTogetherAndFirst() {
    ChatRequest request = hello();
    const auto result = [](std::string id) {
        return Message{.role = Role::Tool,
                       .parts = {ToolResultPart{.toolCallId = std::move(id), .content = {TextPart{.text = "r"}}}}};
    };
    request.messages.push_back({.role = Role::Assistant,
                                .parts = {ToolCallPart{.id = "a", .name = "f", .arguments = "{\"x\":1}"},
                                          ToolCallPart{.id = "b.1", .name = "f", .arguments = "{broken"}}});
    request.messages.insert(request.messages.end(), {result("a"), textMessage(Role::User, "go"), result("b.1")});
    const json::array messages = bodyOf(request).at("messages").as_array();
    QCOMPARE(messages.size(), 3U);
    QCOMPARE(writeJson(messages[1].at("content")),
             std::string(R"([{"type":"tool_use","id":"a","name":"f","input":{"x":1}},)"
                         R"({"type":"tool_use","id":"b_1","name":"f","input":{"_raw":"{broken"}}])"));
    QCOMPARE(writeJson(messages[2].at("content")),
             std::string(R"([{"type":"tool_result","tool_use_id":"a","content":"r"},)"
                         R"({"type":"tool_result","tool_use_id":"b_1","content":"r"},{"type":"text","text":"go"}])"));
}

void AnthropicTest::onlySignedThinkingGoesBack() {
    ChatRequest request = hello();
    request.messages.push_back(
        {.role = Role::Assistant,
         .parts = {ReasoningPart{.text = "no proof"}, ReasoningPart{.text = "openai", .signature = "x", .id = "rs_1"},
                   ReasoningPart{.text = "t", .signature = "s"}, ReasoningPart{.redacted = "r"},
                   TextPart{.text = "a"}}});
    QCOMPARE(writeJson(bodyOf(request).at("messages").at(1).at("content")),
             std::string(R"([{"type":"thinking","thinking":"t","signature":"s"},)"
                         R"({"type":"redacted_thinking","data":"r"},{"type":"text","text":"a"}])"));
}

void AnthropicTest::thinkingWishes_data() {
    QTest::addColumn<QString>("thinking");
    QTest::addColumn<QString>("config");
    QTest::addColumn<int>("which");
    QTest::newRow("budget") << R"({"type":"enabled","budget_tokens":2000})" << "" << 0;
    QTest::newRow("dynamic") << R"({"type":"adaptive"})" << "" << 1;
    QTest::newRow("none") << R"({"type":"disabled"})" << "" << 2;
    QTest::newRow("effort") << "" << R"({"effort":"low"})" << 3;
    QTest::newRow("display") << R"({"type":"adaptive","display":"summarized"})" << R"({"effort":"max"})" << 4;
}

void AnthropicTest::thinkingWishes() {
    QFETCH(QString, thinking);
    QFETCH(QString, config);
    QFETCH(int, which);
    const std::array<ReasoningOptions, 5> wishes{
        ReasoningOptions{.budgetTokens = 2000}, ReasoningOptions{.budgetTokens = -1},
        ReasoningOptions{.effort = "none"}, ReasoningOptions{.effort = "minimal"},
        ReasoningOptions{.effort = "max", .adaptive = true, .summary = "auto"}};
    ChatRequest request = hello();
    request.reasoning = wishes.at(static_cast<std::size_t>(which));
    const json::object body = bodyOf(request);
    const auto member = [&](std::string_view key) {
        const json::value* value = find(body, key);
        return QString::fromStdString(value ? writeJson(*value) : std::string{});
    };
    QCOMPARE(member("thinking"), thinking);
    QCOMPARE(member("output_config"), config);
    if (which == 0)
        QCOMPARE(body.at("max_tokens").as_int64(), 32000); // the budget is within the default limit
}

void AnthropicTest::aSmallTokenLimitShrinksTheBudget() {
    ChatRequest request = hello();
    request.reasoning = ReasoningOptions{.budgetTokens = 8000};
    request.sampling.maxOutputTokens = 2000;
    QCOMPARE(bodyOf(request).at("thinking").at("budget_tokens").as_int64(), 1999);
    request.sampling.maxOutputTokens = 500;
    QVERIFY(!bodyOf(request).contains("thinking"));
}

void AnthropicTest::toolsAndChoice() {
    ChatRequest request = hello();
    request.tools = {Tool{.name = "a", .description = "d", .strict = true, .cache = CacheBreakpoint{}},
                     Tool{.name = "b", .parameters = {{"properties", json::object()}, {"x", 1}}}};
    request.parallelToolCalls = false;
    json::object body = bodyOf(request);
    QCOMPARE(writeJson(body.at("tools")),
             std::string(R"([{"name":"a","description":"d","input_schema":{"type":"object","properties":{}},)"
                         R"("strict":true,"cache_control":{"type":"ephemeral"}},)"
                         R"({"name":"b","input_schema":{"type":"object","properties":{},"x":1}}])"));
    QCOMPARE(writeJson(body.at("tool_choice")), std::string(R"({"type":"auto","disable_parallel_tool_use":true})"));
    request.parallelToolCalls.reset();
    request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Required, .allowedTools = {"b"}};
    body = bodyOf(request);
    QCOMPARE(body.at("tools").as_array().size(), 1U);
    QCOMPARE(writeJson(body.at("tool_choice")), std::string(R"({"type":"any"})"));
    request.tools.clear();
    QVERIFY(!bodyOf(request).contains("tool_choice"));
}

void AnthropicTest::formatsBecomeOutputConfigOrAnInstruction() {
    ChatRequest request = hello();
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = {{"type", "object"}}};
    QCOMPARE(writeJson(bodyOf(request).at("output_config")),
             std::string(R"({"format":{"type":"json_schema","schema":{"type":"object"}}})"));
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonObject};
    QVERIFY(stringOr(bodyOf(request), "system").find("JSON") != std::string_view::npos);
}

void AnthropicTest::extraMembersGoToTheirOwnFormatOnly() {
    ChatRequest request = hello();
    request.extra = {{"speed", "fast"}, {"tools", {{{"type", "web_search_20260101"}, {"name", "web_search"}}}}};
    request.extraFormat = "anthropic";
    QCOMPARE(bodyOf(request).at("speed").as_string(), "fast");
    QCOMPARE(bodyOf(request).at("tools").as_array().size(), 1U);
    request.extraFormat = "openai";
    QVERIFY(!bodyOf(request).contains("speed"));
    QVERIFY(!bodyOf(request).contains("tools"));
}

void AnthropicTest::whatTheFormatCannotCarryIsReported() {
    const auto codeOf = [](const ChatRequest& request) {
        const auto wire = anthropicClientCodec().encodeChat(request, kEndpoint);
        return wire ? ErrorCode::Internal : wire.error().code;
    };
    ChatRequest audio = hello();
    audio.messages[0].parts.emplace_back(FilePart{.source = {.mediaType = "audio/wav", .data = "AAAA"}});
    QCOMPARE(codeOf(audio), ErrorCode::Unsupported);
    ChatRequest picture = hello();
    picture.messages.push_back({.role = Role::Assistant, .parts = {ImagePart{.source = {.data = "AAAA"}}}});
    QCOMPARE(codeOf(picture), ErrorCode::Unsupported);
    ChatRequest two = hello();
    two.sampling.choices = 2;
    QCOMPARE(codeOf(two), ErrorCode::Unsupported);
    ChatRequest custom = hello();
    custom.tools = {Tool{.name = "t", .custom = true}};
    QCOMPARE(codeOf(custom), ErrorCode::Unsupported);
    QCOMPARE(codeOf({.model = "m", .messages = {textMessage(Role::System, "s")}}), ErrorCode::InvalidRequest);
    const auto embedding = anthropicClientCodec().encodeEmbedding({}, kEndpoint);
    QCOMPARE(embedding.error().code, ErrorCode::Unsupported);
}

void AnthropicTest::countingLeavesOutWhatTheEndpointRefuses() {
    ChatRequest request = hello();
    request.stream = true;
    request.sampling.temperature = 0.5;
    const WireRequest wire = anthropicClientCodec().encodeCountTokens(request, kEndpoint).value();
    QVERIFY(wire.url.ends_with("/v1/messages/count_tokens"));
    const json::object body = parseJsonObject(wire.body).value();
    QCOMPARE(body.size(), 2U); // model, messages
}

QTEST_GUILESS_MAIN(AnthropicTest)
#include "anthropic_test.moc"
