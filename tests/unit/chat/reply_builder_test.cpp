#include "chat/reply_builder.h"
#include "chat/token_estimate.h"

#include <QtTest>

using namespace patchbay;

class ReplyBuilderTest : public QObject {
    Q_OBJECT

private slots:
    void interleavedToolCallsKeepTheirOwnArguments() {
        ReplyBuilder builder;
        builder.add(EventBatch{ToolCallStarted{.index = 0, .id = "a", .name = "one"},
                               ToolCallStarted{.index = 1, .id = "b", .name = "two"},
                               ToolCallDelta{.index = 1, .arguments = "{\"x\""}, ToolCallDelta{.index = 0, .arguments = "{}"},
                               ToolCallDelta{.index = 1, .arguments = ":1}"}});
        const auto& parts = builder.reply().choices[0].message.parts;
        QCOMPARE(parts.size(), std::size_t{2});
        QCOMPARE(std::get<ToolCallPart>(parts[0]).arguments, std::string("{}"));
        QCOMPARE(std::get<ToolCallPart>(parts[1]).arguments, std::string("{\"x\":1}"));
    }

    void hostileIndexesAllocateNothing() {
        ReplyBuilder builder;
        builder.add(ToolCallStarted{.index = 2000000000, .id = "a", .name = "n"});
        builder.add(ToolCallDelta{.index = 2000000000, .arguments = "x"});
        builder.add(ToolCallDelta{.index = -1, .arguments = "x"});
        builder.add(TextDelta{.text = "x", .choice = 2000000000});
        QVERIFY(builder.reply().choices.size() <= 128);
        QVERIFY(builder.reply().choices[0].message.parts.empty());
    }

    void eventsOfAReplyBuildTheSameReply() {
        ChatReply reply{.id = "r", .model = "m", .created = 7, .choices = {}, .usage = {.inputTotal = 3, .outputTotal = 5}};
        reply.choices.resize(2);
        reply.choices[0].message.parts = {ReasoningPart{.text = "hm", .signature = "sig"},
                                          ReasoningPart{.redacted = "opaque"}, TextPart{.text = "hello"},
                                          ToolCallPart{.id = "c", .name = "f", .arguments = "{}"}};
        reply.choices[0].finish = {.reason = FinishReason::ToolCalls, .raw = "tool_calls"};
        reply.choices[0].finished = true;
        reply.choices[1].message.parts = {RefusalPart{.text = "no"}};
        reply.choices[1].finish = {.reason = FinishReason::Stop, .raw = "stop", .choice = 1};
        reply.choices[1].finished = true;
        ReplyBuilder builder;
        builder.add(eventsOf(reply));
        QVERIFY(builder.reply() == reply);
    }

    void estimatesCountChineseByCharacterAndLatinByFourBytes() {
        QCOMPARE(estimateTokens("你好世界"), std::int64_t{4});
        QCOMPARE(estimateTokens("abcdefgh"), std::int64_t{2});
        QCOMPARE(estimateTokens(""), std::int64_t{0});
    }
};

QTEST_APPLESS_MAIN(ReplyBuilderTest)
#include "reply_builder_test.moc"
