#include "unit/providers/openai_test_support.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

const ReplyIdentity kIdentity{.id = "chatcmpl-1", .model = "fast \"x\"", .created = 1800000000};

std::string stream(const EventBatch& events, const ChatSummary& summary, bool includeUsage = false) {
    ChatRequest request{.stream = true, .includeUsage = includeUsage};
    const auto encoder = openAiChatServerCodec().chatEncoder(request, kIdentity);
    std::string out;
    for (const ChatEvent& event : events)
        encoder->encode(event, out);
    encoder->finish(summary, out);
    return out;
}

std::vector<json::object> chunksOf(std::string_view bytes) {
    std::vector<json::object> chunks;
    while (!bytes.empty()) {
        const auto end = bytes.find("\n\n");
        const std::string_view event = bytes.substr(0, end);
        if (event.starts_with("data: {"))
            chunks.push_back(*parseJsonObject(event.substr(6)));
        bytes.remove_prefix(end + 2);
    }
    return chunks;
}

const json::object& choiceOf(const json::object& chunk) {
    return chunk.at("choices").as_array().at(0).as_object();
}

Usage someUsage() {
    return {.inputTotal = 20, .inputUncached = 10, .cacheRead = 8, .cacheWrite = 2, .outputTotal = 9, .reasoning = 4};
}

ChatReply richReply() {
    ChatReply reply{.id = kIdentity.id, .model = kIdentity.model, .created = kIdentity.created};
    ReplyChoice first;
    first.message = {.role = Role::Assistant,
                     .parts = {ReasoningPart{.text = "Hm\n"}, TextPart{.text = "Grüße 日本 🙂 \"q\" \\ \t\x01"},
                               ToolCallPart{.id = "call_a", .name = "f", .arguments = "{\"a\":\"é\\n\"}"},
                               ToolCallPart{.id = "call_b", .name = "sql", .arguments = "SELECT 1", .custom = true}}};
    first.finish = {.reason = FinishReason::ToolCalls, .raw = "tool_calls"};
    first.finished = true;
    ReplyChoice second;
    second.message = {.role = Role::Assistant, .parts = {RefusalPart{.text = "No."}}};
    second.finish = {.reason = FinishReason::ContentFilter, .raw = "content_filter", .choice = 1};
    second.finished = true;
    reply.choices = {first, second};
    reply.usage = someUsage();
    return reply;
}

ClientReply errorReply(const Error& error) {
    return openAiChatServerCodec().encodeError(error, "req-1");
}

} // namespace

class OpenAiServerTest : public QObject {
    Q_OBJECT
private slots:
    void streamedReplyReadsBackEqual() {
        const ChatReply reply = richReply();
        const std::string bytes = stream(eventsOf(reply), {.usage = reply.usage}, true);
        for (const auto& pieces : {std::vector<std::string_view>{bytes}, singleBytes(bytes)}) {
            const Replayed got = replayPieces(pieces, streamHead(), endpointOf("openai"));
            QVERIFY(got.outcome);
            QVERIFY(got.complete);
            QVERIFY(got.reply == reply);
            QVERIFY(got.outcome->usage == reply.usage);
        }
    }

    void documentReadsBackEqual() {
        const ChatReply reply = richReply();
        const ClientReply document = openAiChatServerCodec().encodeReply({}, kIdentity, reply);
        QCOMPARE(document.status, 200);
        const Replayed got = replay(document.body, jsonHead(), endpointOf("openai"));
        QVERIFY(got.outcome);
        QVERIFY(got.reply == reply);
    }

    void truncatedStreamIsNoSuccess() {
        const std::string bytes = stream(eventsOf(richReply()), {}, true);
        const auto finish = bytes.find("\"finish_reason\":\"content_filter\"");
        QVERIFY(finish != std::string::npos);
        const ChatRequest request{.sampling = {.choices = 2}};
        for (std::size_t cut = 0; cut < finish; ++cut)
            QVERIFY(!replayPieces({std::string_view(bytes).substr(0, cut)}, streamHead(), endpointOf("openai"), request)
                         .outcome);
    }

    void streamHasTheFieldsTheSdksNeed() {
        const auto chunks = chunksOf(stream(eventsOf(richReply()), {}, false));
        QVERIFY(chunks.size() > 8);
        QCOMPARE(std::string(stringOr(*findObject(choiceOf(chunks[0]), "delta"), "role")), std::string("assistant"));
        int typed = 0;
        for (const json::object& chunk : chunks) {
            QCOMPARE(std::string(stringOr(chunk, "object")), std::string("chat.completion.chunk"));
            QCOMPARE(std::string(stringOr(chunk, "id")), kIdentity.id);
            QCOMPARE(std::string(stringOr(chunk, "model")), kIdentity.model);
            QCOMPARE(*findInt(chunk, "created"), kIdentity.created);
            QVERIFY(!chunk.contains("usage"));
            const json::object& choice = choiceOf(chunk);
            QVERIFY(findInt(choice, "index") && findObject(choice, "delta"));
            QVERIFY(choice.contains("finish_reason") && choice.contains("logprobs"));
            if (const json::array* calls = findArray(*findObject(choice, "delta"), "tool_calls"))
                for (const json::value& call : *calls) {
                    QVERIFY(findInt(call.as_object(), "index"));
                    QVERIFY(findObject(call.as_object(), "function") || findObject(call.as_object(), "custom"));
                    typed += findString(call.as_object(), "type") ? 1 : 0;
                }
        }
        QCOMPARE(typed, 2);
    }

    void roleChunkSaysWhatKindOfAnswerFollows() {
        const auto first = [](ChatEvent event) {
            return writeJson(*find(choiceOf(chunksOf(stream({ReplyStarted{}, std::move(event)}, {})).at(0)), "delta"));
        };
        QCOMPARE(first(TextDelta{.text = "a"}), (quoted("{'role':'assistant','content':'','refusal':null}")));
        QCOMPARE(first(ToolCallStarted{.id = "a", .name = "f"}),
                 (quoted("{'role':'assistant','content':null,'refusal':null}")));
    }

    void streamIsWrittenByteForByteAsDocumented() {
        const std::string bytes = stream({ReplyStarted{.id = "up"}, TextDelta{.text = "a"},
                                          ReplyFinished{.reason = FinishReason::Length}, UsageReported{someUsage()}},
                                         {}, true);
        const std::string open = "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":"
                                 "1800000000,\"model\":\"fast \\\"x\\\"\",\"choices\":[";
        QCOMPARE(
            bytes,
            open +
                quoted("{'index':0,'delta':{'role':'assistant','content':'','refusal':null},'logprobs':null,'finish_"
                       "reason':null}],'usage':null}\n\n") +
                open +
                quoted("{'index':0,'delta':{'content':'a'},'logprobs':null,'finish_reason':null}],'usage':null}\n\n") +
                open + quoted("{'index':0,'delta':{},'logprobs':null,'finish_reason':'length'}],'usage':null}\n\n") +
                open +
                quoted("],'usage':{'prompt_tokens':20,'completion_tokens':9,'total_tokens':29,'prompt_tokens_details':{"
                       "'cached_tokens':8,'audio_tokens':0,'cache_write_tokens':2},'completion_tokens_details':{'"
                       "reasoning_tokens':4,'audio_tokens':0,'accepted_prediction_tokens':0,'rejected_prediction_"
                       "tokens':0}}}\n\n") +
                "data: [DONE]\n\n");
    }

    void usageChunkComesOnlyWhenAskedForAndKnown() {
        const EventBatch events{TextDelta{.text = "a"}};
        QVERIFY(stream(events, {.usage = someUsage()}, false).find("usage") == std::string::npos);
        QVERIFY(stream(events, {}, true).find("prompt_tokens") == std::string::npos);
        QVERIFY(stream(events, {.usage = someUsage()}, true).find("\"choices\":[],\"usage\":{") != std::string::npos);
    }

    void summaryFinishesAReplyWithoutAFinishEvent() {
        const Replayed got = replay(stream({TextDelta{.text = "a"}}, {.finish = FinishReason::Length}));
        QCOMPARE(got.outcome->finish, FinishReason::Length);
        const Replayed empty = replay(stream({}, {}));
        QCOMPARE(empty.outcome->finish, FinishReason::Stop);
    }

    void failureInMidStreamIsAnErrorForTheReader() {
        const auto encoder = openAiChatServerCodec().chatEncoder({}, kIdentity);
        QCOMPARE(std::string(encoder->contentType()), std::string("text/event-stream; charset=utf-8"));
        std::string out;
        encoder->encode(TextDelta{.text = "half"}, out);
        encoder->fail(makeError(ErrorCode::Truncated, "it broke off", "Try again."), out);
        QVERIFY(out.find("[DONE]") == std::string::npos);
        QVERIFY(out.ends_with("data: {\"error\":{\"message\":\"it broke off. Try again.\",\"type\":\"server_error\","
                              "\"param\":null,\"code\":\"truncated_reply\"}}\n\n"));
        const Replayed got = replay(out);
        QVERIFY(!got.outcome);
        QCOMPARE(got.outcome.error().message, std::string("it broke off. Try again."));
        QCOMPARE(textOf(got.reply.choices[0].message), std::string("half"));
    }

    void documentHasNullOnlyWhereTheTypesAllowIt() {
        ChatReply reply = richReply();
        reply.choices.resize(1);
        reply.choices[0].message.parts = {ToolCallPart{.id = "a", .name = "f", .arguments = "{}"}};
        reply.usage = {};
        const ClientReply document = openAiChatServerCodec().encodeReply({}, kIdentity, reply);
        QCOMPARE(
            document.body,
            std::string(quoted("{'id':'chatcmpl-1','object':'chat.completion','created':1800000000,'model':'fast "
                               "\\'x\\'','choices':[{'index':0,'message':{'role':'assistant','content':null,'refusal':"
                               "null,'annotations':[],'tool_calls':[{'id':'a','type':'function','function':{'name':'f',"
                               "'arguments':'{}'}}]},'logprobs':null,'finish_reason':'tool_calls'}]}")));
    }

    void errorsHaveOpenAisTypesAndCodes_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("word");
        const auto row = [](ErrorCode code, int status, const char* type, const char* word) {
            QTest::newRow(std::string(errorCodeName(code)).c_str())
                << static_cast<int>(code) << status << QString(type) << QString(word);
        };
        row(ErrorCode::InvalidRequest, 400, "invalid_request_error", "");
        row(ErrorCode::Authentication, 401, "invalid_request_error", "invalid_api_key");
        row(ErrorCode::NotFound, 404, "invalid_request_error", "model_not_found");
        row(ErrorCode::RateLimited, 429, "rate_limit_error", "rate_limit_exceeded");
        row(ErrorCode::QuotaExhausted, 429, "insufficient_quota", "insufficient_quota");
        row(ErrorCode::ContextTooLong, 400, "invalid_request_error", "context_length_exceeded");
        row(ErrorCode::ContentFiltered, 400, "invalid_request_error", "content_filter");
        row(ErrorCode::Overloaded, 503, "service_unavailable_error", "server_is_overloaded");
        row(ErrorCode::UpstreamFailed, 502, "server_error", "upstream_failed");
        row(ErrorCode::Timeout, 504, "server_error", "timeout");
    }
    void errorsHaveOpenAisTypesAndCodes() {
        QFETCH(int, code);
        QFETCH(int, status);
        QFETCH(QString, type);
        QFETCH(QString, word);
        const ClientReply reply = errorReply(makeError(static_cast<ErrorCode>(code), "m"));
        QCOMPARE(reply.status, status);
        QCOMPARE(*findHeader(reply.headers, "x-request-id"), std::string("req-1"));
        const json::object error = *findObject(*parseJsonObject(reply.body), "error");
        QCOMPARE(std::string(stringOr(error, "type")), type.toStdString());
        QCOMPARE(std::string(stringOr(error, "code")), word.toStdString());
        QVERIFY(error.contains("param") && error.contains("code"));
    }

    void retryHintsGoIntoHeaders() {
        Error limited = makeError(ErrorCode::RateLimited, "slow down", "Wait.");
        limited.retryAfter = std::chrono::milliseconds(1760);
        limited.vendor = VendorError{.status = 429, .type = "tokens", .code = "rate_limit_exceeded"};
        const ClientReply reply = errorReply(limited);
        QCOMPARE(*findHeader(reply.headers, "retry-after"), std::string("2"));
        QCOMPARE(*findHeader(reply.headers, "retry-after-ms"), std::string("1760"));
        QVERIFY(!findHeader(reply.headers, "x-should-retry"));
        const auto decoder =
            openAiChatClientCodec().chatDecoder({reply.status, reply.headers}, {}, endpointOf("openai"));
        EventBatch events;
        QVERIFY(decoder->feed(reply.body, events));
        const Outcome outcome = decoder->finish(events);
        QCOMPARE(outcome.error().code, ErrorCode::RateLimited);
        QCOMPARE(outcome.error().vendor->type, std::string("tokens"));
        QCOMPARE(outcome.error().retryAfter->count(), 1760);
        const ClientReply quota = errorReply(makeError(ErrorCode::QuotaExhausted, "empty"));
        QCOMPARE(*findHeader(quota.headers, "x-should-retry"), std::string("false"));
    }

    void vendorsOwnWordsArePassedOn() {
        Error error = makeError(ErrorCode::InvalidRequest, "Unsupported parameter.");
        error.vendor = VendorError{.status = 400, .code = "unsupported_parameter", .param = "max_tokens"};
        QCOMPARE(
            errorReply(error).body,
            std::string(quoted(
                "{'error':{'message':'Unsupported "
                "parameter.','type':'invalid_request_error','param':'max_tokens','code':'unsupported_parameter'}}")));
        error.code = ErrorCode::ContextTooLong;
        error.vendor = VendorError{.status = 400, .type = "exceed_context_size_error", .code = "400"};
        QVERIFY(errorReply(error).body.find(quoted("'param':'messages','code':'context_length_exceeded'")) !=
                std::string::npos);
    }

    void hintIsNotRepeated() {
        const ClientReply reply =
            errorReply(makeError(ErrorCode::NotFound, "No model. Ask for another.", "Ask for another."));
        QVERIFY(reply.body.find("\"No model. Ask for another.\"") != std::string::npos);
    }

    void embeddingFormIsTheOneAskedFor() {
        const ServerCodec& server = openAiChatServerCodec();
        const auto ask = [&](std::string_view body) { return server.decodeEmbedding({.body = body}); };
        const auto base64 = ask(quoted("{'model':'e','input':'a','encoding_format':'base64'}"));
        QVERIFY(base64->base64);
        const EmbeddingReply reply{
            .model = "up", .embeddings = {{0.5F, -0.25F, 1.0F, 0.0F}, {0.1F}}, .usage = {.inputTotal = 3}};
        const ClientReply packed = server.encodeEmbedding(*base64, reply);
        QVERIFY(packed.body.find("\"AAAAPwAAgL4AAIA/AAAAAA==\"") != std::string::npos);
        const auto plain = ask(quoted("{'model':'e','input':['a','b'],'dimensions':4,'user':'u'}"));
        QVERIFY(!plain->base64);
        QCOMPARE(plain->input.size(), 2U);
        QCOMPARE(*plain->dimensions, 4);
        const ClientReply numbers = server.encodeEmbedding(*plain, reply);
        QCOMPARE(
            numbers.body,
            std::string(quoted(
                "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[0.5,-0.25,1,0]},{'object':'"
                "embedding','index':1,'embedding':[0.1]}],'model':'e','usage':{'prompt_tokens':3,'total_tokens':3}}")));
        for (const ClientReply& wire : {packed, numbers}) {
            const auto back = openAiChatClientCodec().decodeEmbedding(jsonHead(), wire.body);
            QVERIFY(back->embeddings == reply.embeddings);
        }
    }

    void embeddingRequestSurvivesTheWay() {
        EmbeddingRequest request{.model = "e", .tokenInput = {{1, 2}, {3}}, .dimensions = 8, .user = "u"};
        const auto wire = openAiChatClientCodec().encodeEmbedding(request, endpointOf("generic"));
        QCOMPARE(wire->url, std::string("https://api.example.com/v1/embeddings"));
        QVERIFY(*openAiChatServerCodec().decodeEmbedding({.body = wire->body}) == request);
        const auto one = openAiChatServerCodec().decodeEmbedding({.body = quoted("{'model':'e','input':[1,2]}")});
        QVERIFY((one->tokenInput == std::vector<std::vector<std::int64_t>>{{1, 2}}));
    }

    void badEmbeddingRequestsAreRefused_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("param");
        QTest::newRow("no input") << QString::fromStdString(quoted("{'model':'e'}")) << "input";
        QTest::newRow("no model") << QString::fromStdString(quoted("{'input':'a'}")) << "model";
        QTest::newRow("empty") << QString::fromStdString(quoted("{'model':'e','input':[]}")) << "input";
        QTest::newRow("empty text") << QString::fromStdString(quoted("{'model':'e','input':['a','']}")) << "input";
        QTest::newRow("mixed") << QString::fromStdString(quoted("{'model':'e','input':['a',[1]]}")) << "input[1]";
        QTest::newRow("format") << QString::fromStdString(quoted("{'model':'e','input':'a','encoding_format':'hex'}"))
                                << "encoding_format";
        QTest::newRow("dimensions") << QString::fromStdString(quoted("{'model':'e','input':'a','dimensions':0}"))
                                    << "dimensions";
    }
    void badEmbeddingRequestsAreRefused() {
        QFETCH(QString, body);
        QFETCH(QString, param);
        const std::string text = body.toStdString();
        const auto request = openAiChatServerCodec().decodeEmbedding({.body = text});
        QVERIFY(!request);
        QCOMPARE(request.error().vendor->param, param.toStdString());
    }

    void modelListReadsBackEqual() {
        const std::vector<ModelInfo> models{{.id = "a/b:c", .ownedBy = "patchbay", .created = 7}, {.id = "d"}};
        const ClientReply list = openAiChatServerCodec().encodeModels(models);
        QVERIFY(*openAiChatClientCodec().decodeListModels(jsonHead(), list.body) == models);
        QCOMPARE(openAiChatServerCodec().encodeModel(models[0]).body,
                 (quoted("{'id':'a/b:c','object':'model','created':7,'owned_by':'patchbay'}")));
    }
};

QTEST_APPLESS_MAIN(OpenAiServerTest)
#include "openai_server_test.moc"
