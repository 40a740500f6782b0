#include "providers/gemini/gemini_codec.h"

#include <QTest>

#include "unit/providers/wire_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

const Endpoint kEndpoint{.provider = "gemini",
                         .format = WireFormat::Gemini,
                         .baseUrl = "https://generativelanguage.googleapis.com",
                         .key = "AIza-test"};
const WireReplyHead kStreamHead{.headers = {{"Content-Type", "text/event-stream"}}};
const WireReplyHead kJsonHead{.headers = {{"Content-Type", "application/json; charset=UTF-8"}}};
const ReplyIdentity kIdentity{.id = "fxResp01", .model = "gemini-3.8-flash"};

DecoderFactory decoderFor(const WireReplyHead& head, const ChatRequest& request) {
    return [head, request] { return geminiClientCodec().chatDecoder(head, request, kEndpoint); };
}

Decoded decodeStream(std::string_view bytes, const ChatRequest& request = {.stream = true}) {
    return decodePieces(decoderFor(kStreamHead, request), {bytes});
}

ChatRequest fullRequest() {
    ChatRequest request{.model = "gemini-3.8-flash"};
    request.messages = {
        textMessage(Role::System, "Be brief."),
        {.role = Role::User,
         .parts = {TextPart{.text = "Weather 天气?"},
                   ImagePart{.source = {.mediaType = "image/png", .data = "iVBORw0KGgo="}},
                   ImagePart{.source = {.mediaType = "image/jpeg", .url = "https://example.com/a"}},
                   FilePart{.source = {.mediaType = "audio/wav", .data = "AAAA"}},
                   FilePart{.source = {.mediaType = "application/pdf",
                                       .fileId = "https://generativelanguage.googleapis.com/v1beta/files/x"}}}},
        {.role = Role::Assistant,
         .parts = {ReasoningPart{.text = "Two calls.", .signature = "c2ln"}, TextPart{.text = "Looking."},
                   ReasoningPart{.signature = "dGV4dA=="},
                   ToolCallPart{.id = "call_1",
                                .name = "weather",
                                .arguments = R"({"city":"Zürich","days":2})",
                                .signature = "Zm4="},
                   ToolCallPart{.id = "call_2", .name = "now", .arguments = "{}"}}},
        {.role = Role::Tool,
         .parts = {ToolResultPart{.toolCallId = "call_1", .name = "weather", .content = {TextPart{.text = "12 °C"}}},
                   ToolResultPart{.toolCallId = "call_2",
                                  .name = "now",
                                  .content = {TextPart{.text = "no clock"}},
                                  .isError = true}}},
        textMessage(Role::Assistant, "It is cold."),
        textMessage(Role::User, "Why?"),
    };
    request.tools = {
        {.name = "weather",
         .description = "Looks it up",
         .parameters = {{"type", "object"},
                        {"properties", {{"z", {{"type", "string"}}}, {"a", {{"type", "integer"}}}}}}},
        {.name = "now"},
    };
    request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Required, .allowedTools = {"weather", "now"}};
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = {{"type", "object"}}};
    request.reasoning = ReasoningOptions{.effort = "low", .summary = "auto"};
    request.sampling = {.maxOutputTokens = 500,
                        .temperature = 0.25,
                        .topP = 0.5,
                        .topK = 40,
                        .presencePenalty = 0.5,
                        .frequencyPenalty = -0.5,
                        .seed = 7,
                        .stop = {"END"},
                        .choices = 2,
                        .logprobs = true,
                        .topLogprobs = 3};
    request.stream = true;
    request.extraFormat = "gemini";
    request.extra = {
        {"safetySettings", json::array{json::object{{"category", "HARM_CATEGORY_HARASSMENT"}, {"threshold", "OFF"}}}},
        {"cachedContent", "cachedContents/1"},
        {"tools", json::array{json::object{{"googleSearch", json::object{}}}}},
        {"generationConfig", {{"responseModalities", json::array{"TEXT"}}}}};
    return request;
}

// What a request looks like to the server that it was sent to.
ClientRequest received(const WireRequest& wire) {
    const std::string_view url = std::string_view(wire.url).substr(kEndpoint.baseUrl.size());
    const auto query = url.find('?');
    return {.path = percentDecode(url.substr(0, query)),
            .query = query == std::string_view::npos ? std::string{} : std::string(url.substr(query + 1)),
            .headers = wire.headers,
            .body = wire.body};
}

Result<ChatRequest> decodeBody(std::string_view body, std::string path = "/v1beta/models/m:generateContent") {
    return geminiServerCodec().decodeChat({.path = std::move(path), .query = "alt=sse", .body = body});
}

json::object bodyOf(const ChatRequest& request) {
    return parseJsonObject(geminiClientCodec().encodeChat(request, kEndpoint).value().body).value();
}

std::string at(const json::object& object, const char* pointer) {
    boost::system::error_code failure;
    const json::value root = object;
    const json::value* value = root.find_pointer(pointer, failure);
    return value ? writeJson(*value) : std::string("absent");
}

ChatReply fullReply() {
    ChatReply reply{.id = kIdentity.id, .model = kIdentity.model};
    reply.choices = {
        {.message =
             {.role = Role::Assistant,
              .parts = {ReasoningPart{.text = "Think…", .signature = "c2ln"}, TextPart{.text = "Grüße 🙂"},
                        ReasoningPart{.signature = "dGV4dA=="},
                        ToolCallPart{.id = "call_1", .name = "a", .arguments = R"({"x":1})", .signature = "Zm4="},
                        ToolCallPart{.id = "call_2", .name = "b", .arguments = "{}"}, TextPart{.text = "Done."}}},
         .finish = {.reason = FinishReason::ToolCalls, .raw = "STOP"},
         .finished = true}};
    reply.usage = {.inputTotal = 90, .inputUncached = 26, .cacheRead = 64, .outputTotal = 55, .reasoning = 30};
    return reply;
}

std::string streamOf(const ChatReply& reply, const ChatRequest& request = {}) {
    const auto encoder = geminiServerCodec().chatEncoder(request, kIdentity);
    std::string bytes;
    for (const ChatEvent& event : eventsOf(reply))
        encoder->encode(event, bytes);
    encoder->finish({.finish = reply.choices[0].finish.reason, .usage = reply.usage}, bytes);
    return bytes;
}

std::string param(const Error& error) {
    return error.vendor ? error.vendor->param : std::string("none");
}

} // namespace

class GeminiTest : public QObject {
    Q_OBJECT

private slots:
    void aNameCannotLeadOutOfThePath() {
        for (const char* name : {"../../admin", "models/../x", "a/./b", "a//b", "a?key=1", "a#b", "..", "a/"}) {
            ChatRequest request = fullRequest();
            request.model = name;
            const auto chat = geminiClientCodec().encodeChat(request, kEndpoint);
            QVERIFY2(!chat, name);
            QCOMPARE(chat.error().httpStatus(), 400);
            QCOMPARE(chat.error().vendor->param, std::string("model"));
            QVERIFY2(!geminiClientCodec().encodeCountTokens(request, kEndpoint), name);
            QVERIFY2(!geminiClientCodec().encodeEmbedding({.model = name, .input = {"x"}}, kEndpoint), name);
        }
        ChatRequest request = fullRequest();
        request.model = "tunedModels/mine.v2";
        QVERIFY(geminiClientCodec().encodeChat(request, kEndpoint).has_value());
    }

    void fixturesReadTheSameHoweverTheyAreCut_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"gemini_stream.sse", "gemini_stream_tools.sse", "gemini_stream_safety.sse",
                                 "gemini_stream_error_midstream.sse", "gemini_generate.json",
                                 "gemini_prompt_blocked.json", "gemini_error_400.http", "gemini_error_429.http"})
            QTest::newRow(file) << file;
    }
    void fixturesReadTheSameHoweverTheyAreCut() {
        QFETCH(QString, file);
        const Fixture fixture = loadFixture(file.toStdString());
        const std::string found = checkFixture(fixture, decoderFor(fixture.head, {.stream = fixture.stream}));
        QVERIFY2(found.empty(), found.c_str());
    }

    void truncatedFixturesAreErrors_data() { fixturesReadTheSameHoweverTheyAreCut_data(); }
    void truncatedFixturesAreErrors() {
        QFETCH(QString, file);
        const Fixture fixture = loadFixture(file.toStdString());
        const auto make = decoderFor(fixture.head, {.stream = fixture.stream});
        const auto length = shortSuccess(fixture.body, make);
        QVERIFY2(!length, qPrintable(QString("a success after %1 bytes").arg(length.value_or(0))));
    }

    void modelsEmbeddingsAndCountsAreRead() {
        const auto models = geminiClientCodec().decodeListModels(kJsonHead, readFixture("gemini_models.json"));
        QCOMPARE(models->size(), std::size_t(1));
        const ModelInfo& model = models->front();
        QCOMPARE(model.id, std::string("models/gemini-3.8-flash"));
        QCOMPARE(model.contextWindow, std::optional<std::int64_t>(1048576));
        const auto embedded = geminiClientCodec().decodeEmbedding(kJsonHead, readFixture("gemini_embed.json"));
        QVERIFY(embedded->embeddings == (std::vector<std::vector<float>>{{0.5F, -0.25F}, {1, 0}}));
        QCOMPARE(geminiClientCodec().decodeCountTokens(kJsonHead, readFixture("gemini_count_tokens.json")).value(), 31);
        const Fixture refusal = loadFixture("gemini_error_429.http");
        const auto refused = geminiClientCodec().decodeListModels(refusal.head, refusal.body);
        QCOMPARE(refused.error().retryAfter->count(), 34400);
    }

    void requestComesBackAsItWentOut() {
        const ChatRequest request = fullRequest();
        const auto wire = geminiClientCodec().encodeChat(request, kEndpoint);
        QVERIFY(wire.has_value());
        QCOMPARE(wire->url, std::string("https://generativelanguage.googleapis.com/v1beta/models/"
                                        "gemini-3.8-flash:streamGenerateContent?alt=sse"));
        QCOMPARE(*findHeader(wire->headers, "x-goog-api-key"), std::string("AIza-test"));
        const auto back = geminiServerCodec().decodeChat(received(*wire));
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        for (std::size_t i = 0; i < request.messages.size(); ++i)
            QVERIFY2(back->messages.size() > i && back->messages[i] == request.messages[i], std::to_string(i).c_str());
        QVERIFY(back->tools == request.tools);
        QVERIFY2(back->extra == request.extra, writeJson(back->extra).c_str());
        QVERIFY(*back == request);
    }

    void modelNamesMayHoldSlashesAndColons() {
        for (const std::string model : {"playground/echo", "llama3:8b", "org/name:tag"}) {
            ChatRequest request{.model = model, .messages = {textMessage(Role::User, "Hi")}, .extraFormat = "gemini"};
            const auto wire = geminiClientCodec().encodeChat(request, kEndpoint);
            const auto back = geminiServerCodec().decodeChat(received(*wire));
            QVERIFY(*back == request);
        }
        const auto v1 = decodeBody(R"({"contents":[]})", "/v1/models/playground/long:5:streamGenerateContent");
        QCOMPARE(v1->model, std::string("playground/long:5"));
        QVERIFY(v1->stream);
        QVERIFY(!decodeBody("{}", "/v1beta/models").has_value());
    }

    void snakeCaseIsUnderstood() {
        const auto request = decodeBody(R"({"system_instruction":{"parts":[{"text":"S"}]},
            "contents":[{"role":"user","parts":[{"inline_data":{"mime_type":"image/png","data":"AA"}}]}],
            "generation_config":{"max_output_tokens":5,"thinking_config":{"thinking_budget":-1}},
            "tools":[{"function_declarations":[{"name":"f"}]}]})");
        QVERIFY2(request.has_value(), request ? "" : request.error().message.c_str());
        QVERIFY(request->messages.at(0) == textMessage(Role::System, "S"));
        QVERIFY(request->messages.at(1).parts.at(0) ==
                ContentPart(ImagePart{.source = {.mediaType = "image/png", .data = "AA"}}));
        QCOMPARE(request->sampling.maxOutputTokens, std::optional<std::int64_t>(5));
        QCOMPARE(request->reasoning->budgetTokens, std::optional<std::int64_t>(-1));
        QCOMPARE(request->tools.at(0).name, std::string("f"));
        QVERIFY(request->extra.empty());
    }

    void ownSchemaDialectBecomesJsonSchema() {
        const auto request = decodeBody(R"({"contents":[],"tools":[{"functionDeclarations":[{"name":"f","parameters":
            {"type":"OBJECT","properties":{"type":{"type":"STRING","nullable":true},"n":{"type":"ARRAY","items":{"type":"INTEGER"}}},
             "propertyOrdering":["n"],"required":["n"]}}]}]})");
        QCOMPARE(writeJson(request->tools.at(0).parameters),
                 std::string(R"({"type":"object","properties":{"type":{"type":["string","null"]},)"
                             R"("n":{"type":"array","items":{"type":"integer"}}},"required":["n"]})"));
    }

    void callsAndAnswersWithoutIdsFindEachOther() {
        const auto request = decodeBody(R"({"contents":[
            {"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":1}}},{"functionCall":{"name":"g"}},{"functionCall":{"name":"f"}}]},
            {"role":"user","parts":[{"functionResponse":{"name":"g","response":{"result":5}}},
                {"functionResponse":{"name":"f","response":{"output":"one"}}},{"functionResponse":{"name":"f","response":{"error":"two"}}},
                {"text":"Go on"}]}]})");
        QVERIFY(request.has_value());
        QCOMPARE(request->messages.size(), std::size_t(3));
        const auto call = [&](std::size_t i) { return std::get<ToolCallPart>(request->messages[0].parts.at(i)); };
        const auto answer = [&](std::size_t i) { return std::get<ToolResultPart>(request->messages[1].parts.at(i)); };
        QVERIFY(call(0).id.starts_with("call_") && call(0).id.size() == 29 && call(0).id != call(2).id);
        QCOMPARE(answer(0).toolCallId, call(1).id);
        QCOMPARE(answer(1).toolCallId, call(0).id);
        QCOMPARE(answer(2).toolCallId, call(2).id);
        QVERIFY(answer(2).isError && !answer(1).isError);
        QCOMPARE(std::get<TextPart>(answer(0).content.at(0)).text, std::string(R"({"result":5})"));
        QVERIFY(request->messages[2] == textMessage(Role::User, "Go on"));
    }

    void resultsTakeTheNameOfTheirCall() {
        ChatRequest request{.model = "gemini-3.8-flash"};
        request.messages = {
            {.role = Role::Assistant, .parts = {ToolCallPart{.id = "c1", .name = "f", .arguments = "not json"}}},
            {.role = Role::Tool, .parts = {ToolResultPart{.toolCallId = "c1", .content = {TextPart{.text = "1"}}}}}};
        const json::object body = bodyOf(request);
        QCOMPARE(at(body, "/contents/1/parts/0/functionResponse/name"), std::string("\"f\""));
        QCOMPARE(at(body, "/contents/0/parts/0/functionCall/args"), std::string(R"({"arguments":"not json"})"));
        // Gemini 3 refuses unsigned calls; the stand-in is not shown to anybody.
        QCOMPARE(at(body, "/contents/0/parts/0/thoughtSignature"), std::string("\"skip_thought_signature_validator\""));
        const auto back = decodeBody(writeJson(body));
        QVERIFY(std::get<ToolCallPart>(back->messages.at(0).parts.at(0)).signature.empty());
        request.model = "gemini-2.5-pro";
        QCOMPARE(at(bodyOf(request), "/contents/0/parts/0/thoughtSignature"), std::string("absent"));
        request.messages.erase(request.messages.begin());
        QVERIFY(geminiClientCodec().encodeChat(request, kEndpoint).error().code == ErrorCode::InvalidRequest);
    }

    void reasoningWishesFitTheModel() {
        ChatRequest request{.model = "gemini-3.8-flash", .messages = {textMessage(Role::User, "Hi")}};
        const char* thinking = "/generationConfig/thinkingConfig";
        request.reasoning = ReasoningOptions{.effort = "high"};
        QCOMPARE(at(bodyOf(request), thinking), std::string(R"({"thinkingLevel":"HIGH","includeThoughts":true})"));
        request.reasoning = ReasoningOptions{.effort = "none"};
        QCOMPARE(at(bodyOf(request), thinking), std::string(R"({"thinkingLevel":"MINIMAL"})"));
        request.model = "gemini-2.5-flash";
        QCOMPARE(at(bodyOf(request), thinking), std::string(R"({"thinkingBudget":0})"));
        request.reasoning = ReasoningOptions{.effort = "medium"};
        QCOMPARE(at(bodyOf(request), thinking), std::string(R"({"thinkingBudget":8192,"includeThoughts":true})"));
        request.reasoning = ReasoningOptions{.budgetTokens = 99, .enabled = true};
        QCOMPARE(at(bodyOf(request), thinking), std::string(R"({"thinkingBudget":99,"includeThoughts":true})"));
    }

    void toolChoicesAreSaidInGeminisWords() {
        ChatRequest request{
            .model = "m", .messages = {textMessage(Role::User, "Hi")}, .tools = {{.name = "a"}, {.name = "b"}}};
        const auto config = [&] { return at(bodyOf(request), "/toolConfig/functionCallingConfig"); };
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Named, .name = "b"};
        QCOMPARE(config(), std::string(R"({"mode":"ANY","allowedFunctionNames":["b"]})"));
        QVERIFY(decodeBody(writeJson(bodyOf(request)))->toolChoice == request.toolChoice);
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::None};
        QCOMPARE(config(), std::string(R"({"mode":"NONE"})"));
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Auto, .allowedTools = {"b"}};
        QCOMPARE(config(), std::string(R"({"mode":"AUTO"})"));
        QCOMPARE(at(bodyOf(request), "/tools/0/functionDeclarations"), std::string(R"([{"name":"b"}])"));
    }

    void membersOfOtherFormatsAreNotSent() {
        ChatRequest request{.model = "m", .messages = {textMessage(Role::User, "Hi")}, .serviceTier = "auto"};
        request.extraFormat = "openai";
        request.extra = {{"logit_bias", json::object{{"1", 2}}}};
        request.messages.push_back(
            {.role = Role::Assistant, .parts = {ReasoningPart{.text = "t", .signature = "x", .id = "rs_1"}}});
        QCOMPARE(writeJson(bodyOf(request)), std::string(R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]}]})"));
    }

    void wrongFieldsAreNamed_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* body, const char* field) { QTest::newRow(field) << body << field; };
        row(R"({})", "contents");
        row(R"({"contents":"Hi"})", "contents");
        row(R"({"contents":[{"role":"user"}]})", "contents[0].parts");
        row(R"({"contents":[{"role":"dog","parts":[]}]})", "contents[0].role");
        row(R"({"contents":[{"parts":[{"video":1}]}]})", "contents[0].parts[0]");
        row(R"({"contents":[],"generationConfig":{"temperature":"hot"}})", "generationConfig.temperature");
        row(R"({"contents":[],"generationConfig":{"responseMimeType":"text/html"}})",
            "generationConfig.responseMimeType");
        row(R"({"contents":[],"tools":[{"functionDeclarations":[{}]}]})", "tools[0].functionDeclarations[0].name");
        row("nothing", "");
    }
    void wrongFieldsAreNamed() {
        QFETCH(QString, body);
        QFETCH(QString, field);
        const auto request = decodeBody(body.toStdString());
        QVERIFY(!request);
        QVERIFY(request.error().code == ErrorCode::InvalidRequest);
        QCOMPARE(param(request.error()), field.toStdString());
    }

    void streamReadsBackEqual() {
        const ChatReply reply = fullReply();
        const Decoded decoded = decodeStream(streamOf(reply));
        QVERIFY2(decoded.outcome.has_value(), decoded.outcome ? "" : decoded.outcome.error().message.c_str());
        const ChatReply back = decoded.reply();
        const auto& parts = reply.choices[0].message.parts;
        for (std::size_t i = 0; i < parts.size(); ++i)
            QVERIFY2(back.choices[0].message.parts.size() > i && back.choices[0].message.parts[i] == parts[i],
                     std::to_string(i).c_str());
        QVERIFY(back == reply);
    }

    void streamWithoutSseIsAnArray() {
        const auto request = geminiServerCodec().decodeChat(
            {.path = "/v1beta/models/m:streamGenerateContent", .query = "key=x", .body = R"({"contents":[]})"});
        const auto encoder = geminiServerCodec().chatEncoder(*request, kIdentity);
        QCOMPARE(encoder->contentType(), std::string_view("application/json; charset=UTF-8"));
        const std::string bytes = streamOf(fullReply(), *request);
        QVERIFY(parseJson(bytes)->is_array());
        const Decoded decoded = decodePieces(decoderFor(kJsonHead, {.stream = true}), {bytes});
        QVERIFY(decoded.reply() == fullReply());
        QVERIFY(!bodyOf(*request).contains("$alt"));

        const auto failing = geminiServerCodec().chatEncoder(*request, kIdentity);
        std::string failed;
        failing->encode(TextDelta{.text = "Half"}, failed);
        failing->fail(makeError(ErrorCode::Overloaded, "Busy.", "Wait."), failed);
        QVERIFY(parseJson(failed).has_value());
        const Decoded broken = decodePieces(decoderFor(kJsonHead, {.stream = true}), {failed});
        QVERIFY(broken.outcome.error().code == ErrorCode::Overloaded);
    }

    void unstreamedReplyReadsBackEqual() {
        const ChatReply reply = fullReply();
        const ClientReply written = geminiServerCodec().encodeReply({}, kIdentity, reply);
        QVERIFY(decodePieces(decoderFor(kJsonHead, {}), {written.body}).reply() == reply);
    }

    void alternativesStayApart() {
        ChatReply reply = fullReply();
        reply.choices.push_back({.message = {.role = Role::Assistant, .parts = {TextPart{.text = "Other"}}},
                                 .finish = {.reason = FinishReason::Length, .raw = "MAX_TOKENS", .choice = 1},
                                 .finished = true});
        const ChatRequest two{.sampling = {.choices = 2}, .stream = true};
        QVERIFY(decodeStream(streamOf(reply), two).reply() == reply);
    }

    void blockedPromptsReadBackEqual() {
        ChatReply reply{.id = kIdentity.id, .model = kIdentity.model};
        reply.choices = {
            {.finish = {.reason = FinishReason::ContentFilter, .raw = "blockReason:SAFETY"}, .finished = true}};
        QVERIFY(decodeStream(streamOf(reply)).reply() == reply);
        const std::string body = geminiServerCodec().encodeReply({}, kIdentity, reply).body;
        QVERIFY(body.find("candidates") == std::string::npos);
        QVERIFY(decodePieces(decoderFor(kJsonHead, {}), {body}).reply() == reply);
    }

    void failureInMidStreamIsAnErrorWithTheTextSoFar() {
        Error error = makeError(ErrorCode::RateLimited, "Slow down.", "Wait.");
        error.retryAfter = std::chrono::milliseconds(1500);
        const auto encoder = geminiServerCodec().chatEncoder({}, kIdentity);
        std::string bytes;
        encoder->encode(TextDelta{.text = "Half"}, bytes);
        encoder->fail(error, bytes);
        const Decoded decoded = decodeStream(bytes);
        QVERIFY(decoded.outcome.error().code == ErrorCode::RateLimited);
        QCOMPARE(decoded.outcome.error().retryAfter->count(), 1500);
        QVERIFY(decoded.reply().choices[0].message.parts == std::vector<ContentPart>{TextPart{.text = "Half"}});
    }

    void errorsReadBackEqual() {
        Error error = makeError(ErrorCode::RateLimited, "Slow down.", "Wait.");
        error.retryAfter = std::chrono::milliseconds(34400);
        const ClientReply written = geminiServerCodec().encodeError(error, "req_1");
        QCOMPARE(written.status, 429);
        QCOMPARE(*findHeader(written.headers, "retry-after"), std::string("35"));
        WireReplyHead head{.status = written.status, .headers = {{"content-type", "application/json"}}};
        const Decoded decoded = decodePieces(decoderFor(head, {}), {written.body});
        QCOMPARE(decoded.outcome.error().vendor->type, std::string("RESOURCE_EXHAUSTED"));
        QCOMPARE(decoded.outcome.error().retryAfter->count(), 34400);
    }

    void freeTextToolsTravelInAnObject() {
        ChatRequest request{.model = "m", .messages = {textMessage(Role::User, "Hi")}, .stream = true};
        request.tools = {{.name = "shell", .custom = true}};
        QCOMPARE(at(bodyOf(request), "/tools/0/functionDeclarations/0/parametersJsonSchema/required"),
                 std::string(R"(["input"])"));
        ChatReply reply{.id = kIdentity.id, .model = kIdentity.model};
        reply.choices = {
            {.message = {.role = Role::Assistant,
                         .parts = {ToolCallPart{.id = "c", .name = "shell", .arguments = "ls", .custom = true}}},
             .finish = {.reason = FinishReason::ToolCalls, .raw = "STOP"},
             .finished = true}};
        QVERIFY(decodeStream(streamOf(reply), request).reply() == reply);
    }

    void embeddingsModelsAndCountsGoBothWays() {
        const EmbeddingRequest request{.model = "embed", .input = {"a", "你好"}, .dimensions = 2};
        const auto wire = geminiClientCodec().encodeEmbedding(request, kEndpoint);
        QVERIFY(wire->url.ends_with("/v1beta/models/embed:batchEmbedContents"));
        QVERIFY(geminiServerCodec().decodeEmbedding(received(*wire)).value() == request);
        const EmbeddingReply reply{.embeddings = {{0.1F, -2}, {3, 4}}};
        const ClientReply written = geminiServerCodec().encodeEmbedding(request, reply);
        QVERIFY(written.body.find("0.1,") != std::string::npos);
        QVERIFY(geminiClientCodec().decodeEmbedding(kJsonHead, written.body)->embeddings == reply.embeddings);

        ModelInfo model{.id = "models/m", .displayName = "M", .ownedBy = "google", .contextWindow = 9, .maxOutput = 8};
        const auto models =
            geminiClientCodec().decodeListModels(kJsonHead, geminiServerCodec().encodeModels({model}).body);
        QVERIFY(models.value() == std::vector{model});

        ChatRequest counted = fullRequest();
        counted.stream = false;
        const auto count = geminiClientCodec().encodeCountTokens(counted, kEndpoint);
        QVERIFY(count->url.ends_with(":countTokens"));
        QVERIFY(geminiServerCodec().decodeCountTokens(received(*count)).value() == counted);
        QCOMPARE(
            geminiClientCodec().decodeCountTokens(kJsonHead, geminiServerCodec().encodeCountTokens(12).body).value(),
            12);
    }
};

QTEST_GUILESS_MAIN(GeminiTest)
#include "gemini_test.moc"
