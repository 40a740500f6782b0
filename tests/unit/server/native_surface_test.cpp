// Patchbay's own API over real sockets: streams, conversations, access rules, and the description of all routes.
#include <QtTest>

#include <set>

#include "support/live_gateway.h"
#include "wire/sse_reader.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

std::vector<std::pair<std::string, json::object>> eventsOf(const std::string& body) {
    SseReader reader;
    std::vector<SseEvent> events;
    (void)reader.feed(body, events);
    std::vector<std::pair<std::string, json::object>> result;
    for (const SseEvent& event : events)
        result.emplace_back(event.name, parseJsonObject(event.data).value());
    return result;
}

std::string namesOf(const HttpAnswer& answer) {
    std::string names;
    for (const auto& [name, data] : eventsOf(answer.body))
        names += name + " ";
    return names;
}

// moc reads no raw strings inside macros.
std::string body(json::string_view member, json::value value) {
    return writeJson(json::object{{member, std::move(value)}});
}

std::string textAt(const json::object& object, std::string_view key) {
    return std::string(stringOr(object, key));
}

} // namespace

class NativeSurfaceTest : public QObject {
    Q_OBJECT

private slots:
    void streamEndsWithTheIdsOfWhatWasKept() {
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/api/chat/stream", R"({"message":"你好"})");
        QCOMPARE(answer.status, 200);
        QCOMPARE(namesOf(answer), std::string("message usage done "));
        const auto events = eventsOf(answer.body);
        QCOMPARE(textAt(events[0].second, "delta"), std::string("你好"));
        QCOMPARE(findInt(events[1].second, "output_tokens"), std::optional<std::int64_t>(3));
        const json::object& done = events.back().second;
        QCOMPARE(textAt(done, "finish_reason"), std::string("stop"));
        QVERIFY(answer.head.find("x-patchbay-conversation-id: " + textAt(done, "conversation_id")) !=
                std::string::npos);
        QVERIFY(answer.head.find("x-patchbay-trace-id: " + textAt(done, "trace_id")) != std::string::npos);
        const auto reply = gateway.call(gateway.history->message(textAt(done, "message_id")));
        QCOMPARE(textOf(reply->message), std::string("你好"));
        QCOMPARE(reply->parentId, textAt(done, "user_message_id"));
    }

    void wholeReply() {
        LiveGateway gateway;
        const HttpAnswer answer =
            gateway.ask("POST", "/api/chat/stream", R"({"model":"tool","message":"weather","stream":false})");
        QCOMPARE(answer.status, 200);
        const json::object reply = answer.json();
        QCOMPARE(textAt(reply, "finish_reason"), std::string("tool_calls"));
        QCOMPARE(textAt(findArray(reply, "tool_calls")->at(0).get_object(), "arguments"),
                 std::string("{\"city\":\"Wien\"}"));
    }

    void toolCallIsSentWhole() {
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/api/chat/stream", R"({"model":"tool","message":"weather"})");
        QCOMPARE(namesOf(answer), std::string("tool_call usage done "));
        QCOMPARE(textAt(eventsOf(answer.body)[0].second, "arguments"), std::string("{\"city\":\"Wien\"}"));
    }

    void failureBeforeTheFirstTokenIsAStatus() {
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/api/chat/stream", R"({"model":"refuse","message":"x"})");
        QCOMPARE(answer.status, 503);
        QCOMPARE(answer.errorCode(), std::string("overloaded"));
        QVERIFY(!textAt(answer.json(), "message_id").empty());
    }

    void failureAfterTokensIsAnErrorEvent() {
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/api/chat/stream", R"({"model":"break","message":"x"})");
        QCOMPARE(answer.status, 200);
        QCOMPARE(namesOf(answer), std::string("message error done "));
        const auto events = eventsOf(answer.body);
        QCOMPARE(textAt(events[1].second, "code"), std::string("truncated_reply"));
        QCOMPARE(textAt(events[2].second, "finish_reason"), std::string("error"));
    }

    void badRequests_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        QTest::newRow("not json") << QByteArray("{") << 400;
        QTest::newRow("nothing to say") << QByteArray("{}") << 400;
        QTest::newRow("two ways at once") << QByteArray(R"({"message":"a","messages":[]})") << 400;
        QTest::newRow("wrong type") << QByteArray(R"({"message":"a","conversation_id":7})") << 400;
        QTest::newRow("out of range") << QByteArray(R"({"message":"a","temperature":9})") << 400;
        QTest::newRow("several choices") << QByteArray(R"({"message":"a","n":2})") << 400;
        QTest::newRow("unknown model") << QByteArray(R"({"message":"a","model":"nobody"})") << 404;
        QTest::newRow("unknown conversation") << QByteArray(R"({"message":"a","conversation_id":"x"})") << 404;
        QTest::newRow("kept but not kept")
            << QByteArray(R"({"message":"a","conversation_id":"x","store":false})") << 400;
    }
    void badRequests() {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/api/chat/stream", body.toStdString());
        QCOMPARE(answer.status, status);
        QVERIFY(!answer.errorCode().empty());
        QVERIFY(findArray(gateway.ask("GET", "/api/conversations").json(), "conversations")->empty());
    }

    void clientThatLeavesStopsTheReply() {
        LiveGateway gateway;
        HttpCall call(gateway.server->port(),
                      gateway.requestText("POST", "/api/chat/stream", R"({"model":"slow","message":"x"})"));
        QVERIFY(call.readUntil("partial"));
        call.close();
        QTRY_COMPARE(gateway.scripted->script.cancelled.load(), 1);
        const HttpAnswer list = gateway.ask("GET", "/api/conversations");
        const json::object listed = list.json();
        const std::string id = textAt(findArray(listed, "conversations")->at(0).get_object(), "id");
        const auto tree = [&] { return gateway.call(gateway.history->tree(id)).value(); };
        QTRY_COMPARE(tree().messages.back().status, MessageStatus::Stopped);
        QCOMPARE(textOf(tree().messages.back().message), std::string("partial"));
        QVERIFY(gateway.internalErrors.empty());
    }

    void silenceIsFilledWithComments() {
        LiveGateway gateway;
        HttpCall call(gateway.server->port(),
                      gateway.requestText("POST", "/api/chat/stream", R"({"model":"slow","message":"x"})"));
        QVERIFY(call.readUntil("partial"));
        gateway.advance(std::chrono::seconds(16));
        QVERIFY(call.readUntil(": keep-alive"));
        gateway.scripted->script.released = true;
        QVERIFY(namesOf(call.rest()).ends_with("usage done "));
    }

    void largeRequestsAreReadOnAWorker() {
        LiveGateway gateway;
        std::promise<void> release;
        asio::post(gateway.workers, [released = release.get_future().share()] { released.wait(); });
        const std::string text(2U << 20U, 'x');
        HttpCall large(gateway.server->port(),
                       gateway.requestText("POST", "/v1/chat/completions",
                                           writeJson(json::object{{"model", "whole"},
                                                                  {"messages", json::array{json::object{
                                                                                   {"role", "user"}, {"content", text}}}}})));
        const std::string small = R"({"model":"echo","messages":[{"role":"user","content":"hi"}]})";
        for (int i = 0; i < 20; ++i) // the engine is free meanwhile
            QCOMPARE(gateway.ask("POST", "/v1/chat/completions", small).status, 200);
        QCOMPARE(gateway.scripted->script.answered.load(), 20);
        release.set_value();
        const HttpAnswer answer = large.rest();
        QCOMPARE(answer.status, 200);
        QVERIFY(answer.body.find(text) != std::string::npos);
        QCOMPARE(gateway.scripted->script.answered.load(), 21);
    }

    void conversationsFromCreationToTheEnd() {
        LiveGateway gateway;
        const HttpAnswer created =
            gateway.ask("POST", "/api/conversations", R"({"title":"T","system_prompt":"S","folder":"F"})");
        QCOMPARE(created.status, 201);
        const std::string id = textAt(created.json(), "id");
        const std::string base = "/api/conversations/" + id;
        const std::string said = writeJson(
            json::object{{"message", "天气"}, {"model", "whole"}, {"stream", false}, {"conversation_id", id}});
        QCOMPARE(textAt(gateway.ask("POST", "/api/chat/stream", said).json(), "text"),
                 std::string("system:S|user:天气"));

        const json::object read = gateway.ask("GET", base).json();
        QCOMPARE(findArray(read, "messages")->size(), std::size_t(2));
        QCOMPARE(findArray(read, "active_path")->size(), std::size_t(2));
        const std::string userMessage = textAt(findArray(read, "messages")->at(0).get_object(), "id");
        const std::string reply = textAt(findArray(read, "messages")->at(1).get_object(), "id");

        QCOMPARE(gateway.ask("PATCH", base, body("pinned", true)).status, 200);
        QCOMPARE(textAt(gateway.ask("PATCH", base, body("title", "U")).json(), "title"), std::string("U"));
        QCOMPARE(gateway.ask("PATCH", base, body("titel", "V")).status, 400);
        QCOMPARE(
            findArray(gateway.ask("GET", "/api/conversations?folder=F&pinned=true").json(), "conversations")->size(),
            std::size_t(1));
        QVERIFY(findArray(gateway.ask("GET", "/api/conversations?folder=G").json(), "conversations")->empty());
        QCOMPARE(gateway.ask("GET", "/api/conversations?limit=0").status, 400);
        QCOMPARE(gateway.ask("GET", "/api/conversations?cursor=x").status, 400);
        QCOMPARE(
            toView(findArray(gateway.ask("GET", "/api/conversations/folders").json(), "folders")->at(0).get_string()),
            std::string_view("F"));

        const HttpAnswer branched = gateway.ask("POST", base + "/branch", body("message_id", json::value(userMessage)));
        QCOMPARE(branched.status, 201);
        QVERIFY(textAt(branched.json(), "id") != id);
        QCOMPARE(gateway.ask("POST", base + "/branch", body("message_id", "none")).status, 404);
        QCOMPARE(gateway.ask("POST", base + "/branch", "{}").status, 400);
        QCOMPARE(gateway.ask("POST", base + "/select", body("message_id", json::value(userMessage))).status, 200);

        QCOMPARE(gateway.ask("POST", "/api/messages/" + reply + "/feedback", body("value", 1)).status, 200);
        QCOMPARE(gateway.ask("POST", "/api/messages/" + reply + "/feedback", body("value", 5)).status, 400);
        QCOMPARE(gateway.ask("POST", "/api/messages/none/feedback", body("value", 1)).status, 404);

        const json::object found = gateway.ask("GET", "/api/conversations/search?q=%E6%B0%94").json();
        QVERIFY(findArray(found, "hits")->size() >= 2);
        QCOMPARE(textAt(findArray(found, "hits")->at(0).get_object(), "match"), std::string("气"));
        QVERIFY(find(found, "total")->is_string());
        QCOMPARE(gateway.ask("GET", "/api/conversations/search").status, 400);

        for (const char* format : {"md", "json", "html"}) {
            const HttpAnswer file = gateway.ask("GET", base + "/export?format=" + format);
            QCOMPARE(file.status, 200);
            QVERIFY(file.head.find("content-disposition: attachment; filename=") != std::string::npos);
            QVERIFY(file.body.find("天气") != std::string::npos);
        }
        QCOMPARE(gateway.ask("GET", base + "/export?format=pdf").status, 400);

        QCOMPARE(gateway.ask("DELETE", base).status, 200);
        QCOMPARE(gateway.ask("POST", "/api/chat/stream", said).status, 409);
        QCOMPARE(findArray(gateway.ask("GET", "/api/conversations?trash=true").json(), "conversations")->size(),
                 std::size_t(1));
        QCOMPARE(gateway.ask("POST", base + "/restore").status, 200);
        QCOMPARE(gateway.ask("DELETE", base + "?permanent=true").status, 200);
        QCOMPARE(gateway.ask("GET", base).status, 404);
        QCOMPARE(gateway.ask("GET", base).errorCode(), std::string("not_found"));
    }

    void withoutHistoryConversationsSaySo() {
        LiveGateway gateway(false);
        const HttpAnswer answer = gateway.ask("GET", "/api/conversations");
        QCOMPARE(answer.status, 409);
        QCOMPARE(answer.errorCode(), std::string("conflict"));
        const HttpAnswer chat = gateway.ask("POST", "/api/chat/stream", R"({"message":"x"})");
        QVERIFY(eventsOf(chat.body).back().second.at("conversation_id").is_null());
    }

    void accessRules() {
        LiveGateway gateway;
        const std::string body = R"({"message":"x"})";
        const std::string json = "content-type: application/json\r\n";
        const std::string path = "/api/chat/stream";
        QCOMPARE(gateway.ask("POST", path, body, std::string()).status, 415);
        const HttpAnswer form = gateway.ask("POST", path, body, std::string("content-type: text/plain\r\n"));
        QCOMPARE(form.status, 415);
        QCOMPARE(form.errorCode(), std::string("unsupported_media_type"));
        QCOMPARE(
            gateway.ask("POST", path, body, std::string("content-type: application/json; charset=utf-8\r\n")).status,
            200);
        const HttpAnswer foreign = gateway.ask("POST", path, body, json + "origin: https://evil.example\r\n");
        QCOMPARE(foreign.status, 403);
        QCOMPARE(foreign.errorCode(), std::string("permission"));
        QCOMPARE(gateway.ask("GET", "/api/ws", std::string(), std::string("origin: https://evil.example\r\n")).status,
                 403);
        QCOMPARE(gateway.ask("POST", path, body, json + "authorization: Bearer pb_wrong\r\n").status, 401);
        QCOMPARE(gateway.ask("POST", path, body, json + "authorization: Bearer sk-of-another\r\n").status, 200);
        QCOMPARE(gateway.ask("GET", "/api/nothing").errorCode(), std::string("not_found"));
        QCOMPARE(gateway.ask("PUT", "/api/conversations").errorCode(), std::string("method_not_allowed"));
        // Ollama's clients send no content type; its paths stay as they are.
        const std::string generate = R"({"model":"echo","prompt":"x","stream":false})";
        QCOMPARE(gateway.ask("POST", "/api/generate", generate, std::string()).status, 200);
    }

    void ollamaLoadRequestAsksNoModel() {
        LiveGateway gateway;
        const HttpAnswer answer = gateway.ask("POST", "/api/chat", R"({"model":"refuse"})");
        QCOMPARE(answer.status, 200);
        QCOMPARE(textAt(answer.json(), "done_reason"), std::string("load"));
        QCOMPARE(gateway.ask("POST", "/api/generate", body("model", "nobody")).status, 404);
    }

    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        LiveGateway gateway;
        const json::object document = gateway.ask("GET", "/openapi.json").json();
        QCOMPARE(textAt(document, "openapi"), std::string("3.1.0"));
        const json::object& paths = *findObject(document, "paths");
        std::set<std::string> described;
        for (const auto& [path, item] : paths) {
            const json::object* operations = &item.get_object();
            if (const auto reference = findString(*operations, "$ref")) { // another name of a path
                std::string target(reference->substr(std::string_view("#/paths/").size()));
                for (std::size_t at = 0; (at = target.find("~1", at)) != std::string::npos;)
                    target.replace(at, 2, "/");
                operations = findObject(paths, target);
                QVERIFY2(operations, target.c_str());
            }
            for (const auto& [method, operation] : *operations) {
                described.insert(QByteArray(method.data(), qsizetype(method.size())).toUpper().toStdString() + " " +
                                 std::string(toView(path)));
                QVERIFY(operation.get_object().contains("responses"));
            }
        }
        std::set<std::string> real;
        for (const RouteInfo& route : gateway.server->routeList()) {
            std::string pattern = route.pattern;
            if (const std::size_t rest = pattern.find("..."); rest != std::string::npos)
                pattern.erase(rest, 3);
            real.insert(route.method + " " + pattern);
        }
        for (const std::string& one : real)
            QVERIFY2(described.contains(one), ("not described: " + one).c_str());
        for (const std::string& one : described)
            QVERIFY2(real.contains(one), ("no such route: " + one).c_str());
    }
};

QTEST_GUILESS_MAIN(NativeSurfaceTest)
#include "native_surface_test.moc"
