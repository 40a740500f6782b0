#include "providers/openai/responses_codec.h"

#include <QTest>

#include "unit/providers/wire_fixture.h"
#include "wire/sse_reader.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

const Endpoint kEndpoint{.provider = "openai",
                         .format = WireFormat::OpenAiResponses,
                         .baseUrl = "https://api.openai.com/v1",
                         .key = "sk-test"};
const WireReplyHead kStreamHead{.headers = {{"Content-Type", "text/event-stream; charset=utf-8"}}};
const WireReplyHead kJsonHead{.headers = {{"Content-Type", "application/json"}}};
const ReplyIdentity kIdentity{.id = "resp_abc", .model = "gpt-5.6", .created = 1763800002};

DecoderFactory decoderFor(const WireReplyHead& head, bool stream) {
    return [head, stream] {
        return openAiResponsesClientCodec().chatDecoder(head, ChatRequest{.stream = stream}, kEndpoint);
    };
}

Decoded decodeStream(std::string_view bytes) {
    return decodePieces(decoderFor(kStreamHead, true), {bytes});
}

ChatRequest fullRequest() {
    ChatRequest request{.model = "gpt-5.6"};
    request.messages = {
        textMessage(Role::System, "Be brief."),
        textMessage(Role::Developer, "Answer in German."),
        {.role = Role::User,
         .parts = {TextPart{.text = "Weather 天气?", .cache = CacheBreakpoint{.ttl = "30m"}},
                   ImagePart{.source = {.mediaType = "image/png", .data = "iVBORw0KGgo="}, .detail = "low"},
                   ImagePart{.source = {.url = "https://example.com/a.jpg"}},
                   FilePart{.source = {.mediaType = "application/pdf", .data = "JVBERi0="}, .filename = "a.pdf"},
                   FilePart{.source = {.fileId = "file-1"}}}},
        {.role = Role::Assistant,
         .parts = {ReasoningPart{.text = "Two calls.", .signature = "gAAAAB", .id = "rs_1"},
                   TextPart{.text = "Looking."},
                   ToolCallPart{.id = "call_1", .name = "weather", .arguments = R"({"city":"Zürich"})"},
                   ToolCallPart{.id = "call_2", .name = "shell", .arguments = "ls -l", .custom = true}}},
        {.role = Role::Tool,
         .parts = {ToolResultPart{.toolCallId = "call_1", .content = {TextPart{.text = "12 °C"}}},
                   ToolResultPart{.toolCallId = "call_2",
                                  .content = {TextPart{.text = "a"},
                                              ImagePart{.source = {.mediaType = "image/png", .data = "AAAA"}}}}}},
        {.role = Role::Assistant, .parts = {RefusalPart{.text = "I cannot."}}},
        textMessage(Role::User, "Why?"),
    };
    request.tools = {
        {.name = "weather",
         .description = "Looks it up",
         .parameters = {{"type", "object"},
                        {"properties", {{"z", {{"type", "string"}}}, {"a", {{"type", "integer"}}}}}},
         .strict = true},
        {.name = "shell", .parameters = {{"type", "text"}}, .custom = true},
        {.name = "now"},
    };
    request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Required, .allowedTools = {"weather", "shell"}};
    request.parallelToolCalls = false;
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema,
                                    .name = "answer",
                                    .description = "The answer",
                                    .schema = {{"type", "object"}},
                                    .strict = true};
    request.reasoning = ReasoningOptions{.effort = "high", .summary = "auto"};
    request.sampling = {.maxOutputTokens = 500, .temperature = 0.25, .topP = 0.5, .topLogprobs = 3};
    request.stream = true;
    request.user = "u1";
    request.store = false;
    request.previousResponseId = "resp_0";
    request.metadata = {{"a", "b"}};
    request.serviceTier = "flex";
    request.extraFormat = "openai-responses";
    request.extra = {{"include", json::array{"reasoning.encrypted_content"}},
                     {"text", {{"verbosity", "low"}}},
                     {"tools", json::array{json::object{{"type", "web_search"}}}},
                     {"truncation", "auto"}};
    return request;
}

Result<json::object> bodyOf(const ChatRequest& request) {
    auto wire = openAiResponsesClientCodec().encodeChat(request, kEndpoint);
    if (!wire)
        return wire.error();
    return parseJsonObject(wire->body);
}

Result<ChatRequest> decodeBody(std::string_view body) {
    return openAiResponsesServerCodec().decodeChat({.path = "/v1/responses", .body = body});
}

ChatReply fullReply() {
    ChatReply reply{.id = kIdentity.id, .model = kIdentity.model, .created = kIdentity.created};
    reply.choices = {
        {.message = {.role = Role::Assistant,
                     .parts = {ReasoningPart{.text = "Think…", .signature = "gAAA", .id = "rs_vendor"},
                               ReasoningPart{.redacted = "b3BhcXVl"},
                               ReasoningPart{.text = "More.", .signature = "sig-without-id"},
                               TextPart{.text = "Grüße 🙂"}, RefusalPart{.text = "No."},
                               ToolCallPart{
                                   .id = "call_1", .name = "a", .arguments = R"({"x":1})", .signature = "Z2Vt"},
                               ToolCallPart{.id = "call_2", .name = "b", .arguments = "free\ntext", .custom = true},
                               ToolCallPart{.id = "call_3", .name = "c"}, TextPart{.text = "Done."}}},
         .finish = {.reason = FinishReason::ToolCalls, .raw = "completed"},
         .finished = true}};
    reply.usage = {
        .inputTotal = 90, .inputUncached = 26, .cacheRead = 64, .cacheWrite = 0, .outputTotal = 55, .reasoning = 30};
    return reply;
}

std::string streamOf(const ChatReply& reply, const ChatRequest& request = {}) {
    const auto encoder = openAiResponsesServerCodec().chatEncoder(request, kIdentity);
    std::string bytes;
    for (const ChatEvent& event : eventsOf(reply))
        encoder->encode(event, bytes);
    encoder->finish({.finish = reply.choices[0].finish.reason, .usage = reply.usage}, bytes);
    return bytes;
}

std::vector<json::object> eventsIn(std::string_view bytes) {
    SseReader reader;
    std::vector<SseEvent> events;
    if (!reader.feed(bytes, events))
        qFatal("not an event stream");
    std::vector<json::object> objects;
    for (const SseEvent& event : events) {
        objects.push_back(parseJsonObject(event.data).value());
        if (stringOr(objects.back(), "type") != event.name)
            qFatal("the event's name and type differ");
    }
    return objects;
}

std::string param(const Error& error) {
    return error.vendor ? error.vendor->param : std::string("none");
}

} // namespace

class ResponsesTest : public QObject {
    Q_OBJECT

private slots:
    void fixturesReadTheSameHoweverTheyAreCut_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"openai_responses.json", "openai_responses_stream.sse",
                                 "openai_responses_stream_error.sse", "openai_responses_stream_incomplete.sse"})
            QTest::newRow(file) << file;
    }
    void fixturesReadTheSameHoweverTheyAreCut() {
        QFETCH(QString, file);
        const Fixture fixture = loadFixture(file.toStdString());
        const std::string found = checkFixture(fixture, decoderFor(fixture.head, fixture.stream));
        QVERIFY2(found.empty(), found.c_str());
    }

    void truncatedFixturesAreErrors_data() { fixturesReadTheSameHoweverTheyAreCut_data(); }
    void truncatedFixturesAreErrors() {
        QFETCH(QString, file);
        const Fixture fixture = loadFixture(file.toStdString());
        const auto length = shortSuccess(fixture.body, decoderFor(fixture.head, fixture.stream));
        QVERIFY2(!length, qPrintable(QString("a success after %1 bytes").arg(length.value_or(0))));
        const Decoded empty = decodePieces(decoderFor(fixture.head, fixture.stream), {});
        QVERIFY(empty.outcome.error().code == ErrorCode::Truncated);
    }

    void requestComesBackAsItWentOut() {
        const ChatRequest request = fullRequest();
        const auto wire = openAiResponsesClientCodec().encodeChat(request, kEndpoint);
        QVERIFY(wire.has_value());
        QCOMPARE(wire->url, std::string("https://api.openai.com/v1/responses"));
        QCOMPARE(*findHeader(wire->headers, "Authorization"), std::string("Bearer sk-test"));
        const auto back = decodeBody(wire->body);
        QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
        for (std::size_t i = 0; i < request.messages.size(); ++i)
            QVERIFY2(back->messages.size() > i && back->messages[i] == request.messages[i], std::to_string(i).c_str());
        QVERIFY(back->tools == request.tools);
        QVERIFY2(back->extra == request.extra, writeJson(back->extra).c_str());
        QVERIFY(*back == request);
    }

    void stringInputAndInstructionsBecomeMessages() {
        const auto request = decodeBody(R"({"model":"m","instructions":"Be kind.","input":"Hi"})");
        QVERIFY(request.has_value());
        QCOMPARE(request->messages.size(), std::size_t(2));
        QVERIFY(request->messages[0] == textMessage(Role::System, "Be kind."));
        QVERIFY(request->messages[1] == textMessage(Role::User, "Hi"));
        QVERIFY(!request->stream && !request->store && request->sampling == Sampling{});
    }

    void outputItemsOfOneTurnBecomeOneMessage() {
        const auto request = decodeBody(R"({"model":"m","input":[{"role":"user","content":"Hi"},
            {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"a"},{"type":"summary_text","text":"b"}]},
            {"id":"msg_1","type":"message","role":"assistant","status":"completed","content":[{"type":"output_text","text":"x","annotations":[]}]},
            {"id":"fc_1","type":"function_call","call_id":"c1","name":"f","arguments":"{}","status":"completed"},
            {"type":"function_call_output","call_id":"c1","output":"1"}]})");
        QVERIFY(request.has_value());
        QCOMPARE(request->messages.size(), std::size_t(3));
        const Message& turn = request->messages[1];
        QVERIFY(turn.role == Role::Assistant && turn.parts.size() == 3);
        QVERIFY(turn.parts[0] == ContentPart(ReasoningPart{.text = "a\n\nb", .id = "rs_1"}));
        QVERIFY(turn.parts[2] == ContentPart(ToolCallPart{.id = "c1", .name = "f", .arguments = "{}"}));
        QVERIFY(request->messages[2].role == Role::Tool);
    }

    void wrongFieldsAreNamed_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("field");
        const auto row = [](const char* body, const char* field) { QTest::newRow(field) << body << field; };
        row(R"({"input":"x"})", "model");
        row(R"({"model":"m"})", "input");
        row(R"({"model":"m","input":7})", "input");
        row(R"({"model":"m","input":"x","temperature":"hot"})", "temperature");
        row(R"({"model":"m","input":"x","max_output_tokens":1.5})", "max_output_tokens");
        row(R"({"model":"m","input":"x","stream":"yes"})", "stream");
        row(R"({"model":"m","input":"x","background":true})", "background");
        row(R"({"model":"m","input":"x","tool_choice":"maybe"})", "tool_choice");
        row(R"({"model":"m","input":"x","tools":[{"type":"function"}]})", "tools[0].name");
        row(R"({"model":"m","input":"x","text":{"format":{"type":"xml"}}})", "text.format.type");
        row(R"({"model":"m","input":[{"role":"nobody","content":"x"}]})", "input[0].role");
        row(R"({"model":"m","input":[{"role":"user","content":[{"type":"video"}]}]})", "input[0].content[0].type");
        row(R"({"model":"m","input":[{"type":"computer_call"}]})", "input[0].type");
        row(R"({"model":"m","input":[{"type":"function_call_output","output":"x"}]})", "input[0].call_id");
        row("[1]", "");
    }
    void wrongFieldsAreNamed() {
        QFETCH(QString, body);
        QFETCH(QString, field);
        const auto request = decodeBody(body.toStdString());
        QVERIFY(!request);
        QVERIFY(request.error().code == ErrorCode::InvalidRequest);
        QCOMPARE(param(request.error()), field.toStdString());
    }

    void encryptedReasoningIsAskedForWhereNothingIsStored() {
        ChatRequest request{.model = "gpt-5.6", .messages = {textMessage(Role::User, "Hi")}};
        QVERIFY(!bodyOf(request)->contains("include"));
        request.store = false;
        QCOMPARE(writeJson(bodyOf(request)->at("include")), std::string(R"(["reasoning.encrypted_content"])"));
        request.model = "gpt-4.1"; // would answer 400
        QVERIFY(!bodyOf(request)->contains("include"));
    }

    void otherVendorsThinkingIsNotSent() {
        ChatRequest request{.model = "gpt-5.6", .messages = {textMessage(Role::User, "Hi")}};
        request.messages.push_back(
            {.role = Role::Assistant,
             .parts = {ReasoningPart{.text = "t", .signature = "anthropic"}, TextPart{.text = "x"}}});
        const std::string body = writeJson(*bodyOf(request));
        QVERIFY(body.find("anthropic") == std::string::npos && body.find("reasoning") == std::string::npos);
    }

    void textDocumentsGoAsText() {
        ChatRequest request{.model = "gpt-5.6", .messages = {{.role = Role::User}}};
        request.messages[0].parts = {
            FilePart{.source = {.mediaType = "text/plain", .data = "aGk="}, .filename = "a.txt"}};
        QVERIFY(writeJson(*bodyOf(request)).find("{\"type\":\"input_text\",\"text\":\"a.txt:\\nhi\"}") != std::string::npos);
    }

    void whatTheFormatLacksIsRefused() {
        ChatRequest request{.model = "m", .messages = {textMessage(Role::User, "Hi")}};
        request.sampling.stop = {"END"};
        QVERIFY(bodyOf(request).error().code == ErrorCode::Unsupported);
        request.sampling = {.choices = 2};
        QVERIFY(bodyOf(request).error().code == ErrorCode::Unsupported);
        request.sampling = {};
        request.messages[0].parts.emplace_back(FilePart{.source = {.mediaType = "audio/wav", .data = "AAAA"}});
        QVERIFY(bodyOf(request).error().code == ErrorCode::Unsupported);
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
        QVERIFY(decoded.outcome->usage == reply.usage);
    }

    void unstreamedReplyReadsBackEqual() {
        const ChatReply reply = fullReply();
        const ClientReply written = openAiResponsesServerCodec().encodeReply({}, kIdentity, reply);
        QCOMPARE(written.status, 200);
        for (const bool stream : {false, true}) { // a document may answer a request for a stream too
            const Decoded decoded = decodePieces(decoderFor(kJsonHead, stream), {written.body});
            QVERIFY(decoded.outcome.has_value());
            QVERIFY(decoded.reply() == reply);
        }
    }

    void finishReasonsReadBackEqual_data() {
        QTest::addColumn<int>("reason");
        QTest::addColumn<QString>("raw");
        QTest::newRow("stop") << int(FinishReason::Stop) << "completed";
        QTest::newRow("length") << int(FinishReason::Length) << "incomplete:max_output_tokens";
        QTest::newRow("filter") << int(FinishReason::ContentFilter) << "incomplete:content_filter";
    }
    void finishReasonsReadBackEqual() {
        QFETCH(int, reason);
        QFETCH(QString, raw);
        ChatReply reply{.id = kIdentity.id, .model = kIdentity.model, .created = kIdentity.created};
        reply.choices = {{.message = {.role = Role::Assistant, .parts = {TextPart{.text = "Half"}}},
                          .finish = {.reason = FinishReason(reason), .raw = raw.toStdString()},
                          .finished = true}};
        QVERIFY(decodeStream(streamOf(reply)).reply() == reply);
        const std::string body = openAiResponsesServerCodec().encodeReply({}, kIdentity, reply).body;
        QVERIFY(decodePieces(decoderFor(kJsonHead, false), {body}).reply() == reply);
    }

    // What the official helper and the AI SDK check, see the wire reference (clients, required fields).
    void streamKeepsItsIdsAndAgreesWithItsEnd() {
        const std::vector<json::object> events = eventsIn(streamOf(fullReply(), fullRequest()));
        QCOMPARE(stringOr(events[0], "type"), std::string_view("response.created"));
        QCOMPARE(stringOr(events[1], "type"), std::string_view("response.in_progress"));
        std::map<std::int64_t, json::object> done;
        std::map<std::int64_t, std::string> added;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const json::object& event = events[i];
            QCOMPARE(findInt(event, "sequence_number"), std::optional<std::int64_t>(i));
            const std::string type(stringOr(event, "type"));
            if (const json::object* response = findObject(event, "response")) {
                QCOMPARE(stringOr(*response, "id"), std::string_view("resp_abc"));
                for (const char* member : {"created_at", "model", "output", "tools", "text", "usage", "error"})
                    QVERIFY2(response->contains(member), member);
                continue;
            }
            const std::int64_t index = findInt(event, "output_index").value();
            const json::object* item = findObject(event, "item");
            if (type == "response.output_item.added")
                added[index] = stringOr(*item, "id");
            else if (type == "response.output_item.done")
                done[index] = *item;
            else
                QCOMPARE(stringOr(event, "item_id"), std::string_view(added[index]));
            if (item && stringOr(*item, "type") == "function_call")
                QVERIFY(findString(*item, "call_id") && findString(*item, "arguments") && findString(*item, "name"));
            if (item && stringOr(*item, "type") == "message")
                QVERIFY(findArray(*item, "content"));
            if (item && stringOr(*item, "type") == "reasoning")
                QVERIFY(findArray(*item, "summary"));
        }
        QCOMPARE(stringOr(events.back(), "type"), std::string_view("response.completed"));
        const json::array& output = *findArray(*findObject(events.back(), "response"), "output");
        QCOMPARE(output.size(), done.size());
        for (std::size_t i = 0; i < output.size(); ++i)
            QVERIFY2(output[i].get_object() == done.at(std::int64_t(i)), std::to_string(i).c_str());
    }

    void interleavedToolCallsStayApart() {
        const auto encoder = openAiResponsesServerCodec().chatEncoder({}, kIdentity);
        std::string bytes;
        for (const ChatEvent& event : EventBatch{
                 ToolCallStarted{.index = 0, .id = "c0", .name = "a"},
                 ToolCallStarted{.index = 1, .id = "c1", .name = "b"}, ToolCallDelta{.index = 0, .arguments = "{\"x\""},
                 ToolCallDelta{.index = 1, .arguments = "{\"y\""}, ToolCallDelta{.index = 0, .arguments = ":1}"},
                 ToolCallDelta{.index = 1, .arguments = ":2}"}})
            encoder->encode(event, bytes);
        encoder->finish({.finish = FinishReason::ToolCalls}, bytes);
        const ChatReply back = decodeStream(bytes).reply();
        QVERIFY(back.choices[0].message.parts ==
                (std::vector<ContentPart>{ToolCallPart{.id = "c0", .name = "a", .arguments = R"({"x":1})"},
                                          ToolCallPart{.id = "c1", .name = "b", .arguments = R"({"y":2})"}}));
    }

    // The client sends back what it was given, and the vendor gets its own id and signature again.
    void reasoningSurvivesTheClientsNextTurn() {
        const ClientReply written = openAiResponsesServerCodec().encodeReply({}, kIdentity, fullReply());
        const json::array output = *findArray(parseJsonObject(written.body).value(), "output");
        const json::object next{{"model", "m"}, {"input", output}};
        const auto request = decodeBody(writeJson(next));
        QVERIFY(request.has_value());
        QVERIFY(request->messages.at(0).parts == fullReply().choices[0].message.parts);
    }

    void failureInMidStreamIsAnErrorWithTheTextSoFar() {
        Error error = makeError(ErrorCode::RateLimited, "Slow down.", "Wait.");
        error.vendor = VendorError{.status = 429, .type = "rate_limit_error", .code = "rate_limit_exceeded"};
        const auto encoder = openAiResponsesServerCodec().chatEncoder({}, kIdentity);
        std::string bytes;
        encoder->encode(ReplyStarted{.id = "x"}, bytes);
        encoder->encode(TextDelta{.text = "Half"}, bytes);
        encoder->fail(error, bytes);
        const std::vector<json::object> events = eventsIn(bytes);
        QCOMPARE(stringOr(events.at(events.size() - 2), "type"), std::string_view("error"));
        QCOMPARE(stringOr(events.back(), "type"), std::string_view("response.failed"));
        const Decoded decoded = decodeStream(bytes);
        QVERIFY(!decoded.outcome);
        QVERIFY(decoded.outcome.error().code == ErrorCode::RateLimited);
        QVERIFY(decoded.outcome.error().message.starts_with("Slow down."));
        QVERIFY(decoded.reply().choices[0].message.parts == std::vector<ContentPart>{TextPart{.text = "Half"}});
    }

    void failureBeforeTheFirstEventIsAWholeStream() {
        const auto encoder = openAiResponsesServerCodec().chatEncoder({}, kIdentity);
        std::string bytes;
        encoder->fail(makeError(ErrorCode::Timeout, "Too slow.", "Wait."), bytes);
        QCOMPARE(eventsIn(bytes).size(), std::size_t(4));
        QVERIFY(!decodeStream(bytes).outcome);
    }

    void bothFormsOfTheErrorEventAreRead() {
        for (
            const char* data :
            {R"({"type":"error","code":"server_is_overloaded","message":"Busy.","param":null,"sequence_number":1})",
             R"({"type":"error","sequence_number":1,"error":{"type":"x","code":"server_is_overloaded","message":"Busy."}})",
             R"({"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"server_is_overloaded","message":"Busy."}}})",
             R"({"error":{"code":"server_is_overloaded","message":"Busy."}})"}) {
            const Decoded decoded = decodeStream(std::string("data: ") + data + "\n\n");
            QVERIFY2(!decoded.outcome, data);
            QVERIFY2(decoded.outcome.error().code == ErrorCode::Overloaded, data);
            QCOMPARE(decoded.outcome.error().message, std::string("Busy."));
        }
        const Decoded document = decodePieces(decoderFor(kJsonHead, true),
                                              {R"({"error":{"code":"server_is_overloaded","message":"Busy."}})"});
        QVERIFY(document.outcome.error().code == ErrorCode::Overloaded);
    }

    void textsWithoutDeltasAreReadFromTheirEnd() {
        const Decoded decoded = decodeStream(
            "data: "
            "{\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":{\"type\":\"message\",\"id\":\"m\","
            "\"content\":[{\"type\":\"output_text\",\"text\":\"whole\"}]}}\n\n"
            "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r\",\"status\":\"completed\",\"output\":["
            "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"whole\"}]},"
            "{\"type\":\"function_call\",\"name\":\"f\",\"call_id\":\"c\",\"arguments\":\"{}\"}]}}\n\n");
        QVERIFY(decoded.outcome.has_value());
        QVERIFY(decoded.outcome->finish == FinishReason::ToolCalls);
        QVERIFY(decoded.reply().choices[0].message.parts ==
                (std::vector<ContentPart>{TextPart{.text = "whole"},
                                          ToolCallPart{.id = "c", .name = "f", .arguments = "{}"}}));
    }

    void itemReferencesAreResolved() {
        const auto lookup = [](const std::string& id) {
            return id == "msg_1" ? std::optional(json::object{{"role", "assistant"}, {"content", "Hello"}})
                                 : std::nullopt;
        };
        const auto body = resolveItemReferences(
            R"({"model":"m","input":[{"type":"item_reference","id":"msg_1"},{"role":"user","content":"Hi"}]})", lookup);
        QVERIFY(body.has_value());
        const auto request = decodeBody(*body);
        QVERIFY(request.has_value());
        QVERIFY(request->messages.at(0) == textMessage(Role::Assistant, "Hello"));
        const auto missing = resolveItemReferences(R"({"input":[{"id":"msg_2"}]})", lookup);
        QCOMPARE(param(missing.error()), std::string("input[0].id"));
    }
};

QTEST_GUILESS_MAIN(ResponsesTest)
#include "responses_test.moc"
