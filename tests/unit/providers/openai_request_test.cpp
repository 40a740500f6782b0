#include "unit/providers/openai_test_support.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

json::object encode(const ChatRequest& request, std::string_view vendor = "openai") {
    const auto wire = openAiChatClientCodec().encodeChat(request, endpointOf(vendor));
    return wire ? *parseJsonObject(wire->body) : json::object{{"failed", wire.error().message}};
}

Result<ChatRequest> decode(std::string_view body) {
    return openAiChatServerCodec().decodeChat({.path = "/v1/chat/completions", .body = body});
}

std::string at(const json::object& object, std::string_view pointer) {
    boost::system::error_code failure;
    const json::value root(object);
    const json::value* value = root.find_pointer({pointer.data(), pointer.size()}, failure);
    return value ? writeJson(*value) : "absent";
}

ChatRequest hello() {
    return {.model = "m", .messages = {textMessage(Role::User, "hi")}, .extraFormat = "openai"};
}

ChatRequest toolTurn(std::string id) {
    ChatRequest request = hello();
    request.messages.push_back(
        {.role = Role::Assistant, .parts = {ToolCallPart{.id = id, .name = "f", .arguments = "{\"a\":1}"}}});
    request.messages.push_back(
        {.role = Role::Tool, .parts = {ToolResultPart{.toolCallId = id, .content = {TextPart{.text = "42"}}}}});
    return request;
}

ChatRequest everything() {
    ChatRequest request = toolTurn("call_1");
    request.messages.insert(request.messages.begin(), textMessage(Role::System, "be brief"));
    request.messages.insert(request.messages.begin(), textMessage(Role::Developer, "be kind"));
    request.messages.push_back(
        {.role = Role::User,
         .parts = {TextPart{.text = "see", .cache = CacheBreakpoint{.ttl = "30m"}},
                   ImagePart{.source = {.mediaType = "image/png", .data = "iVBORw0="}, .detail = "low"},
                   ImagePart{.source = {.url = "https://example.com/a.jpg"}},
                   FilePart{.source = {.mediaType = "audio/mpeg", .data = "AAAA"}},
                   FilePart{.source = {.mediaType = "application/pdf", .data = "JVBERg=="}, .filename = "a.pdf"},
                   FilePart{.source = {.fileId = "file-1"}}},
         .name = "ann"});
    request.messages.push_back({.role = Role::Assistant, .parts = {TextPart{.text = "ok"}, RefusalPart{.text = "no"}}});
    request.tools = {
        {.name = "f",
         .description = "d",
         .parameters = {{"type", "object"}, {"properties", json::object{{"b", json::object{}}, {"a", json::object{}}}}},
         .strict = true},
        {.name = "sql", .parameters = {{"type", "text"}}, .custom = true}};
    request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Required, .allowedTools = {"f", "sql"}};
    request.parallelToolCalls = false;
    request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema,
                                    .name = "out",
                                    .description = "x",
                                    .schema = {{"type", "object"}},
                                    .strict = true};
    request.reasoning = ReasoningOptions{.effort = "low"};
    request.sampling = {.maxOutputTokens = 100,
                        .temperature = 0.5,
                        .topP = 0.9,
                        .presencePenalty = -1.0,
                        .frequencyPenalty = 1.5,
                        .seed = -7,
                        .stop = {"a", "b"},
                        .choices = 2,
                        .logprobs = true,
                        .topLogprobs = 3};
    request.stream = true;
    request.includeUsage = true;
    request.user = "u-1";
    request.store = false;
    request.metadata = {{"k", "v"}};
    request.serviceTier = "flex";
    request.extra = {{"logit_bias", json::object{{"50256", -100}}}, {"verbosity", "low"}};
    return request;
}

} // namespace

class OpenAiRequestTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsEncodedDecodesEqual() {
        for (const std::string_view vendor : {"openai", "generic", "azure"}) {
            const auto wire = openAiChatClientCodec().encodeChat(everything(), endpointOf(vendor));
            QVERIFY(wire);
            const auto back = decode(wire->body);
            QVERIFY2(back, back ? "" : back.error().message.c_str());
            ChatRequest expected = everything();
            if (vendor != "openai") // there developer messages go as system
                expected.messages[0].role = Role::System;
            QVERIFY(back->messages == expected.messages);
            QVERIFY(back->tools == expected.tools);
            QVERIFY(back->toolChoice == expected.toolChoice);
            QVERIFY(back->format == expected.format);
            QVERIFY(back->sampling == expected.sampling);
            QCOMPARE(writeJson(back->extra), writeJson(expected.extra));
            QVERIFY(*back == expected);
        }
    }

    void urlAndHeadersFollowTheEndpoint() {
        ChatRequest request = hello();
        request.stream = true;
        Endpoint endpoint = endpointOf("azure");
        endpoint.baseUrl = "https://r.openai.azure.com/openai/deployments/d?api-version=1";
        endpoint.headers = {{"X-Title", "t"}, {"Accept", "text/event-stream"}};
        const auto wire = openAiChatClientCodec().encodeChat(request, endpoint);
        QCOMPARE(wire->url,
                 std::string("https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=1"));
        QCOMPARE(*findHeader(wire->headers, "api-key"), std::string("k"));
        QVERIFY(!findHeader(wire->headers, "authorization"));
        QCOMPARE(*findHeader(wire->headers, "accept"), std::string("text/event-stream"));
        QCOMPARE(*findHeader(wire->headers, "x-title"), std::string("t"));
        Endpoint keyless = endpointOf("generic");
        keyless.key.clear();
        QVERIFY(!findHeader(openAiChatClientCodec().encodeChat(request, keyless)->headers, "authorization"));
        QCOMPARE(
            *findHeader(openAiChatClientCodec().encodeChat(request, endpointOf("openai"))->headers, "authorization"),
            std::string("Bearer k"));
    }

    void usageIsAskedForWhetherOrNotTheClientDid() {
        ChatRequest request = hello();
        QCOMPARE(at(encode(request), "/stream_options"), std::string("absent"));
        request.stream = true;
        QCOMPARE(at(encode(request), "/stream_options"), std::string("{\"include_usage\":true}"));
        QCOMPARE(at(encode(request, "mistral"), "/stream_options"), std::string("absent"));
    }

    void maxTokensGoesUnderTheVendorsName() {
        ChatRequest request = hello();
        request.sampling.maxOutputTokens = 9;
        QCOMPARE(at(encode(request, "openai"), "/max_completion_tokens"), std::string("9"));
        QCOMPARE(at(encode(request, "openai"), "/max_tokens"), std::string("absent"));
        QCOMPARE(at(encode(request, "deepseek"), "/max_tokens"), std::string("9"));
    }

    void toolIdsAreMappedAlikeForCallAndResult() {
        const json::object mistral = encode(toolTurn("toolu_01XYZ-long"), "mistral");
        const std::string id = at(mistral, "/messages/1/tool_calls/0/id");
        QCOMPARE(id.size(), 11U); // 9 and the quotes
        for (const char c : id.substr(1, 9))
            QVERIFY(std::isalnum(static_cast<unsigned char>(c)));
        QCOMPARE(at(mistral, "/messages/2/tool_call_id"), id);
        QCOMPARE(at(encode(toolTurn("toolu_01XYZ-long"), "mistral"), "/messages/1/tool_calls/0/id"), id);
        QVERIFY(at(encode(toolTurn("toolu_01XYZ-lonh"), "mistral"), "/messages/1/tool_calls/0/id") != id);
        QCOMPARE(at(encode(toolTurn("gSIMJiOkT"), "mistral"), "/messages/1/tool_calls/0/id"),
                 std::string("\"gSIMJiOkT\""));
        QCOMPARE(at(encode(toolTurn("toolu_01XYZ-long"), "groq"), "/messages/1/tool_calls/0/id"),
                 std::string("\"toolu_01XYZ-long\""));
    }

    void missingToolIdsAreMadeUpInOrder() {
        ChatRequest request = hello();
        request.messages.push_back(
            {.role = Role::Assistant,
             .parts = {ToolCallPart{.name = "f", .arguments = ""}, ToolCallPart{.name = "g", .arguments = "{}"}}});
        request.messages.push_back({.role = Role::Tool,
                                    .parts = {ToolResultPart{.name = "g", .content = {TextPart{.text = "1"}}},
                                              ToolResultPart{.name = "f", .content = {TextPart{.text = "2"}}}}});
        const json::object body = encode(request);
        QCOMPARE(at(body, "/messages/1/tool_calls/0/function/arguments"), std::string("\"{}\""));
        QCOMPARE(at(body, "/messages/2/tool_call_id"), at(body, "/messages/1/tool_calls/1/id"));
        QCOMPARE(at(body, "/messages/3/tool_call_id"), at(body, "/messages/1/tool_calls/0/id"));
    }

    void reasoningGoesBackOnlyWhereItIsTaken() {
        ChatRequest request = hello();
        request.messages.push_back(
            {.role = Role::Assistant, .parts = {ReasoningPart{.text = "hm"}, TextPart{.text = "a"}}});
        QCOMPARE(at(encode(request, "openai"), "/messages/1"), (quoted("{'role':'assistant','content':'a'}")));
        QCOMPARE(at(encode(request, "llamacpp"), "/messages/1/reasoning_content"), std::string("\"hm\""));
        QCOMPARE(at(encode(request, "openrouter"), "/messages/1/reasoning"), std::string("\"hm\""));
    }

    void developerBecomesSystemWhereUnknown() {
        ChatRequest request = hello();
        request.messages.insert(request.messages.begin(), textMessage(Role::Developer, "d"));
        QCOMPARE(at(encode(request, "openai"), "/messages/0/role"), std::string("\"developer\""));
        QCOMPARE(at(encode(request, "groq"), "/messages/0/role"), std::string("\"system\""));
    }

    void schemaGoesIntoThePromptWhereUnknown() {
        ChatRequest request = hello();
        request.format = ResponseFormat{.kind = ResponseFormat::Kind::JsonSchema, .schema = {{"type", "object"}}};
        const json::object own = encode(request, "openai");
        QCOMPARE(at(own, "/response_format/json_schema/name"), std::string("\"response\""));
        const json::object body = encode(request, "deepseek");
        QCOMPARE(at(body, "/response_format"), std::string("{\"type\":\"json_object\"}"));
        QVERIFY(at(body, "/messages/0/content").find("JSON Schema") != std::string::npos);
        QCOMPARE(at(body, "/messages/0/role"), std::string("\"system\""));
        request.messages.insert(request.messages.begin(), textMessage(Role::System, "s"));
        const json::object merged = encode(request, "deepseek");
        QVERIFY(at(merged, "/messages/0/content").starts_with("\"s\\n\\nAnswer"));
        QCOMPARE(at(merged, "/messages/1/role"), std::string("\"user\""));
    }

    void toolChoiceIsHonouredWhereItCannotBeSaid() {
        ChatRequest request = hello();
        request.tools = {{.name = "f"}, {.name = "g"}};
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::Named, .name = "g"};
        const json::object body = encode(request, "ollama");
        QCOMPARE(at(body, "/tools"), (quoted("[{'type':'function','function':{'name':'g'}}]")));
        QCOMPARE(at(body, "/tool_choice"), std::string("absent"));
        request.toolChoice = ToolChoice{.mode = ToolChoice::Mode::None};
        QCOMPARE(at(encode(request, "ollama"), "/tools"), std::string("absent"));
        request.toolChoice = ToolChoice{.allowedTools = {"f"}};
        QCOMPARE(at(encode(request, "groq"), "/tools/1"), std::string("absent"));
        QCOMPARE(at(encode(request, "groq"), "/tool_choice"), std::string("\"auto\""));
    }

    void imagesInToolResultsFollowInAUserMessage() {
        ChatRequest request = toolTurn("a");
        std::get<ToolResultPart>(request.messages[2].parts[0])
            .content.emplace_back(ImagePart{.source = {.mediaType = "image/png", .data = "AAAA"}});
        request.messages.push_back(textMessage(Role::User, "and?"));
        const json::object body = encode(request);
        QCOMPARE(at(body, "/messages/2/content"), std::string("\"42\""));
        QCOMPARE(at(body, "/messages/3/role"), std::string("\"user\""));
        QCOMPARE(at(body, "/messages/3/content/1/image_url/url"), std::string("\"data:image/png;base64,AAAA\""));
        QCOMPARE(at(body, "/messages/4/content"), std::string("\"and?\""));
    }

    void whatTheFormatCannotCarryIsReported() {
        ChatRequest request = hello();
        request.messages[0].parts.emplace_back(FilePart{.source = {.url = "https://example.com/a.pdf"}});
        const auto wire = openAiChatClientCodec().encodeChat(request, endpointOf("openai"));
        QCOMPARE(wire.error().code, ErrorCode::Unsupported);
        request.messages[0].parts.back() = ImagePart{.source = {.fileId = "f"}};
        QVERIFY(!openAiChatClientCodec().encodeChat(request, endpointOf("openai")));
    }

    void textDocumentsGoAsText() {
        ChatRequest request = hello();
        request.messages[0].parts = {
            FilePart{.source = {.mediaType = "text/plain", .data = "aGk="}, .filename = "a.txt"}};
        QCOMPARE(at(encode(request), "/messages/0/content"), std::string("\"a.txt:\\nhi\""));
    }

    void membersOfOtherFormatsAreNotSentOn() {
        ChatRequest request = hello();
        request.extra = {{"safetySettings", 1}};
        request.extraFormat = "gemini";
        QCOMPARE(at(encode(request), "/safetySettings"), std::string("absent"));
        request.extraFormat = "openai";
        request.extra = {{"logit_bias", json::object{}}, {"model", "evil"}};
        QCOMPARE(at(encode(request), "/logit_bias"), std::string("{}"));
        QCOMPARE(at(encode(request), "/model"), std::string("\"m\""));
    }

    void thinkingBudgetsBecomeEffortForReasoningModelsOnly() {
        ChatRequest request = hello();
        request.reasoning = ReasoningOptions{.budgetTokens = 16000, .enabled = true};
        QCOMPARE(at(encode(request), "/reasoning_effort"), std::string("absent"));
        request.model = "gpt-5.6";
        QCOMPARE(at(encode(request), "/reasoning_effort"), std::string("\"high\""));
        QCOMPARE(at(encode(request, "mistral"), "/reasoning_effort"), std::string("absent"));
        request.extraFormat = "anthropic";
        QCOMPARE(at(encode(request, "openrouter"), "/reasoning"), std::string("{\"max_tokens\":16000}"));
    }

    void refusesBadBodies_data() {
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("param");
        const auto row = [](const char* name, const std::string& body, const char* param) {
            QTest::newRow(name) << QString::fromStdString(body) << QString(param);
        };
        const auto with = [](const std::string& members) {
            return quoted("{'model':'m','messages':[{'role':'user','content':'a'}],") + members + "}";
        };
        const auto said = [](const std::string& message) {
            return quoted("{'model':'m','messages':[") + message + "]}";
        };
        row("no json", "{", "");
        row("no object", "[]", "");
        row("no model", quoted("{'messages':[{'role':'user','content':'a'}]}"), "model");
        row("null model", quoted("{'model':null,'messages':[{'role':'user','content':'a'}]}"), "model");
        row("empty model", quoted("{'model':'','messages':[{'role':'user','content':'a'}]}"), "model");
        row("model type", quoted("{'model':1,'messages':[{'role':'user','content':'a'}]}"), "model");
        row("no messages", quoted("{'model':'m'}"), "messages");
        row("messages type", quoted("{'model':'m','messages':'a'}"), "messages");
        row("no message", quoted("{'model':'m','messages':[]}"), "messages");
        row("message type", said("1"), "messages[0]");
        row("no role", said(quoted("{'content':'a'}")), "messages[0].role");
        row("role", said(quoted("{'role':'bot','content':'a'}")), "messages[0].role");
        row("no content", said(quoted("{'role':'user'}")), "messages[0].content");
        row("content type", said(quoted("{'role':'user','content':5}")), "messages[0].content");
        row("empty content", said(quoted("{'role':'user','content':[]}")), "messages[0].content");
        row("part type", said(quoted("{'role':'user','content':[{'type':'video'}]}")), "messages[0].content[0].type");
        row("part text", said(quoted("{'role':'user','content':[{'type':'text'}]}")), "messages[0].content[0].text");
        row("system image",
            said(quoted("{'role':'system','content':[{'type':'image_url','image_url':{'url':'https://a/b'}}]}")),
            "messages[0].content[0].type");
        row("image url",
            said(quoted("{'role':'user','content':[{'type':'image_url','image_url':{'url':'file:///etc/passwd'}}]}")),
            "messages[0].content[0].image_url.url");
        row("image data",
            said(quoted(
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,***'}}]}")),
            "messages[0].content[0].image_url.url");
        row("image detail",
            said(quoted(
                "{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a/b','detail':'x'}}]}")),
            "messages[0].content[0].image_url.detail");
        row("audio format",
            said(quoted(
                "{'role':'user','content':[{'type':'input_audio','input_audio':{'data':'AA','format':'ogg'}}]}")),
            "messages[0].content[0].input_audio.format");
        row("no file", said(quoted("{'role':'user','content':[{'type':'file','file':{}}]}")),
            "messages[0].content[0].file.file_data");
        row("assistant", said(quoted("{'role':'assistant','content':null}")), "messages[0].content");
        row("call id",
            said(quoted(
                "{'role':'assistant','tool_calls':[{'type':'function','function':{'name':'f','arguments':'{}'}}]}")),
            "messages[0].tool_calls[0].id");
        row("call arguments",
            said(quoted("{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'f','"
                        "arguments':{}}}]}")),
            "messages[0].tool_calls[0].function.arguments");
        row("tool id", said(quoted("{'role':'tool','content':'a'}")), "messages[0].tool_call_id");
        row("temperature", with(quoted("'temperature':'hot'")), "temperature");
        row("temperature range", with(quoted("'temperature':2.5")), "temperature");
        row("n", with(quoted("'n':0")), "n");
        row("max_tokens", with(quoted("'max_tokens':0")), "max_tokens");
        row("max_tokens decimal", with(quoted("'max_completion_tokens':1.5")), "max_completion_tokens");
        row("stop", with(quoted("'stop':[1]")), "stop[0]");
        row("stream", with(quoted("'stream':'yes'")), "stream");
        row("stream_options", with(quoted("'stream_options':{'include_usage':true}")), "stream_options");
        row("tools", with(quoted("'tools':{}")), "tools");
        row("tool type", with(quoted("'tools':[{'type':'web_search'}]")), "tools[0].type");
        row("tool function", with(quoted("'tools':[{'type':'function'}]")), "tools[0].function");
        row("tool name", with(quoted("'tools':[{'type':'function','function':{'name':'a b'}}]")),
            "tools[0].function.name");
        row("tool schema", with(quoted("'tools':[{'type':'function','function':{'name':'a','parameters':[]}}]")),
            "tools[0].function.parameters");
        row("tool twice",
            with(quoted(
                "'tools':[{'type':'function','function':{'name':'a'}},{'type':'function','function':{'name':'a'}}]")),
            "tools[1].function.name");
        row("choice without tools", with(quoted("'tool_choice':'required'")), "tool_choice");
        row("choice word", with(quoted("'tool_choice':'any'")), "tool_choice");
        row("choice unknown",
            with(quoted("'tools':[{'type':'function','function':{'name':'a'}}],'tool_choice':{'type':'function','"
                        "function':{'name':'b'}}")),
            "tool_choice");
        row("format type", with(quoted("'response_format':{'type':'xml'}")), "response_format.type");
        row("format name", with(quoted("'response_format':{'type':'json_schema','json_schema':{'schema':{}}}")),
            "response_format.json_schema.name");
        row("effort", with(quoted("'reasoning_effort':'huge'")), "reasoning_effort");
        row("metadata", with(quoted("'metadata':{'a':1}")), "metadata.a");
        row("functions", with(quoted("'functions':[]")), "functions");
        row("logprobs", with(quoted("'top_logprobs':2")), "top_logprobs");
    }
    void refusesBadBodies() {
        QFETCH(QString, body);
        QFETCH(QString, param);
        const auto request = decode(body.toStdString());
        QVERIFY(!request);
        QCOMPARE(request.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(request.error().httpStatus(), 400);
        QCOMPARE(request.error().vendor->param, param.toStdString());
        QVERIFY(!request.error().message.empty());
    }

    void toleratesWhatClientsReallySend() {
        const auto request = decode(quoted(
            "{'model':'m','stream':true,'stream_options':{'include_usage':true},'n':null,\n            "
            "'max_tokens':7,'top_k':40,'stop':'x','tool_choice':'auto','user':'u','frobnicate':{'a':[1]},\n            "
            "'messages':[{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':'data:"
            "image/jpeg;base64,QUJD'}]},\n              "
            "{'role':'assistant','content':'','reasoning_content':'r','refusal':null,'annotations':[],\n               "
            "'tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'not json'}}]},\n            "
            "  "
            "{'role':'tool','tool_call_id':'c','content':[{'type':'text','text':'x'},{'type':'text','text':'y'}]}]}"));
        QVERIFY2(request, request ? "" : request.error().message.c_str());
        QVERIFY(request->stream && request->includeUsage);
        QCOMPARE(*request->sampling.maxOutputTokens, 7);
        QCOMPARE(*request->sampling.topK, 40);
        QCOMPARE(request->sampling.stop.front(), std::string("x"));
        QCOMPARE(writeJson(request->extra), (quoted("{'frobnicate':{'a':[1]}}")));
        QCOMPARE(request->extraFormat, std::string("openai"));
        const auto& image = std::get<ImagePart>(request->messages[0].parts[1]);
        QCOMPARE(image.source.mediaType, std::string("image/jpeg"));
        QCOMPARE(image.source.data, std::string("QUJD"));
        const auto& assistant = request->messages[1].parts;
        QCOMPARE(assistant.size(), 2U);
        QCOMPARE(std::get<ReasoningPart>(assistant[0]).text, std::string("r"));
        QCOMPARE(std::get<ToolCallPart>(assistant[1]).arguments, std::string("not json"));
        QCOMPARE(std::get<ToolResultPart>(request->messages[2].parts[0]).content.size(), 2U);
    }

    void percentEncodedDataUrlBecomesBase64() {
        const auto request = decode(quoted("{'model':'m','messages':[{'role':'user','content':[{'type':'image_url','"
                                           "image_url':{'url':'data:image/svg+xml;charset=utf-8,%3Csvg%2F%3E'}}]}]}"));
        const auto& image = std::get<ImagePart>(request->messages[0].parts[0]);
        QCOMPARE(image.source.mediaType, std::string("image/svg+xml"));
        QCOMPARE(image.source.data, std::string("PHN2Zy8+"));
    }
};

QTEST_APPLESS_MAIN(OpenAiRequestTest)
#include "openai_request_test.moc"
