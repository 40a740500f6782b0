// A provider call over real sockets: what reaches the sink, when, and what each way of failing means.
#include <QtTest>

#include <QFile>

#include "chat/reply_builder.h"
#include "net/provider_client.h"
#include "support/run_coroutine.h"
#include "support/scripted_server.h"

using namespace patchbay;
using namespace std::chrono_literals;

namespace {

class CollectingSink final : public EventSink {
public:
    awaitable<Result<void>> emit(EventBatch batch) override {
        if (gone)
            co_return makeError(ErrorCode::Cancelled, "The client is gone.", "None.");
        batches.push_back(std::move(batch));
        co_return Result<void>();
    }
    ChatReply reply() const {
        ReplyBuilder builder;
        for (const EventBatch& batch : batches)
            builder.add(batch);
        return builder.take();
    }
    std::string text() const { return textOf(reply().choices.front().message); }
    std::vector<EventBatch> batches;
    bool gone = false;
};

std::string delta(std::string_view text) {
    return fmt::format(
        "data: {{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m-1\",\"choices\":[{{"
        "\"index\":0,\"delta\":{{\"content\":\"{}\"}},\"finish_reason\":null}}]}}\n\n",
        text);
}

const std::string kStop = "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m-1\","
                          "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
const std::string kUsage =
    "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m-1\","
    "\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"total_tokens\":11}}\n\n";
const std::string kDone = "data: [DONE]\n\n";

} // namespace

class ProviderClientTest : public QObject {
    Q_OBJECT
    asio::io_context io;
    ManualClock clock;
    std::unique_ptr<HttpClient> http;
    std::shared_ptr<CollectingSink> sink;
    std::shared_ptr<CallRecord> record;

    std::shared_ptr<Endpoint> endpoint(const ScriptedServer& server, WireFormat format = WireFormat::OpenAiChat) {
        auto result = std::make_shared<Endpoint>();
        result->provider = "test";
        result->format = format;
        result->baseUrl = normalizeBaseUrl(format, server.url(""));
        result->key = "sk-test";
        return result;
    }
    ChatCall call(bool stream = true) {
        ChatCall result;
        auto request = std::make_shared<ChatRequest>();
        request->model = "m";
        request->messages.push_back(textMessage(Role::User, "How are you today, my friend?"));
        request->stream = stream;
        result.request = std::move(request);
        result.out = sink;
        result.record = record;
        return result;
    }
    Outcome chat(const ScriptedServer& server, bool stream = true) {
        ProviderClient provider(*http, clock);
        return runCoroutine(io, provider.chat(call(stream), endpoint(server), {}));
    }
    void settle() {
        runUntil(io, [] { return false; }, 20ms);
    }
    static std::string wholeStream(std::string_view events) {
        return script::streamHead() + script::chunk(events) + script::chunk("");
    }

private slots:
    void init() {
        http = std::make_unique<HttpClient>(io.get_executor(), clock, HttpClient::Options{});
        sink = std::make_shared<CollectingSink>();
        record = std::make_shared<CallRecord>();
    }
    void cleanup() {
        http.reset();
        io.restart();
        io.poll();
    }

    void streamsOneBatchPerRead() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk(delta("Hel"))), script::hold(),
                  script::send(script::chunk(delta("lo") + kStop + kUsage + kDone) + script::chunk("")),
                  script::repeat()}});
        ProviderClient provider(*http, clock);
        Task<Outcome> task(io, provider.chat(call(), endpoint(server), {}));
        QVERIFY(runUntil(io, [&] { return sink->batches.size() == 1; }));
        QCOMPARE(sink->text(), std::string("Hel"));
        QVERIFY(record->firstToken == clock.now());
        const SteadyTime first = clock.now();
        clock.advance(1s);
        server.proceed();
        Outcome& outcome = task.get();
        QVERIFY(outcome);
        QCOMPARE(sink->text(), std::string("Hello"));
        QVERIFY(sink->batches.size() <= 3);
        QVERIFY(record->firstToken == first);
        QCOMPARE(outcome->model, std::string("m-1"));
        QVERIFY(outcome->finish == FinishReason::Stop);
        QCOMPARE(outcome->usage.inputTotal.value_or(0), 9);
        QCOMPARE(outcome->usage.outputTotal.value_or(0), 2);
        QVERIFY(!outcome->usage.estimated);
        QVERIFY(server.seen().requests.front().starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
        QVERIFY(server.seen().requests.front().find("Bearer sk-test") != std::string::npos);
    }

    void connectionIsReusedAlthoughTheLastChunkComesLate() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk(delta("x") + kStop + kDone)),
                  script::hold(), script::send(script::chunk("")), script::repeat()}});
        for (int i = 0; i < 3; ++i) {
            QVERIFY(chat(server)); // does not wait for the last chunk
            QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
            server.proceed();
            settle();
        }
        QCOMPARE(server.seen().connections, 1);
    }

    void connectionIsClosedIfTheLastChunkNeverComes() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk(delta("x") + kStop + kDone)),
                  script::watchClose()}});
        QVERIFY(chat(server));
        clock.advance(249ms);
        settle();
        QVERIFY(server.seen().closes.empty());
        clock.advance(1ms);
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
    }

    void missingUsageIsEstimatedAndMarked() {
        ScriptedServer server(io,
                              {{script::request(), script::send(wholeStream(delta("Twelve bytes") + kStop + kDone))}});
        Outcome outcome = chat(server);
        QVERIFY(outcome);
        QVERIFY(outcome->usage.estimated);
        QCOMPARE(outcome->usage.outputTotal.value_or(0), 3);
        QVERIFY(outcome->usage.inputTotal.value_or(0) > 5);
        QVERIFY(sink->reply().usage == outcome->usage);
    }

    void finishedStreamWithoutDoneIsASuccess() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk(delta("x") + kStop)),
                  script::close()}});
        QVERIFY(chat(server));
    }

    void brokenStreamIsNeverASuccess() {
        ScriptedServer server(
            io,
            {{script::request(), script::send(script::streamHead() + script::chunk(delta("partial"))), script::close()},
             {script::request(), script::send(wholeStream(delta("partial")))}});
        for (int i = 0; i < 2; ++i) {
            Outcome outcome = chat(server);
            QVERIFY(!outcome);
            QCOMPARE(outcome.error().code, ErrorCode::Truncated);
        }
        QCOMPARE(sink->text(), std::string("partialpartial"));
    }

    void vendorsRefusalIsPassedOn() {
        ScriptedServer server(
            io, {{script::request(),
                  script::send(script::reply("{\"error\":{\"message\":\"Slow "
                                             "down\",\"type\":\"rate_limit_error\",\"code\":\"rate_limit_exceeded\"}}",
                                             "Content-Type: application/json\r\nRetry-After: 7\r\n",
                                             "429 Too Many Requests"))}});
        Outcome outcome = chat(server);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::RateLimited);
        QVERIFY(outcome.error().message.find("Slow down") != std::string::npos);
        QVERIFY(outcome.error().retryAfter == 7000ms);
        QCOMPARE(outcome.error().vendor->status, 429);
        QVERIFY(!record->firstToken);
    }

    // Some vendors repeat the request in their error, and errors go to clients.
    void secretsThatTheVendorRepeatsAreTakenOut() {
        const std::string refusal = "{\"error\":{\"message\":\"wrong key sk-test, team s3cret-team, x-team "
                                    "blue-team\",\"param\":\"Bearer sk-test\"}}";
        ScriptedServer server(io, {{script::request(), script::send(script::reply(refusal, "", "401 Unauthorized"))}});
        auto to = endpoint(server);
        to->headers = {{"X-Auth", "Token s3cret-team"}, {"X-Team", "blue-team"}};
        ProviderClient provider(*http, clock);
        const Outcome outcome = runCoroutine(io, provider.chat(call(), to, {}));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().message, std::string("wrong key …, team …, x-team blue-team"));
        QCOMPARE(outcome.error().vendor->param, std::string("Bearer …"));
    }

    void endlessErrorPageIsCutOff() {
        ScriptedServer server(io, {{script::request(), script::send("HTTP/1.1 500 Oops\r\n\r\n"),
                                    script::flood(std::string(65536, 'x'))}});
        Outcome outcome = chat(server);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::UpstreamFailed);
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
    }

    void errorInsideTheStreamIsTheOutcome() {
        ScriptedServer server(
            io, {{script::request(),
                  script::send(
                      wholeStream("data: {\"error\":{\"message\":\"overloaded\",\"type\":\"server_error\"}}\n\n"))}});
        Outcome outcome = chat(server);
        QVERIFY(!outcome);
        QVERIFY(outcome.error().message.find("overloaded") != std::string::npos);
    }

    // Alone, a model that thinks without a byte is not given up by the first-token clock, nor by a shorter idle one.
    void aLastChanceMayThinkInSilence() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk(": ok\n\n")), script::hold(),
                  script::send(script::chunk(delta("late"))), script::hold(), script::watchClose()}});
        const CallTimeouts timeouts{.headers = 1s, .firstToken = 120s, .idle = 20s, .lastChance = true};
        ProviderClient provider(*http, clock);
        Task<Outcome> task(io, provider.chat(call(), endpoint(server), timeouts));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        settle();
        clock.advance(119s);
        settle();
        QVERIFY(!task.done());
        server.proceed();
        QVERIFY(runUntil(io, [&] { return record->firstToken.has_value() && server.seen().holding == 1; }));
        clock.advance(20s); // from here on silence is a stall
        QVERIFY(!task.get());
        QVERIFY(task.get().error().message.find("idle") != std::string::npos);
    }

    void firstTokenClockIsStoppedByOutputOnly() {
        ScriptedServer server(
            io, {{script::request(), script::send(script::streamHead() + script::chunk(": keep-alive\n\n")),
                  script::hold(), script::send(script::chunk(delta("late"))), script::hold(),
                  script::send(script::chunk(kStop + kDone) + script::chunk("")), script::repeat()}});
        CallTimeouts timeouts;
        timeouts.firstToken = 10s;
        timeouts.idle.reset();
        ProviderClient provider(*http, clock);
        {
            Task<Outcome> task(io, provider.chat(call(), endpoint(server), timeouts));
            QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
            settle();
            clock.advance(9s);
            settle();
            QVERIFY(!task.done());
            server.proceed();
            QVERIFY(runUntil(io, [&] { return record->firstToken.has_value() && server.seen().holding == 1; }));
            clock.advance(100s); // only the first token has this clock
            settle();
            QVERIFY(!task.done());
            server.proceed();
            QVERIFY(task.get());
        }
        Task<Outcome> task(io, provider.chat(call(), endpoint(server), timeouts));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        settle();
        clock.advance(10s);
        Outcome& outcome = task.get();
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Timeout);
        QVERIFY(outcome.error().message.find("first-token") != std::string::npos);
    }

    void callsThatDoNotStreamHaveConnectAndTotalOnly() {
        ScriptedServer server(
            io, {{script::request(), script::hold(),
                  script::send(script::reply(
                      "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m-1\",\"choices\":[{"
                      "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]"
                      ",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}",
                      "Content-Type: application/json\r\n")),
                  script::repeat()}});
        CallTimeouts timeouts{.headers = 1s, .firstToken = 1s, .idle = 1s, .total = 100s};
        ProviderClient provider(*http, clock);
        Task<Outcome> task(io, provider.chat(call(false), endpoint(server), timeouts));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        clock.advance(99s);
        settle();
        QVERIFY(!task.done());
        server.proceed();
        QVERIFY(task.get());
        QCOMPARE(sink->text(), std::string("Hi"));
        Task<Outcome> second(io, provider.chat(call(false), endpoint(server), timeouts));
        QVERIFY(runUntil(io, [&] { return server.seen().holding == 1; }));
        clock.advance(100s);
        Outcome& outcome = second.get();
        QVERIFY(!outcome);
        QVERIFY(outcome.error().message.find("total timeout") != std::string::npos);
    }

    void cancelClosesUpstream() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk(delta("x"))),
                                    script::watchClose()}});
        ProviderClient provider(*http, clock);
        Task<Outcome> task(io, provider.chat(call(), endpoint(server), {}));
        QVERIFY(runUntil(io, [&] { return sink->batches.size() == 1; }));
        const auto now = std::chrono::steady_clock::now();
        task.cancel();
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1 && task.done(); }));
        QVERIFY(server.seen().closes.front() - now < 100ms);
        QVERIFY(task.cancelled());
    }

    void aReceiverThatIsGoneClosesUpstream() {
        ScriptedServer server(io, {{script::request(), script::send(script::streamHead() + script::chunk(delta("x"))),
                                    script::watchClose()}});
        sink->gone = true;
        Outcome outcome = chat(server);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        QVERIFY(runUntil(io, [&] { return server.seen().closes.size() == 1; }));
    }

    void recordedStreamSurvivesByteWiseDelivery() {
        QFile file(QStringLiteral(PATCHBAY_FIXTURES "/wire/openai_stream_usage.sse"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string events = file.readAll().toStdString();
        ScriptedServer server(io, {{script::request(), script::send(wholeStream(events))},
                                   {script::request(), script::sendSlowly(wholeStream(events))}});
        Outcome whole = chat(server);
        QVERIFY(whole);
        const std::string text = sink->text();
        http = std::make_unique<HttpClient>(io.get_executor(), clock, HttpClient::Options{}); // a fresh connection
        sink->batches.clear();
        Outcome slow = chat(server);
        QVERIFY(slow);
        QVERIFY(*slow == *whole);
        QVERIFY(!text.empty());
        QCOMPARE(sink->text(), text);
    }

    void listsModels() {
        ScriptedServer server(
            io,
            {{script::request(), script::send(script::reply("{\"object\":\"list\",\"data\":[{\"id\":\"m-1\",\"object\":"
                                                            "\"model\",\"created\":5,\"owned_by\":\"me\"}]}",
                                                            "Content-Type: application/json\r\n"))}});
        ProviderClient provider(*http, clock);
        auto models = runCoroutine(io, provider.listModels(endpoint(server), 5s));
        QVERIFY(models);
        QCOMPARE(models->size(), 1U);
        QCOMPARE(models->front().id, std::string("m-1"));
        QVERIFY(server.seen().requests.front().starts_with("GET /v1/models HTTP/1.1\r\n"));
    }

    void aFeatureOfAnotherFormatIsRefusedBeforeAnybodyIsAsked() {
        ScriptedServer server(io, {{script::request(), script::close()}});
        ProviderClient provider(*http, clock);
        ChatCall asked = call();
        auto request = std::make_shared<ChatRequest>(*asked.request);
        request->extraFormat = "openai-responses";
        request->extra = json::object{{"prompt", json::object{{"id", "pmpt_1"}}}};
        asked.request = request;
        const Outcome outcome = runCoroutine(io, provider.chat(asked, endpoint(server), {}));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().code, ErrorCode::Unsupported);
        QCOMPARE(server.seen().connections, 0);
    }

    void pathsAreSentAsTheyStand() {
        ScriptedServer server(io,
                              {{script::request(), script::send(script::reply("{\"object\":\"list\",\"data\":[]}",
                                                                              "Content-Type: application/json\r\n"))}});
        ProviderClient provider(*http, clock);
        auto odd = endpoint(server);
        odd->baseUrl = server.url("/a/../b");
        QVERIFY(runCoroutine(io, provider.listModels(odd, 5s)).has_value());
        QVERIFY(server.seen().requests.front().starts_with("GET /a/../b/models HTTP/1.1\r\n"));
    }

    void embeds() {
        ScriptedServer server(
            io, {{script::request(),
                  script::send(script::reply(
                      "{\"object\":\"list\",\"model\":\"e\",\"data\":[{\"object\":\"embedding\",\"index\":0,"
                      "\"embedding\":[0.5,-1]}],\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}",
                      "Content-Type: application/json\r\n"))}});
        ProviderClient provider(*http, clock);
        auto reply = runCoroutine(io, provider.embed({.model = "e", .input = {"hello"}}, endpoint(server)));
        QVERIFY(reply);
        QVERIFY((reply->embeddings == std::vector<std::vector<float>>{{0.5F, -1.0F}}));
    }

    void countsTokensWhereTheVendorCan() {
        ScriptedServer server(
            io, {{script::request(),
                  script::send(script::reply("{\"input_tokens\":42}", "Content-Type: application/json\r\n"))}});
        ProviderClient provider(*http, clock);
        QCOMPARE(
            runCoroutine(io, provider.countTokens(*call().request, endpoint(server, WireFormat::Anthropic))).value(),
            42);
        auto unsupported = runCoroutine(io, provider.countTokens(*call().request, endpoint(server)));
        QVERIFY(!unsupported);
        QCOMPARE(unsupported.error().code, ErrorCode::Unsupported);
    }

    void offlineSwitchReachesEveryCall() {
        ProviderClient provider(*http, clock);
        provider.setLoopbackOnly(true);
        auto cloud = std::make_shared<Endpoint>();
        cloud->baseUrl = "http://192.0.2.1/v1";
        Outcome outcome = runCoroutine(io, provider.chat(call(), cloud, {}));
        QVERIFY(!outcome);
        QVERIFY(outcome.error().message.find("offline") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ProviderClientTest)
#include "provider_client_test.moc"
