// Turns of conversations against a real database file: what the model is asked, what is kept, however the turn ends.
#include <QtTest>

#include "services/conversation_chat.h"
#include "support/database_fixture.h"
#include "support/scripted_chat.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

class TextSink final : public EventSink {
public:
    awaitable<Result<void>> emit(EventBatch batch) override {
        if (gone)
            co_return makeError(ErrorCode::Cancelled, "the client is gone", "none");
        builder.add(batch);
        co_return Result<void>();
    }
    std::string text() const { return textOf(builder.reply().choices.front().message); }
    ReplyBuilder builder;
    bool gone = false;
};

struct Ran {
    Outcome outcome = makeError(ErrorCode::Internal, "did not run");
    std::shared_ptr<Turn> turn;
    std::string text;
};

} // namespace

class ConversationChatTest : public QObject {
    Q_OBJECT

    struct World : DatabaseFixture {
        bool begin(bool withHistory = true) {
            if (!open())
                return false;
            history.emplace(*database, clock, ids, loop.get_executor());
            if (!wait(history->start()))
                return false;
            scripted.emplace(loop.get_executor(), clock, ids);
            chats.emplace(ConversationChat::Parts{
                .chat = scripted->service,
                .history = withHistory ? &*history : nullptr,
                .defaultModel = [] { return std::string("echo"); },
                .cost =
                    [](const std::string& provider, const std::string& model, const Usage& usage) {
                        const bool known = provider == "scripted" && model == "scripted-echo" && usage.outputTotal;
                        return known ? std::optional<NanoUsd>(*usage.outputTotal * 10) : std::nullopt;
                    }});
            return true;
        }
        static TurnRequest say(std::string text, std::string model = {}, std::string conversation = {}) {
            TurnRequest request;
            request.chat.model = std::move(model);
            request.chat.messages.push_back(textMessage(Role::User, std::move(text)));
            request.conversationId = std::move(conversation);
            return request;
        }
        Ran run(TurnRequest request) {
            auto sink = std::make_shared<TextSink>();
            auto turn = chats->newTurn();
            Outcome outcome = wait(chats->run(std::move(request), sink, turn));
            return {.outcome = std::move(outcome), .turn = turn, .text = sink->text()};
        }
        MessageRecord reply(const Ran& ran) { return wait(history->message(ran.turn->messageId)).value(); }
        std::size_t conversationCount() { return wait(history->listConversations({})).value().items.size(); }

        std::optional<HistoryService> history;
        std::optional<ScriptedService> scripted;
        std::optional<ConversationChat> chats;
    };

private slots:
    void firstTurnMakesAConversation() {
        World world;
        QVERIFY(world.begin());
        TurnRequest request = World::say("你好");
        request.systemPrompt = "be brief";
        const Ran ran = world.run(std::move(request));
        QVERIFY_OK(ran.outcome);
        QCOMPARE(ran.text, std::string("你好"));
        const auto tree = world.wait(world.history->tree(ran.turn->conversationId)).value();
        QCOMPARE(tree.conversation.title, std::string("你好"));
        QCOMPARE(tree.conversation.model, std::string("echo"));
        QCOMPARE(tree.conversation.systemPrompt, std::string("be brief"));
        QCOMPARE(tree.messages.size(), std::size_t(2));
        QCOMPARE(tree.messages[0].id, ran.turn->userMessageId);
        QCOMPARE(tree.conversation.activeLeaf, ran.turn->messageId);
        const MessageRecord reply = world.reply(ran);
        QCOMPARE(reply.status, MessageStatus::Complete);
        QCOMPARE(reply.traceId, ran.turn->record->traceId);
        QCOMPARE(reply.costNanoUsd, std::optional<std::int64_t>(30));
        QCOMPARE(reply.provider, std::string("scripted"));
    }

    void nextTurnSendsTheConversationSoFar() {
        World world;
        QVERIFY(world.begin());
        TurnRequest request = World::say("one");
        request.systemPrompt = "S";
        const Ran first = world.run(std::move(request));
        const Ran second = world.run(World::say("two", "whole", first.turn->conversationId));
        QCOMPARE(second.text, std::string("system:S|user:one|assistant:one|user:two"));
        QCOMPARE(second.turn->cost, std::nullopt);
        TurnRequest other = World::say("three", "whole", first.turn->conversationId);
        other.systemPrompt = "T";
        QVERIFY(world.run(std::move(other)).text.starts_with("system:T|user:one|"));
        QCOMPARE(world.wait(world.history->conversation(first.turn->conversationId)).value().systemPrompt,
                 std::string("S"));
        QCOMPARE(world.conversationCount(), std::size_t(1));
    }

    void instructionsOfAListBecomeTheSystemPrompt() {
        World world;
        QVERIFY(world.begin());
        TurnRequest request;
        request.chat.model = "whole";
        request.chat.messages = {textMessage(Role::System, "S"), textMessage(Role::User, "a"),
                                 textMessage(Role::Assistant, "b"), textMessage(Role::User, "c")};
        const Ran ran = world.run(std::move(request));
        QCOMPARE(ran.text, std::string("system:S|user:a|assistant:b|user:c"));
        const auto tree = world.wait(world.history->tree(ran.turn->conversationId)).value();
        QCOMPARE(tree.conversation.systemPrompt, std::string("S"));
        QCOMPARE(tree.messages.size(), std::size_t(4));
    }

    void parametersOfTheConversationFillWhatIsAbsent() {
        ChatRequest request;
        request.sampling.temperature = 0.5;
        applyParameters(request, {{"temperature", 1.5},
                                  {"max_tokens", 9},
                                  {"stop", {"x"}},
                                  {"top_p", "wrong"},
                                  {"reasoning_effort", "low"}});
        QCOMPARE(request.sampling.temperature, std::optional<double>(0.5));
        QCOMPARE(request.sampling.maxOutputTokens, std::optional<std::int64_t>(9));
        QVERIFY(!request.sampling.topP);
        QCOMPARE(request.sampling.stop, std::vector<std::string>{"x"});
        QCOMPARE(request.reasoning->effort, std::string("low"));
    }

    void resumeBeginsWithWhatIsThereAndAsksToGoOn() {
        World world;
        QVERIFY(world.begin());
        const Ran first = world.run(World::say("one"));
        TurnRequest more;
        more.chat.model = "whole";
        more.regenerate = first.turn->messageId;
        more.resume = true;
        const Ran second = world.run(std::move(more));
        QVERIFY(second.text.starts_with("oneuser:one|assistant:one|user:Your last reply was cut off"));
        const MessageRecord reply = world.reply(second);
        QCOMPARE(textOf(reply.message), second.text);
        QCOMPARE(reply.parentId, first.turn->userMessageId); // a version of the first one, in its place
        QCOMPARE(world.wait(world.history->tree(first.turn->conversationId)).value().messages.size(), std::size_t(3));
    }

    void idsAreToldBeforeTheModelIsAsked() {
        World world;
        QVERIFY(world.begin());
        auto sink = std::make_shared<TextSink>();
        auto turn = world.chats->newTurn();
        std::string told;
        turn->onBegun = [&](const Turn& begun) { told = sink->text() + begun.userMessageId + begun.messageId; };
        QVERIFY_OK(world.wait(world.chats->run(World::say("one"), sink, turn)));
        QVERIFY(!turn->messageId.empty());
        QCOMPARE(told, turn->userMessageId + turn->messageId);
    }

    void regenerateAddsASibling() {
        World world;
        QVERIFY(world.begin());
        const Ran first = world.run(World::say("one"));
        TurnRequest again;
        again.chat.model = "whole";
        again.regenerate = first.turn->messageId;
        const Ran second = world.run(again);
        QCOMPARE(second.text, std::string("user:one"));
        QCOMPARE(second.turn->conversationId, first.turn->conversationId);
        QCOMPARE(second.turn->userMessageId, first.turn->userMessageId);
        QCOMPARE(world.reply(second).parentId, world.reply(first).parentId);
        again.conversationId = "somewhere-else";
        QCOMPARE(world.run(again).outcome.error().code, ErrorCode::NotFound);
    }

    void parentMakesAnEdit() {
        World world;
        QVERIFY(world.begin());
        const Ran first = world.run(World::say("one"));
        const Ran second = world.run(World::say("two", {}, first.turn->conversationId));
        TurnRequest edit = World::say("deux", "whole");
        edit.parentId = first.turn->messageId;
        const Ran edited = world.run(std::move(edit));
        QCOMPARE(edited.text, std::string("user:one|assistant:one|user:deux"));
        QCOMPARE(edited.turn->conversationId, first.turn->conversationId);
        TurnRequest root = World::say("uno", "whole", first.turn->conversationId);
        root.parentId = "";
        QCOMPARE(world.run(std::move(root)).text, std::string("user:uno"));
        QCOMPARE(world.wait(world.history->tree(first.turn->conversationId)).value().messages.size(), std::size_t(8));
        QVERIFY(second.outcome.has_value());
    }

    void withoutStoreNothingIsKept() {
        World world;
        QVERIFY(world.begin());
        TurnRequest request = World::say("one", "whole");
        request.store = false;
        request.systemPrompt = "S";
        const Ran ran = world.run(std::move(request));
        QCOMPARE(ran.text, std::string("system:S|user:one"));
        QVERIFY(ran.turn->conversationId.empty() && ran.turn->messageId.empty());
        QCOMPARE(world.conversationCount(), std::size_t(0));
    }

    void withoutHistoryConversationsAreRefused() {
        World world;
        QVERIFY(world.begin(false));
        QCOMPARE(world.run(World::say("one")).text, std::string("one"));
        QCOMPARE(world.run(World::say("one", {}, "some-id")).outcome.error().code, ErrorCode::Conflict);
        QCOMPARE(world.conversationCount(), std::size_t(0));
    }

    void aWrongRequestLeavesNothingBehind() {
        World world;
        QVERIFY(world.begin());
        const Ran ran = world.run(World::say("one", "unknown-model"));
        QCOMPARE(ran.outcome.error().code, ErrorCode::NotFound);
        QVERIFY(!ran.turn->begun);
        QCOMPARE(world.run(TurnRequest{}).outcome.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(world.run(World::say("one", {}, "no-such")).outcome.error().code, ErrorCode::NotFound);
        QCOMPARE(world.conversationCount(), std::size_t(0));
    }

    void conversationInTheTrashIsRefused() {
        World world;
        QVERIFY(world.begin());
        const Ran first = world.run(World::say("one"));
        QVERIFY_OK(world.wait(world.history->removeConversation(first.turn->conversationId)));
        QCOMPARE(world.run(World::say("two", {}, first.turn->conversationId)).outcome.error().code,
                 ErrorCode::Conflict);
    }

    void brokenReplyKeepsItsText() {
        World world;
        QVERIFY(world.begin());
        const Ran ran = world.run(World::say("one", "break"));
        QCOMPARE(ran.outcome.error().code, ErrorCode::Truncated);
        QVERIFY(ran.turn->begun);
        const MessageRecord reply = world.reply(ran);
        QCOMPARE(reply.status, MessageStatus::Error);
        QCOMPARE(textOf(reply.message), std::string("part"));
        QCOMPARE(reply.error->code, ErrorCode::Truncated);
    }

    void stopKeepsThePartial() {
        World world;
        QVERIFY(world.begin());
        auto sink = std::make_shared<TextSink>();
        auto turn = world.chats->newTurn();
        Task<Outcome> task(world.loop, world.chats->run(World::say("one", "slow"), sink, turn));
        QVERIFY(runUntil(world.loop, [&] { return sink->text() == "partial"; }));
        task.cancel();
        const Outcome outcome = task.get();
        QVERIFY(!task.cancelled()); // an outcome, not an exception
        QCOMPARE(outcome.error().code, ErrorCode::Cancelled);
        QCOMPARE(world.scripted->script.cancelled.load(), 1);
        const MessageRecord reply = world.wait(world.history->message(turn->messageId)).value();
        QCOMPARE(reply.status, MessageStatus::Stopped);
        QCOMPARE(textOf(reply.message), std::string("partial"));
    }

    void stopDuringThePreparationIsAStoppedReply() {
        World world;
        QVERIFY(world.begin());
        auto sink = std::make_shared<TextSink>();
        auto turn = world.chats->newTurn();
        Task<Outcome> task(world.loop, world.chats->run(World::say("one", "slow"), sink, turn));
        world.loop.restart();
        world.loop.run_one();
        task.cancel();
        QCOMPARE(task.get().error().code, ErrorCode::Cancelled);
        QCOMPARE(world.scripted->script.running.load(), 0);
        QCOMPARE(world.wait(world.history->message(turn->messageId)).value().status, MessageStatus::Stopped);
    }

    void receiverThatIsGoneStopsTheReply() {
        World world;
        QVERIFY(world.begin());
        auto sink = std::make_shared<TextSink>();
        sink->gone = true;
        auto turn = world.chats->newTurn();
        QCOMPARE(world.wait(world.chats->run(World::say("one"), sink, turn)).error().code, ErrorCode::Cancelled);
        QCOMPARE(world.wait(world.history->message(turn->messageId)).value().status, MessageStatus::Stopped);
    }
};

QTEST_GUILESS_MAIN(ConversationChatTest)
#include "conversation_chat_test.moc"
