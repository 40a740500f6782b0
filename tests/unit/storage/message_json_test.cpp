#include <QtTest>

#include "base/json_writer.h"
#include "storage/message_json.h"
#include "support/database_fixture.h"

using namespace patchbay;

class MessageJsonTest : public QObject {
    Q_OBJECT
private slots:
    void everyPartComesBackEqual() {
        const CacheBreakpoint hour{.ttl = "1h"};
        const Message message{
            .role = Role::Assistant,
            .parts = {TextPart{.text = "a\n\"b\" 你好 👍\x01", .cache = hour}, TextPart{},
                      ImagePart{.source = {.mediaType = "image/png", .data = "aGk="},
                                .detail = "low",
                                .cache = CacheBreakpoint{}},
                      ImagePart{.source = {.url = "https://example.com/a.png"}},
                      FilePart{.source = {.mediaType = "application/pdf", .fileId = "file_1"},
                               .filename = "a.pdf",
                               .cache = hour},
                      ReasoningPart{.text = "hm", .signature = "sig", .id = "rs_1"}, ReasoningPart{.redacted = "xyz"},
                      ToolCallPart{
                          .id = "c1", .name = "f", .arguments = "{\"broken", .signature = "ts", .custom = true},
                      ToolResultPart{.toolCallId = "c1",
                                     .name = "f",
                                     .content = {TextPart{.text = "42"}, ImagePart{.source = {.url = "https://e.x/i"}},
                                                 FilePart{.filename = "f.txt"}},
                                     .isError = true,
                                     .cache = hour},
                      RefusalPart{.text = "no"}},
            .name = "bob"};
        const std::string text = writeJson(messageToJson(message));
        auto parsed = parseJson(text);
        QVERIFY_OK(parsed);
        auto back = messageFromJson(*parsed);
        QVERIFY_OK(back);
        QVERIFY(*back == message);
        auto list = messagesFromJson(writeJson(messagesToJson({message, textMessage(Role::Developer, "x")})));
        QVERIFY_OK(list);
        QCOMPARE(list->size(), std::size_t{2});
        QVERIFY((*list)[0] == message);
        QCOMPARE((*list)[1].role, Role::Developer);
    }

    void foreignShapesAreErrors() {
        for (const char* text :
             {"1", "{}", R"({"role":"wizard"})", R"({"role":"user","parts":[{"type":"hologram"}]})",
              R"({"role":"user","parts":[7]})",
              R"({"role":"tool","parts":[{"type":"tool_result","content":[{"type":"refusal"}]}]})"}) {
            auto back = messageFromJson(*parseJson(text));
            QVERIFY2(!back, text);
            QCOMPARE(back.error().code, ErrorCode::Malformed);
        }
        QVERIFY(!messagesFromJson("{}"));
    }

    void usageKeepsUnknownApartFromZero() {
        const Usage usage{
            .inputTotal = 10, .cacheRead = 0, .outputTotal = 5, .reportedCostNanoUsd = 7, .estimated = true};
        QVERIFY(usageFromJson(usageToJson(usage)) == usage);
        QVERIFY(usageFromJson(usageToJson({})) == Usage{});
    }

    void errorComesBackEqual() {
        Error error = makeError(ErrorCode::RateLimited, "slow down", "wait");
        error.retryAfter = std::chrono::milliseconds(1500);
        error.vendor = VendorError{.status = 429, .type = "t", .code = "c", .param = "p", .requestId = "r"};
        QVERIFY(errorFromJson(errorToJson(error)) == error);
        const Error plain = makeError(ErrorCode::Truncated, "cut");
        QVERIFY(errorFromJson(errorToJson(plain)) == plain);
    }
};

QTEST_GUILESS_MAIN(MessageJsonTest)
#include "message_json_test.moc"
