#include "providers/ollama/ollama_codec.h"

#include <QTest>

#include "base/json_writer.h"
#include "providers/ollama/ollama_admin.h"

using namespace patchbay;

namespace {

const Endpoint kEndpoint{.provider = "local", .format = WireFormat::Ollama, .baseUrl = "http://127.0.0.1:11434"};
const WireReplyHead kStreamHead{.headers = {{"Content-Type", "application/x-ndjson"}}};

ChatRequest question(std::string text = "Hi") {
    return {.model = "qwen3:8b", .messages = {textMessage(Role::User, std::move(text))}};
}

json::object bodyOf(const ChatRequest& request) {
    const auto wire = ollamaClientCodec().encodeChat(request, kEndpoint);
    if (!wire)
        qFatal("%s", wire.error().message.c_str());
    return *parseJsonObject(wire->body);
}

std::string textOfJson(const json::object& object, const char* pointer) {
    boost::system::error_code failure;
    const json::value root = object;
    const json::value* value = root.find_pointer(pointer, failure);
    return value ? writeJson(*value) : std::string("absent");
}

struct Decoded {
    EventBatch events;
    Outcome outcome;
};

Decoded decode(std::string_view bytes, WireReplyHead head = kStreamHead, bool stream = true) {
    ChatRequest request = question();
    request.stream = stream;
    const auto decoder = ollamaClientCodec().chatDecoder(head, request, kEndpoint);
    EventBatch events;
    if (const auto fed = decoder->feed(bytes, events); !fed)
        return {.events = std::move(events), .outcome = fed.error()};
    Outcome outcome = decoder->finish(events);
    return {.events = std::move(events), .outcome = std::move(outcome)};
}

ImagePart pngImage() {
    return {.source = {.mediaType = "image/png", .data = "iVBORw0KGgo="}};
}

ChatRequest conversation() {
    ChatRequest request{.model = "qwen3:8b"};
    request.messages = {
        textMessage(Role::System, "Be brief."),
        {.role = Role::User, .parts = {pngImage(), TextPart{.text = "天气?"}}},
        {.role = Role::Assistant,
         .parts = {ReasoningPart{.text = "Two calls."}, TextPart{.text = "Looking."},
                   ToolCallPart{.id = "call_1", .name = "weather", .arguments = R"({"city":"Zürich","days":2})"},
                   ToolCallPart{.id = "call_2", .name = "now", .arguments = "{}"}}},
        {.role = Role::Tool,
         .parts = {ToolResultPart{.toolCallId = "call_2", .name = "now", .content = {TextPart{.text = "12:00"}}}}},
        {.role = Role::Tool,
         .parts = {ToolResultPart{.toolCallId = "call_1", .name = "weather", .content = {TextPart{.text = "7 °C"}}}}}};
    request.tools = {
        {.name = "weather",
         .description = "The weather",
         .parameters = {{"type", "object"},
                        {"properties", {{"city", {{"type", "string"}}}, {"days", {{"type", "integer"}}}}}}},
        {.name = "now", .parameters = {{"type", "object"}, {"properties", json::object{}}}}};
    request.stream = true;
    return request;
}

} // namespace

class OllamaCodecTest : public QObject {
    Q_OBJECT

private slots:
    void requestGoesWhereOllamaListens() {
        Endpoint endpoint = kEndpoint;
        endpoint.baseUrl = "http://host:1/prefix";
        endpoint.key = "secret";
        endpoint.headers = {{"x-extra", "1"}};
        const auto wire = ollamaClientCodec().encodeChat(question(), endpoint);
        QVERIFY(wire);
        QCOMPARE(wire->method, std::string("POST"));
        QCOMPARE(wire->url, std::string("http://host:1/prefix/api/chat"));
        QCOMPARE(*findHeader(wire->headers, "Authorization"), std::string("Bearer secret"));
        QCOMPARE(*findHeader(wire->headers, "x-extra"), std::string("1"));
        QCOMPARE(wire->body,
                 std::string(R"({"model":"qwen3:8b","messages":[{"role":"user","content":"Hi"}],"stream":false})"));
        QVERIFY(!findHeader(ollamaClientCodec().encodeChat(question(), kEndpoint)->headers, "authorization"));
    }

    void conversationHasOllamasShape() {
        const json::object body = bodyOf(conversation());
        QCOMPARE(textOfJson(body, "/messages/1"),
                 std::string(R"({"role":"user","content":"天气?","images":["iVBORw0KGgo="]})"));
        QCOMPARE(textOfJson(body, "/messages/2/thinking"), std::string("\"Two calls.\""));
        QCOMPARE(textOfJson(body, "/messages/2/tool_calls/0"),
                 std::string(R"({"id":"call_1","function":{"index":0,"name":"weather",)"
                             R"("arguments":{"city":"Zürich","days":2}}})"));
        QCOMPARE(textOfJson(body, "/messages/3"),
                 std::string(R"({"role":"tool","content":"12:00","tool_name":"now","tool_call_id":"call_2"})"));
        QCOMPARE(
            textOfJson(body, "/tools/1"),
            std::string(
                R"({"type":"function","function":{"name":"now","parameters":{"type":"object","properties":{}}}})"));
        QCOMPARE(textOfJson(body, "/stream"), std::string("true"));
    }

    void toolNameIsLookedUpFromTheCall() {
        ChatRequest request = conversation();
        std::get<ToolResultPart>(request.messages[3].parts[0]).name.clear();
        QCOMPARE(textOfJson(bodyOf(request), "/messages/3/tool_name"), std::string("\"now\""));
    }

    void decodingWhatWasEncodedGivesTheRequestBack_data() {
        QTest::addColumn<int>("variant");
        for (int i = 0; i < 6; ++i)
            QTest::addRow("%d", i) << i;
    }

    void decodingWhatWasEncodedGivesTheRequestBack() {
        QFETCH(int, variant);
        ChatRequest request = conversation();
        switch (variant) {
        case 1:
            request.sampling = {.maxOutputTokens = 100,
                                .temperature = 0.0,
                                .topP = 0.9,
                                .topK = 40,
                                .presencePenalty = -0.5,
                                .frequencyPenalty = 1,
                                .seed = -7,
                                .stop = {"END", "\n"},
                                .logprobs = true,
                                .topLogprobs = 5};
            break;
        case 2:
            request.format = ResponseFormat{
                .kind = ResponseFormat::Kind::JsonSchema,
                .schema = {{"type", "object"}, {"properties", {{"z", {{"type", "string"}}}, {"a", json::object{}}}}}};
            request.reasoning = ReasoningOptions{.effort = "high"};
            break;
        case 3:
            request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonObject};
            request.reasoning = ReasoningOptions{.enabled = false};
            break;
        case 4:
            request.stream = false;
            request.extraFormat = "ollama";
            request.extra = {{"options", {{"num_ctx", 8192}, {"min_p", 0.05}}}, {"keep_alive", -1}, {"truncate", true}};
            break;
        case 5:
            request.messages = {textMessage(Role::System, "S"), {.role = Role::User, .parts = {pngImage()}}};
            request.tools.clear();
            break;
        default:
            break;
        }
        const auto wire = ollamaClientCodec().encodeChat(request, kEndpoint);
        QVERIFY(wire);
        const auto back = ollamaServerCodec().decodeChat({.path = "/api/chat", .body = wire->body});
        QVERIFY2(back, back ? "" : back.error().message.c_str());
        QVERIFY2(*back == request, wire->body.c_str());
    }

    void generateRequestStaysOne() {
        ChatRequest request = question("def f");
        request.messages.insert(request.messages.begin(), textMessage(Role::System, "S"));
        request.extraFormat = "ollama";
        request.extra = {{"patchbay.generate", true}, {"suffix", "return x"}, {"raw", false}};
        const auto wire = ollamaClientCodec().encodeChat(request, kEndpoint);
        QVERIFY(wire);
        QCOMPARE(wire->url, std::string("http://127.0.0.1:11434/api/generate"));
        QCOMPARE(wire->body, std::string(R"({"model":"qwen3:8b","prompt":"def f","system":"S","stream":false,)"
                                         R"("suffix":"return x","raw":false})"));
        const auto back = ollamaServerCodec().decodeChat({.path = "/api/generate", .body = wire->body});
        QVERIFY(back);
        QVERIFY(*back == request);
        // An answer to be continued does not fit a prompt.
        request.messages.push_back(textMessage(Role::Assistant, "x"));
        QVERIFY(ollamaClientCodec().encodeChat(request, kEndpoint)->url.ends_with("/api/chat"));
    }

    void membersOfOtherFormatsAreNotSent() {
        ChatRequest request = question();
        request.extraFormat = "openai";
        request.extra = {{"logit_bias", json::object{}}, {"options", {{"num_ctx", 1}}}};
        QCOMPARE(bodyOf(request).size(), std::size_t{3});
    }

    void thinkFollowsTheWish_data() {
        QTest::addColumn<QString>("effort");
        QTest::addColumn<int>("enabled"); // -1 unsaid
        QTest::addColumn<int>("budget");  // -2 unsaid
        QTest::addColumn<QString>("think");
        QTest::newRow("high") << "high" << -1 << -2 << "\"high\"";
        QTest::newRow("minimal") << "minimal" << -1 << -2 << "\"low\"";
        QTest::newRow("xhigh") << "xhigh" << 1 << -2 << "\"max\"";
        QTest::newRow("none") << "none" << -1 << -2 << "false";
        QTest::newRow("enabled") << "" << 1 << 2048 << "true";
        QTest::newRow("disabled") << "" << 0 << -2 << "false";
        QTest::newRow("budget") << "" << -1 << 1024 << "true";
        QTest::newRow("no budget") << "" << -1 << 0 << "false";
        QTest::newRow("nothing said") << "" << -1 << -2 << "absent";
    }

    void thinkFollowsTheWish() {
        QFETCH(QString, effort);
        QFETCH(int, enabled);
        QFETCH(int, budget);
        QFETCH(QString, think);
        ChatRequest request = question();
        request.reasoning = ReasoningOptions{.effort = effort.toStdString()};
        if (enabled >= 0)
            request.reasoning->enabled = enabled == 1;
        if (budget > -2)
            request.reasoning->budgetTokens = budget;
        QCOMPARE(textOfJson(bodyOf(request), "/think"), think.toStdString());
    }

    void toolChoiceNarrowsTheTools() {
        ChatRequest request = conversation();
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::None};
        QVERIFY(!bodyOf(request).contains("tools"));
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Named, .name = "now"};
        QCOMPARE(textOfJson(bodyOf(request), "/tools/0/function/name"), std::string("\"now\""));
        QCOMPARE(bodyOf(request)["tools"].get_array().size(), std::size_t{1});
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Auto, .allowedTools = {"weather"}};
        QCOMPARE(textOfJson(bodyOf(request), "/tools/0/function/name"), std::string("\"weather\""));
        // Nothing in the format can force a call, and an answer without one would look as if the model had refused.
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Required};
        const auto refused = clientCodec(WireFormat::Ollama).encodeChat(request, Endpoint{.baseUrl = "http://h"});
        QVERIFY(!refused);
        QCOMPARE(refused.error().httpStatus(), 400);
        QCOMPARE(refused.error().vendor->param, std::string("tool_choice"));
    }

    void argumentsThatAreNoObjectAreKept() {
        ChatRequest request = conversation();
        std::get<ToolCallPart>(request.messages[2].parts[2]).arguments = "{\"city\": broken";
        std::get<ToolCallPart>(request.messages[2].parts[3]).arguments = "";
        const json::object body = bodyOf(request);
        QCOMPARE(textOfJson(body, "/messages/2/tool_calls/0/function/arguments"),
                 std::string("{\"_raw\":\"{\\\"city\\\": broken\"}"));
        QCOMPARE(textOfJson(body, "/messages/2/tool_calls/1/function/arguments"), std::string("{}"));
    }

    void thinkingOfAnotherVendorIsNotSent() {
        ChatRequest request = conversation();
        std::get<ReasoningPart>(request.messages[2].parts[0]).signature = "sig";
        QCOMPARE(textOfJson(bodyOf(request), "/messages/2/thinking"), std::string("absent"));
    }

    void textFilesAreInlined() {
        ChatRequest request = question("Sum up");
        request.messages[0].parts.emplace_back(
            FilePart{.source = {.mediaType = "text/plain", .data = "aGVsbG8="}, .filename = "a.txt"});
        QCOMPARE(textOfJson(bodyOf(request), "/messages/0/content"), std::string("\"Sum up\\n\\na.txt:\\nhello\""));
    }

    void whatOllamaCannotCarryIsRefused_data() {
        QTest::addColumn<int>("variant");
        QTest::addColumn<QString>("param");
        QTest::newRow("image by URL") << 0 << "messages[0].images";
        QTest::newRow("image by file id") << 1 << "messages[0].images";
        QTest::newRow("PDF") << 2 << "messages[0].content";
        QTest::newRow("two choices") << 3 << "n";
        QTest::newRow("custom tool") << 4 << "tools[0]";
    }

    void whatOllamaCannotCarryIsRefused() {
        QFETCH(int, variant);
        QFETCH(QString, param);
        ChatRequest request = question();
        auto& parts = request.messages[0].parts;
        if (variant == 0)
            parts.emplace_back(ImagePart{.source = {.url = "https://example.org/a.png"}});
        else if (variant == 1)
            parts.emplace_back(ImagePart{.source = {.fileId = "file_1"}});
        else if (variant == 2)
            parts.emplace_back(FilePart{.source = {.mediaType = "application/pdf", .data = "JVBERi0="}});
        else if (variant == 3)
            request.sampling.choices = 2;
        else
            request.tools = {{.name = "patch", .custom = true}};
        const auto wire = ollamaClientCodec().encodeChat(request, kEndpoint);
        QVERIFY(!wire);
        QCOMPARE(wire.error().code, ErrorCode::Unsupported);
        QVERIFY(!wire.error().hint.empty());
        QCOMPARE(wire.error().vendor->param, param.toStdString());
    }

    void callsWithoutIdGetDifferentOnes() {
        const Decoded reply = decode(
            R"({"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}},{"function":{"name":"f"}}]},"done":false})"
            "\n"
            R"({"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"})"
            "\n");
        QVERIFY(reply.outcome);
        QCOMPARE(reply.outcome->finish, FinishReason::ToolCalls);
        ReplyBuilder builder;
        builder.add(reply.events);
        const auto& parts = builder.reply().choices[0].message.parts;
        QCOMPARE(parts.size(), std::size_t{2});
        const auto& first = std::get<ToolCallPart>(parts[0]);
        const auto& second = std::get<ToolCallPart>(parts[1]);
        QCOMPARE(first.id.size(), std::string("call_").size() + 24);
        QVERIFY(first.id != second.id);
        QCOMPARE(first.arguments, std::string("{\"a\":1}"));
        QCOMPARE(second.arguments, std::string("{}"));
    }

    void replyIsCompleteAtTheDoneLine() {
        ChatRequest request = question();
        request.stream = true;
        const auto decoder = ollamaClientCodec().chatDecoder(kStreamHead, request, kEndpoint);
        EventBatch events;
        QVERIFY(decoder->feed("{\"model\":\"m\",\"message\":{\"content\":\"a\"},\"done\":false}\n", events));
        QVERIFY(!decoder->complete());
        QVERIFY(decoder->feed("{\"model\":\"m\",\"message\":{\"content\":\"b\"},\"done\":true}\n", events));
        QVERIFY(decoder->complete());
        QVERIFY(decoder->feed("garbage after the end\n", events));
        const Outcome outcome = decoder->finish(events);
        QVERIFY(outcome);
        QCOMPARE(outcome->model, std::string("m"));
        QVERIFY(outcome->usage.empty()); // nothing was measured
        QCOMPARE(std::get<TextDelta>(events[2]).text, std::string("b"));
    }

    void brokenRepliesAreErrors() {
        QCOMPARE(decode("").outcome.error().code, ErrorCode::Truncated);
        QCOMPARE(decode("{\"model\":\"m\",\"done\":false}\n{\"mod").outcome.error().code, ErrorCode::Truncated);
        QCOMPARE(decode("<html>\n").outcome.error().code, ErrorCode::Malformed);
        QCOMPARE(decode("", {}, false).outcome.error().code, ErrorCode::Truncated);
        QCOMPARE(decode("{\"model\":\"m\",\"message\":{\"content\":\"a\"}}", {}, false).outcome.error().code,
                 ErrorCode::Truncated);
        const Outcome failed = decode("{\"error\":\"model requires more system memory\"}",
                                      {.status = 500, .headers = {{"content-type", "application/json"}}})
                                   .outcome;
        QCOMPARE(failed.error().code, ErrorCode::UpstreamFailed);
        QCOMPARE(failed.error().vendor->status, 500);
        QCOMPARE(failed.error().message, std::string("model requires more system memory"));
    }

    void embeddingsAreAskedForAsText() {
        const auto wire =
            ollamaClientCodec().encodeEmbedding({.model = "e", .input = {"a", "b"}, .dimensions = 256}, kEndpoint);
        QVERIFY(wire);
        QCOMPARE(wire->url, std::string("http://127.0.0.1:11434/api/embed"));
        QCOMPARE(wire->body, std::string(R"({"model":"e","input":["a","b"],"dimensions":256})"));
        const auto tokens = ollamaClientCodec().encodeEmbedding({.model = "e", .tokenInput = {{1, 2}}}, kEndpoint);
        QCOMPARE(tokens.error().code, ErrorCode::Unsupported);
        QCOMPARE(ollamaClientCodec().decodeEmbedding({}, "{\"embeddings\":[[\"x\"]]}").error().code,
                 ErrorCode::Malformed);
        QCOMPARE(ollamaClientCodec().encodeCountTokens(question(), kEndpoint).error().code, ErrorCode::Unsupported);
    }

    void listedModelsSayWhatTheyCan() {
        const auto models = ollamaClientCodec().decodeListModels(
            {}, R"({"models":[{"name":"a","modified_at":"2026-11-01T08:00:00.5+01:00","capabilities":)"
                R"(["completion","vision","tools","thinking"],"details":{"context_length":4096}},)"
                R"({"name":"e","capabilities":["embedding"]},{"name":"old","modified_at":"x"}]})");
        QVERIFY(models);
        QCOMPARE(models->size(), std::size_t{3});
        QCOMPARE((*models)[0], (ModelInfo{.id = "a",
                                          .created = 1793516400,
                                          .contextWindow = 4096,
                                          .capabilities = {"tools", "vision", "json_schema", "reasoning"}}));
        QCOMPARE((*models)[1].capabilities, std::vector<std::string>{"embedding"});
        QCOMPARE((*models)[2], ModelInfo{.id = "old"});
        QVERIFY(ollamaClientCodec().decodeListModels({}, R"({"models":null})")->empty());
    }

    void failedPullIsAnError() {
        std::vector<OllamaPullProgress> progress;
        OllamaPullReader cut({});
        QVERIFY(cut.feed("{\"status\":\"pulling manifest\"}\n{\"stat", progress));
        QCOMPARE(cut.finish(progress).error().code, ErrorCode::Truncated);
        OllamaPullReader failed({});
        const auto fed = failed.feed("{\"error\":\"pull model manifest: file does not exist\"}\n", progress);
        QCOMPARE(fed.error().message, std::string("pull model manifest: file does not exist"));
        OllamaPullReader refused({.status = 404});
        QVERIFY(refused.feed("{\"error\":\"no such model\"}", progress));
        QCOMPARE(refused.finish(progress).error().code, ErrorCode::NotFound);
    }

    void administrationAsksTheRightPaths() {
        QCOMPARE(encodeOllamaPull(kEndpoint, "m").body, std::string("{\"model\":\"m\"}"));
        QCOMPARE(encodeOllamaPull(kEndpoint, "m").url, std::string("http://127.0.0.1:11434/api/pull"));
        QCOMPARE(encodeOllamaShow(kEndpoint, "m").url, std::string("http://127.0.0.1:11434/api/show"));
        QCOMPARE(encodeOllamaDelete(kEndpoint, "m").method, std::string("DELETE"));
        QCOMPARE(encodeOllamaRunningQuery(kEndpoint).url, std::string("http://127.0.0.1:11434/api/ps"));
        QCOMPARE(encodeOllamaVersionQuery(kEndpoint).method, std::string("GET"));
    }
};

QTEST_APPLESS_MAIN(OllamaCodecTest)
#include "ollama_codec_test.moc"
