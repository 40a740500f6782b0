#include <QtTest>
#include <boost/asio/thread_pool.hpp>

#include "base/json_writer.h"
#include "services/conversation_title.h"
#include "services/history_service.h"
#include "storage/message_json.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

struct House : DatabaseFixture {
    asio::thread_pool workers{1};
    std::unique_ptr<HistoryService> history;

    HistoryStart start() {
        history.reset();
        open().value();
        history = std::make_unique<HistoryService>(*database, clock, ids, workers.get_executor());
        return wait(history->start()).value();
    }
    Conversation conversation(NewConversation wish = {}) {
        return wait(history->createConversation(std::move(wish))).value();
    }
    MessageRecord say(const std::string& id, std::string text) {
        clock.advance(Milliseconds(1));
        return wait(history->appendMessage(id, textMessage(Role::User, std::move(text)))).value();
    }
    MessageRecord answer(std::shared_ptr<ReplyRecorder> reply, std::string text) {
        clock.advance(Milliseconds(100));
        wait(reply->append({ReplyStarted{.id = "r"}, TextDelta{.text = std::move(text)}})).value();
        clock.advance(Milliseconds(400));
        return wait(reply->finish({.finish = FinishReason::Stop, .usage = Usage{.outputTotal = 3}, .model = "gpt"}))
            .value();
    }
    MessageRecord answer(const std::string& id, std::string text) {
        return answer(wait(history->beginReply(id, "fast")).value(), std::move(text));
    }
    std::string path(const std::string& id) {
        std::string joined;
        for (const Message& message : wait(history->requestMessages(id)).value())
            joined += textOf(message) + "|";
        return joined;
    }
};

class CollectingSink final : public EventSink {
public:
    awaitable<Result<void>> emit(EventBatch batch) override {
        events.insert(events.end(), batch.begin(), batch.end());
        co_return Result<void>();
    }
    EventBatch events;
};

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void replyIsRecordedWithItsFacts() {
        House house;
        house.start();
        const std::string id = house.conversation({.model = "fast", .systemPrompt = "be brief"}).id;
        house.say(id, "question");
        auto reply = house.wait(house.history->beginReply(id, "fast"));
        QVERIFY_OK(reply);
        QCOMPARE(house.wait(house.history->message((*reply)->messageId())).value().status, MessageStatus::Streaming);
        const MessageRecord stored = house.answer(*reply, "answer");
        QVERIFY(house.wait(house.history->message(stored.id)).value() == stored);
        QCOMPARE(stored.status, MessageStatus::Complete);
        QCOMPARE(stored.finishReason, std::string("stop"));
        QCOMPARE(stored.firstTokenMs.value(), 100);
        QCOMPARE(stored.durationMs.value(), 500);
        QCOMPARE(stored.usage.outputTotal.value(), 3);
        QCOMPARE(stored.model, std::string("gpt"));
        QCOMPARE(house.path(id), std::string("be brief|question|answer|"));
        QCOMPARE(house.wait((*reply)->finish({})).error().code, ErrorCode::Conflict);
    }

    void endSaysHowItEnded() {
        CallRecord record;
        record.provider = "openai";
        record.model = "gpt";
        record.traceId = "t";
        const ReplyEnd good = replyEndOf(ChatSummary{.finish = FinishReason::Length}, record, 42);
        QCOMPARE(good.status, MessageStatus::Complete);
        QVERIFY(good.finish == FinishReason::Length);
        QCOMPARE(good.costNanoUsd.value(), 42);
        QCOMPARE(good.provider, std::string("openai"));
        const ReplyEnd stopped = replyEndOf(makeError(ErrorCode::Cancelled, "x"), record);
        QCOMPARE(stopped.status, MessageStatus::Stopped);
        QVERIFY(!stopped.error);
        const ReplyEnd broken = replyEndOf(makeError(ErrorCode::Truncated, "cut"), record);
        QCOMPARE(broken.status, MessageStatus::Error);
        QCOMPARE(broken.error->message, std::string("cut"));
    }

    void sinkRecordsWhatPassesThrough() {
        House house;
        house.start();
        const std::string id = house.conversation().id;
        house.say(id, "q");
        auto reply = house.wait(house.history->beginReply(id, "fast")).value();
        auto client = std::make_shared<CollectingSink>();
        RecordingSink sink(reply, client);
        QVERIFY_OK(house.wait(sink.emit({TextDelta{.text = "to both"}})));
        QVERIFY(!sink.journalError());
        QCOMPARE(client->events.size(), std::size_t{1});
        reply->finishDetached({.status = MessageStatus::Stopped});
        while (!reply->finished())
            house.loop.run_one();
        auto stored = house.wait(house.history->message(reply->messageId()));
        QCOMPARE(textOf(stored->message), std::string("to both"));
        QCOMPARE(stored->status, MessageStatus::Stopped);
    }

    void unfinishedReplyIsInterruptedAtTheNextStart() {
        House house;
        house.start();
        const std::string id = house.conversation().id;
        house.say(id, "q");
        auto reply = house.wait(house.history->beginReply(id, "fast")).value();
        QVERIFY_OK(house.wait(reply->append({TextDelta{.text = "half"}})));
        house.loop.restart();
        house.loop.poll(); // hands the first piece to the journal
        const std::string message = reply->messageId();
        reply.reset();
        QCOMPARE(house.start().interrupted, 1);
        QCOMPARE(house.wait(house.history->message(message)).value().status, MessageStatus::Interrupted);
        QCOMPARE(house.path(id), std::string("q|half|"));
    }

    void firstMessageGivesTheTitle() {
        House house;
        house.start();
        const std::string id = house.conversation().id;
        house.say(id, "How do I boil an egg?");
        house.say(id, "And a second one?");
        QCOMPARE(house.wait(house.history->conversation(id)).value().title, std::string("How do I boil an egg?"));
        const std::string named = house.conversation({.title = "Mine"}).id;
        house.say(named, "text");
        QCOMPARE(house.wait(house.history->conversation(named)).value().title, std::string("Mine"));
    }

    void titleIsCutAtAWord_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("title");
        QTest::newRow("short") << "hello" << "hello";
        QTest::newRow("white space") << "\n  # A\n\n heading \t here  " << "A heading here";
        QTest::newRow("long") << "Please explain to me in great detail how the immune system of a horse works"
                              << "Please explain to me in great detail how the immune system…";
        QTest::newRow("chinese") << QString("请详细解释一下").repeated(8)
                                 << "请详细解释一下请详细解释一下请详细解释一下请详细解释一下请详…";
        QTest::newRow("one long word") << QString(200, 'a') << QString(60, 'a') + "…";
        QTest::newRow("nothing") << "  \n" << "";
    }
    void titleIsCutAtAWord() {
        QFETCH(QString, text);
        QFETCH(QString, title);
        QCOMPARE(QString::fromStdString(titleFromMessage(textMessage(Role::User, text.toStdString()))), title);
    }

    void titleOfAnAttachmentIsItsName() {
        QCOMPARE(titleFromMessage({.parts = {FilePart{.filename = "plan.pdf"}}}), std::string("plan.pdf"));
    }

    void editAndRegenerateMakeSiblings() {
        House house;
        house.start();
        const std::string id = house.conversation().id;
        const MessageRecord question = house.say(id, "q1");
        const MessageRecord first = house.answer(id, "a1");
        auto again = house.wait(house.history->regenerate(first.id, "fast"));
        QVERIFY_OK(again);
        const MessageRecord second = house.answer(*again, "a2");
        QCOMPARE(second.parentId, question.id);
        QCOMPARE(house.path(id), std::string("q1|a2|"));
        auto edited = house.wait(house.history->editMessage(question.id, textMessage(Role::User, "q2")));
        QVERIFY_OK(edited);
        QCOMPARE(edited->parentId, std::string());
        house.answer(id, "a3");
        QCOMPARE(house.path(id), std::string("q2|a3|"));
        QVERIFY_OK(house.wait(house.history->selectBranch(first.id)));
        QCOMPARE(house.path(id), std::string("q1|a1|"));
        auto toQuestion = house.wait(house.history->regenerate(question.id, "fast"));
        QCOMPARE(house.answer(*toQuestion, "a4").parentId, question.id);
        QCOMPARE(house.wait(house.history->tree(id)).value().messages.size(), std::size_t{6});
        QCOMPARE(house.wait(house.history->regenerate("none", "fast")).error().code, ErrorCode::NotFound);
    }

    void branchCopiesThePathIntoANewConversation() {
        House house;
        house.start();
        const std::string id = house.conversation({.model = "fast", .systemPrompt = "sys"}).id;
        house.say(id, "q1");
        const MessageRecord answer = house.answer(id, "a1");
        house.say(id, "q2");
        auto copy = house.wait(house.history->branch(answer.id));
        QVERIFY_OK(copy);
        QVERIFY(copy->id != id);
        QCOMPARE(copy->model, std::string("fast"));
        QCOMPARE(house.path(copy->id), std::string("sys|q1|a1|"));
        house.say(copy->id, "other");
        QCOMPARE(house.path(id), std::string("sys|q1|a1|q2|"));
        auto records = house.wait(house.history->tree(copy->id));
        QCOMPARE(records->messages[1].usage.outputTotal.value(), 3);
        QCOMPARE(house.wait(house.history->branch("none")).error().code, ErrorCode::NotFound);
    }

    void requestLeavesOutWhatAVendorWouldRefuse() {
        const auto record = [](Message message, MessageStatus status = MessageStatus::Complete) {
            return MessageRecord{.message = std::move(message), .status = status};
        };
        const std::vector<MessageRecord> path = {
            record(textMessage(Role::User, "q")),
            record({.role = Role::Assistant}, MessageStatus::Error),
            record({.role = Role::Assistant, .parts = {ReasoningPart{.text = "h"}, ToolCallPart{.id = "lost"}}},
                   MessageStatus::Stopped),
            record({.role = Role::Assistant,
                    .parts = {ReasoningPart{.text = "h", .signature = "s"}, ToolCallPart{.id = "c1"}}}),
            record({.role = Role::Tool, .parts = {ToolResultPart{.toolCallId = "c1"}}}),
            record({.role = Role::Assistant, .parts = {TextPart{.text = "half"}, ReasoningPart{.text = "h"}}},
                   MessageStatus::Interrupted),
        };
        const auto messages = messagesForRequest({}, path);
        QCOMPARE(messages.size(), std::size_t{4});
        QCOMPARE(messages[1].parts.size(), std::size_t{2});
        QCOMPARE(messages[2].role, Role::Tool);
        QCOMPARE(messages[3].parts.size(), std::size_t{1});
    }

    void exportsShowTheConversation() {
        House house;
        house.start();
        const std::string id = house.conversation({.systemPrompt = "sys"}).id;
        house.say(id, "<script>alert('x')</script> & ```code```");
        const MessageRecord old = house.answer(id, "unseen branch");
        house.answer(house.wait(house.history->regenerate(old.id, "fast")).value(), "seen 答案");
        Message picture{.role = Role::User,
                        .parts = {ImagePart{.source = {.mediaType = "image/png", .data = "aGk="}},
                                  ImagePart{.source = {.mediaType = "image/svg+xml\" onload=\"x", .data = "aGk="}},
                                  ToolCallPart{.name = "f", .arguments = "a ``` b"}}};
        QVERIFY_OK(house.wait(house.history->appendMessage(id, picture)));

        auto html = house.wait(house.history->exportConversation(id, ExportFormat::Html));
        QVERIFY_OK(html);
        QVERIFY(html->body.find("<script") == std::string::npos);
        QVERIFY(html->body.find("&lt;script&gt;alert(&#39;x&#39;)") != std::string::npos);
        QVERIFY(html->body.find("data:image/png;base64,aGk=") != std::string::npos);
        QVERIFY(html->body.find("onload=\"") == std::string::npos);
        QVERIFY(html->body.find("http") == html->body.find("http-equiv")); // nothing is loaded from anywhere
        QVERIFY(html->body.find("seen 答案") != std::string::npos);
        QVERIFY(html->body.find("unseen branch") == std::string::npos);
        QCOMPARE(html->filename, "conversation-" + id + ".html");

        auto markdown = house.wait(house.history->exportConversation(id, ExportFormat::Markdown));
        QVERIFY(markdown->body.starts_with("# "));
        QVERIFY(markdown->body.find("## System prompt\n\nsys") != std::string::npos);
        QVERIFY(markdown->body.find("````\na ``` b\n````") != std::string::npos);
        QVERIFY(markdown->body.find("unseen branch") == std::string::npos);

        auto json = house.wait(house.history->exportConversation(id, ExportFormat::Json));
        auto parsed = parseJsonObject(json->body);
        QVERIFY_OK(parsed);
        const json::array& messages = *findArray(*parsed, "messages");
        QCOMPARE(messages.size(), std::size_t{4}); // every branch
        QVERIFY(*messageFromJson(*find(messages[3].as_object(), "message")) == picture);
        QCOMPARE(house.wait(house.history->exportConversation("none", ExportFormat::Json)).error().code,
                 ErrorCode::NotFound);
        QVERIFY(exportFormatFromName("md") == ExportFormat::Markdown);
        QVERIFY(!exportFormatFromName("exe"));
    }

    void trashIsEmptiedAfterThirtyDays() {
        House house;
        house.start();
        const std::string id = house.conversation().id;
        house.say(id, "findable 可找");
        QVERIFY_OK(house.wait(house.history->removeConversation(id)));
        QCOMPARE(house.wait(house.history->search("可找")).value().total, 0);
        house.clock.advance(Milliseconds(kTrashLifetimeMs));
        QCOMPARE(house.wait(house.history->cleanUp()).value().conversations, 0);
        QVERIFY_OK(house.wait(house.history->restoreConversation(id)));
        QCOMPARE(house.wait(house.history->search("可找")).value().hits.size(),
                 std::size_t{1 + 1}); // message and title
        QVERIFY_OK(house.wait(house.history->removeConversation(id)));
        house.clock.advance(Milliseconds(kTrashLifetimeMs + 1));
        QCOMPARE(house.wait(house.history->cleanUp()).value().conversations, 1);
        QCOMPARE(house.wait(house.history->conversation(id)).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
