#include "base/json_writer.h"
#include "playground/playground_model.h"
#include "playground/playground_reply.h"
#include "playground/schema_sample.h"
#include "playground/tokens.h"

#include <QtTest>

using namespace patchbay;
using namespace patchbay::playground;

namespace {

ChatRequest asking(std::string text) {
    ChatRequest request;
    request.messages.push_back(textMessage(Role::User, std::move(text)));
    return request;
}

std::string textOf(PlannedReply plan) {
    std::string text;
    while (const auto batch = plan.next())
        for (const ChatEvent& event : *batch)
            if (const auto* delta = std::get_if<TextDelta>(&event))
                text += delta->text;
    return text;
}

// Single quotes stand for double ones: Qt 6.4's moc stumbles over raw strings.
std::string quoted(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

std::string sampleText(const std::string& schema, const std::string& seed = "Ada") {
    return writeJson(sampleOf(*parseJsonObject(quoted(schema)), seed));
}

} // namespace

class PlaygroundTest : public QObject {
    Q_OBJECT

private slots:
    void namesAreParsed_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("known");
        QTest::addColumn<qlonglong>("number");
        QTest::addColumn<double>("rate");
        QTest::newRow("echo") << "echo" << true << 0LL << 0.0;
        QTest::newRow("prefix") << "playground/echo@20" << true << 0LL << 20.0;
        QTest::newRow("gemini prefix") << "models/long:7" << true << 7LL << 0.0;
        QTest::newRow("long with rate") << "long:500@50" << true << 500LL << 50.0;
        QTest::newRow("fault default") << "fault-cut" << true << 40LL << 0.0;
        QTest::newRow("fault number") << "fault-cut:3" << true << 3LL << 0.0;
        QTest::newRow("status") << "fault-error-503" << true << 503LL << 0.0;
        QTest::newRow("no such status") << "fault-error-200" << false << 0LL << 0.0;
        QTest::newRow("no such fault") << "fault-nope" << false << 0LL << 0.0;
        QTest::newRow("bad number") << "long:x" << false << 0LL << 0.0;
        QTest::newRow("zero rate") << "echo@0" << false << 0LL << 0.0;
        QTest::newRow("too long") << "long:99999999999" << false << 0LL << 0.0;
        QTest::newRow("more than memory should hold") << "long:200001" << false << 0LL << 0.0;
        QTest::newRow("an event of gigabytes") << "fault-huge-event:257" << false << 0LL << 0.0;
    }
    void namesAreParsed() {
        QFETCH(QString, name);
        QFETCH(bool, known);
        const auto model = parseModel(name.toStdString());
        QCOMPARE(bool(model), known);
        if (!known)
            return;
        QTEST(qlonglong(model->number), "number");
        QTEST(model->tokensPerSecond, "rate");
    }

    void everyFaultNameParses() {
        for (const std::string& name : faultNames())
            QVERIFY2(bool(parseModel("fault-" + name)), name.c_str());
        for (const std::string& name : listedModels())
            QVERIFY(name.find("fault") == std::string::npos);
    }

    void tokensAddUpToTheText() {
        for (const std::string text : {"hello  world\n\nnew", "你好，世界 👩‍👩‍👧 mixed한국", "", "   ", "averyveryverylongwordwithoutanyspacewhatsoever"}) {
            std::string joined;
            for (const std::string& token : splitTokens(text))
                joined += token;
            QCOMPARE(joined, text);
        }
        QCOMPARE(splitTokens(numberedText(5000)).size(), std::size_t{5000});
    }

    void maxTokensAndStopCut() {
        ChatRequest request = asking("one two three four");
        request.sampling.maxOutputTokens = 2;
        QCOMPARE(textOf(planReply(request, Model{})), std::string("one two"));
        QCOMPARE(planReply(request, Model{}).finish.reason, FinishReason::Length);
        request.sampling = {};
        request.sampling.stop = {" three"};
        const PlannedReply stopped = planReply(request, Model{});
        QCOMPARE(textOf(stopped), std::string("one two"));
        QCOMPARE(stopped.finish.stopSequence, std::string(" three"));
    }

    void aLongReplyIsMadeWhileItIsRead() {
        const Model model{.kind = Model::Kind::Long, .number = 10000000000};
        PlannedReply plan = planReply(asking("hi"), model); // built whole, these would be some hundred gigabytes
        QCOMPARE(*plan.usage.outputTotal, model.number);
        for (const std::string expected : {"token1", " token2", " token3"})
            QCOMPARE(std::get<TextDelta>(plan.next()->front()).text, expected);
        ChatRequest cut = asking("hi");
        cut.sampling.maxOutputTokens = 2;
        QCOMPARE(textOf(planReply(cut, model)), std::string("token1 token2"));
        QCOMPARE(planReply(cut, model).finish.reason, FinishReason::Length);
        cut.sampling.maxOutputTokens.reset();
        cut.sampling.stop = {" token4"};
        QCOMPARE(textOf(planReply(cut, Model{.kind = Model::Kind::Long, .number = 9})), std::string("token1 token2 token3"));
    }

    void manyToolsDoNotMultiplyALongText() {
        ChatRequest request = asking("call f " + std::string(2000000, 'x'));
        for (int i = 0; i < 1000; ++i)
            request.tools.push_back(Tool{.name = "f", .custom = true});
        PlannedReply plan = planReply(request, Model{});
        std::size_t bytes = 0;
        while (const auto batch = plan.next())
            for (const ChatEvent& event : *batch)
                if (const auto* piece = std::get_if<ToolCallDelta>(&event))
                    bytes += piece->arguments.size();
        QVERIFY(bytes > 0 && bytes <= 128 * 4096);
    }

    void namedToolsAreCalledTogetherAndResultsAreRepeated() {
        ChatRequest request = asking("use alpha and beta");
        for (const char* name : {"alpha", "beta", "gamma"})
            request.tools.push_back(Tool{.name = name});
        PlannedReply plan = planReply(request, Model{});
        QCOMPARE(plan.finish.reason, FinishReason::ToolCalls);
        QStringList called;
        while (const auto batch = plan.next())
            for (const ChatEvent& event : *batch)
                if (const auto* call = std::get_if<ToolCallStarted>(&event))
                    called << QString::fromStdString(call->name);
        QCOMPARE(called, (QStringList{"alpha", "beta"}));
        request.messages.push_back({.role = Role::Tool, .parts = {ToolResultPart{.toolCallId = "x", .content = {TextPart{.text = "42"}}}}});
        QCOMPARE(textOf(planReply(request, Model{})), std::string("42"));
    }

    void samplesFollowTheSchema_data() {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("sample");
        QTest::newRow("object") << "{'type':'object','properties':{'name':{'type':'string'},'age':{'type':'integer','minimum':18}}}"
                                << "{'name':'Ada','age':18}";
        QTest::newRow("enum") << "{'enum':['b','a']}" << "'b'";
        QTest::newRow("const null") << "{'const':null}" << "null";
        QTest::newRow("nullable") << "{'type':['null','boolean']}" << "true";
        QTest::newRow("array") << "{'type':'array','minItems':2,'items':{'type':'number','exclusiveMinimum':1}}" << "[1.5,1.5]";
        QTest::newRow("reference") << "{'$defs':{'a':{'type':'integer','maximum':-3}},'$ref':'#/$defs/a'}" << "-3";
        QTest::newRow("lengths") << "{'type':'string','minLength':5}" << "'Adaxx'";
        QTest::newRow("all of") << "{'allOf':[{'type':'object','properties':{'a':{'const':1}}},{'type':'object','properties':{'b':{'const':2}}}]}"
                                << "{'a':1,'b':2}";
    }
    void samplesFollowTheSchema() {
        QFETCH(QString, schema);
        QFETCH(QString, sample);
        QCOMPARE(sampleText(schema.toStdString()), quoted(sample.toStdString()));
    }

    void recursionEnds() {
        QVERIFY(sampleText("{'$defs':{'n':{'type':'object','properties':{'next':{'$ref':'#/$defs/n'}},'required':['next']}},'$ref':'#/$defs/n'}")
                    .size() < 2000);
        QVERIFY(sampleText("{'$ref':'#'}").size() < 2000);
    }
};

QTEST_APPLESS_MAIN(PlaygroundTest)
#include "playground_test.moc"
