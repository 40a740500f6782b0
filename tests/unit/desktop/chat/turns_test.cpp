// Turns as the window makes them, against the real core and the playground.
#include "chat_world.h"

using namespace patchbay;
using namespace patchbay::test;

class TurnsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void sendStreamsAndEndsAsAnEcho() {
        ChatWorld world(*m_folder);
        QVERIFY(world.started);
        QSignalSpy conversation(&world.chat(), &ChatController::conversationChanged);
        world.chat().setModel("playground/echo");
        QVERIFY(!world.chat().canSend());
        world.composer().setText("Hello **world**");
        QVERIFY(world.chat().canSend());
        world.chat().send();
        QVERIFY(world.composer().text().isEmpty());
        QVERIFY(world.chat().streaming());
        QVERIFY(world.settled());
        QCOMPARE(conversation.size(), 1);
        QCOMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "day"}));
        QCOMPARE(world.replyText(), QString("Hello **world**"));
        QCOMPARE(world.at(1, "html").toString(), QString("Hello <b>world</b>"));
        QCOMPARE(world.at(1, "streaming").toBool(), false);
        QCOMPARE(world.userText(), QString("Hello **world**"));
        QCOMPARE(world.at(0, "status").toString(), QString("complete"));
        const QVariantMap footer = world.at(0, "footer").toMap();
        QCOMPARE(footer["model"].toString(), QString("echo"));
        QVERIFY(!footer["tokens"].toString().isEmpty());
        QCOMPARE(footer["finish"].toString(), QString());
        QTRY_COMPARE(world.chat().title(), QString("Hello **world**"));
        QCOMPARE(world.tree(world.chat().conversationId()).messages.size(), std::size_t(2));
    }

    void nextMessageGoesIntoTheSameChat() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("one"));
        const QString id = world.chat().conversationId();
        QVERIFY(world.say("two"));
        QCOMPARE(world.chat().conversationId(), id);
        QCOMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "footer", "paragraph", "user", "day"}));
        QCOMPARE(world.conversationCount(), 1);
    }

    void stopKeepsTheTextSoFar() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/long:2000@200");
        world.send("go");
        QTRY_VERIFY(world.kind(0) == "paragraph" || world.kind(0) == "heading");
        QVERIFY(world.at(0, "streaming").toBool());
        world.chat().stop();
        QVERIFY(world.settled());
        QCOMPARE(world.at(0, "status").toString(), QString("stopped"));
        QVERIFY(!world.at(0, "footer").toMap()["finish"].toString().isEmpty());
        QVERIFY(!world.replyText().isEmpty());
        QVERIFY(world.composer().text().isEmpty()); // what was answered in part is not given back
        const ConversationTree tree = world.tree(world.chat().conversationId());
        QCOMPARE(tree.messages.back().status, MessageStatus::Stopped);
        QCOMPARE(toQt(textOf(tree.messages.back().message)).simplified().left(20),
                 world.replyText().simplified().left(20));
    }

    void continueBeginsWithThePartAndGoesOn() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/long:2000@200");
        world.send("go");
        QTRY_VERIFY(world.kind(0) == "paragraph" || world.kind(0) == "heading");
        world.chat().stop();
        QVERIFY(world.settled());
        const ConversationTree before = world.tree(world.chat().conversationId());
        const std::string part = textOf(before.messages.back().message);
        world.chat().setModel("playground/echo");
        world.chat().continueReply(world.at(0, "messageId").toString());
        QTRY_COMPARE(world.at(0, "versionCount").toInt(), 2);
        QVERIFY(world.settled());
        const ConversationTree after = world.tree(world.chat().conversationId());
        const std::string whole = textOf(after.messages.back().message);
        QVERIFY(whole.starts_with(part));
        QVERIFY(whole.size() > part.size());
        QCOMPARE(world.at(0, "versionIndex").toInt(), 2);
        QCOMPARE(world.at(0, "status").toString(), QString("complete"));
    }

    void messagesSentMeanwhileWaitAndGoInOrder() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/echo@20");
        world.send("first message here");
        world.send("second");
        world.send("third");
        QCOMPARE(world.composer().queue()->count(), 2);
        QCOMPARE(world.composer().queue()->index(0).data(QueueModel::TextRole).toString(), QString("second"));
        QTRY_COMPARE(world.composer().queue()->count(), 0);
        QTRY_COMPARE(world.userText(), QString("third"));
        QVERIFY(world.settled());
        QCOMPARE(world.replyText(), QString("third"));
        const ConversationTree tree = world.tree(world.chat().conversationId());
        QCOMPARE(tree.messages.size(), std::size_t(6));
        QCOMPARE(textOf(tree.messages[2].message), std::string("second"));
        QCOMPARE(world.conversationCount(), 1);
    }

    void whatWaitsCanBeChangedAndStaysAfterAStop() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/long:2000@200");
        world.send("go");
        world.send("second");
        world.send("third");
        world.composer().editQueued(0);
        QCOMPARE(world.composer().text(), QString("second"));
        QCOMPARE(world.composer().queue()->count(), 1);
        world.composer().setText("second, better");
        world.chat().send();
        world.composer().removeQueued(0);
        QCOMPARE(world.composer().queue()->index(0).data(QueueModel::TextRole).toString(), QString("second, better"));
        QTRY_VERIFY(!world.replyText().isEmpty());
        world.chat().stop();
        QVERIFY(world.settled());
        QCOMPARE(world.composer().queue()->count(), 1);
        world.chat().setModel("playground/echo");
        world.composer().sendQueued();
        QTRY_COMPARE(world.replyText(), QString("second, better"));
    }

    void editMakesAVersionAndTheSwitcherGoesBack() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("one"));
        QVERIFY(world.say("two"));
        const QString first = world.at(world.rowOf("user", world.rowOf("user") + 1), "messageId").toString();
        world.chat().edit(first, "uno");
        QTRY_COMPARE(world.userText(), QString("uno"));
        QVERIFY(world.settled());
        QCOMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "day"}));
        QCOMPARE(world.replyText(), QString("uno"));
        QCOMPARE(world.at(2, "versionIndex").toInt(), 2);
        QCOMPARE(world.at(2, "versionCount").toInt(), 2);
        world.chat().selectVersion(world.at(2, "messageId").toString(), -1);
        QTRY_COMPARE(world.userText(), QString("two"));
        QCOMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "footer", "paragraph", "user", "day"}));
        QCOMPARE(world.at(5, "versionIndex").toInt(), 1);
        world.chat().selectVersion(first, 1);
        QTRY_COMPARE(world.userText(), QString("uno"));
        world.chat().selectVersion(world.at(2, "messageId").toString(), 1); // there is none
        QTest::qWait(50);
        QCOMPARE(world.userText(), QString("uno"));
    }

    void regenerateMakesAnotherReply() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("one"));
        world.chat().regenerateWith(world.at(0, "messageId").toString(), "playground/long:5");
        QTRY_COMPARE(world.at(0, "versionCount").toInt(), 2);
        QVERIFY(world.settled());
        QVERIFY(world.replyText() != "one");
        QCOMPARE(world.chat().model(), QString("playground/echo"));
        world.chat().selectLastVersion(-1);
        QTRY_COMPARE(world.replyText(), QString("one"));
    }

    void forkCopiesThePath() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("one"));
        QVERIFY(world.say("two"));
        const QString original = world.chat().conversationId();
        const int firstFooter = world.rowOf("footer", 1);
        world.chat().fork(world.at(firstFooter, "messageId").toString());
        QTRY_VERIFY(world.chat().conversationId() != original);
        QTRY_COMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "day"}));
        QCOMPARE(world.tree(original).messages.size(), std::size_t(4));
        QCOMPARE(world.page->conversations.count(), 2);
    }

    void twoChatsStreamAtOnce() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/long:400@200");
        world.send("first");
        QTRY_VERIFY(!world.chat().conversationId().isEmpty());
        const QString first = world.chat().conversationId();
        world.chat().newChat();
        QVERIFY(!world.chat().streaming());
        QVERIFY(world.timeline().empty());
        world.chat().setModel("playground/long:400@200");
        world.send("second");
        QTRY_VERIFY(!world.chat().conversationId().isEmpty());
        const QString second = world.chat().conversationId();
        QVERIFY(first != second);
        QTRY_VERIFY(!world.replyText().isEmpty());
        QCOMPARE(world.page->replies.all().size(), std::size_t(2));
        world.chat().open(first);
        QTRY_COMPARE(world.userText(), QString("first"));
        QVERIFY(world.chat().streaming());
        QTRY_VERIFY(!world.replyText().isEmpty()); // what came meanwhile, and it goes on growing
        const qsizetype length = world.replyText().size();
        QTRY_VERIFY(world.replyText().size() > length);
        QVERIFY(world.settled());
        QTRY_COMPARE(world.page->replies.all().size(), std::size_t(0));
        auto& list = world.page->conversations;
        QCOMPARE(list.count(), 2);
        for (int row = 0; row < 2; ++row) {
            const bool isSecond = list.index(row).data(ConversationListModel::ConversationIdRole).toString() == second;
            QCOMPARE(list.index(row).data(ConversationListModel::UnreadRole).toBool(), isSecond);
        }
        world.chat().open(second);
        QTRY_COMPARE(world.userText(), QString("second"));
        QCOMPARE(world.at(0, "status").toString(), QString("complete"));
        QVERIFY(!list.index(0).data(ConversationListModel::UnreadRole).toBool());
        for (const QString& id : {first, second})
            QCOMPARE(world.tree(id).messages.back().status, MessageStatus::Complete);
    }

    void aNewChatThatIsLeftAtOnceGoesOnWithWhatWaits() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/echo@50");
        world.send("first of all");
        world.send("second");
        world.chat().newChat(); // before it has an id
        QCOMPARE(world.composer().queue()->count(), 0);
        QVERIFY(!world.chat().streaming());
        QSignalSpy ended(&world.chat(), &ChatController::replyFinished);
        QTRY_COMPARE(ended.size(), 2);
        QVERIFY(world.timeline().empty());
        QVERIFY(world.chat().conversationId().isEmpty());
        QCOMPARE(ended[1][2].toBool(), true);
        const ConversationTree tree = world.tree(ended[1][0].toString());
        QCOMPARE(tree.messages.size(), std::size_t(4));
        QCOMPARE(textOf(tree.messages[3].message), std::string("second"));
        QCOMPARE(world.conversationCount(), 1);
    }

    void stopAtOnceLeavesAStoppedReply() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/long:2000@100");
        world.send("go");
        world.chat().stop();
        QVERIFY(world.settled());
        QCOMPARE(world.at(0, "status").toString(), QString("stopped"));
        QCOMPARE(world.userText(), QString("go"));
        QCOMPARE(world.tree(world.chat().conversationId()).messages.back().status, MessageStatus::Stopped);
        QVERIFY(world.say("again"));
    }

    void unknownModelKeepsThePromptAndStoresNothing() {
        ChatWorld world(*m_folder);
        QSignalSpy failed(&world.chat(), &ChatController::failed);
        world.chat().setModel("no-such-model");
        world.send("precious text");
        QVERIFY(failed.wait());
        QVERIFY(!failed[0][1].toString().isEmpty());
        QCOMPARE(world.composer().text(), QString("precious text"));
        QVERIFY(!world.chat().streaming());
        QVERIFY(world.chat().conversationId().isEmpty());
        QVERIFY(world.timeline().empty());
        QCOMPARE(world.conversationCount(), 0);
    }

    void failedSendKeepsThePromptAndTheNextOneTakesItsPlace() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("one"));
        QVERIFY(world.say("two", "playground/fault-error-400"));
        QCOMPARE(world.kinds(), QStringList({"footer", "error", "user", "footer", "paragraph", "user", "day"}));
        QVERIFY(!world.at(1, "errorText").toString().isEmpty());
        QVERIFY(!world.at(1, "errorHint").toString().isEmpty());
        QCOMPARE(world.at(0, "status").toString(), QString("error"));
        QCOMPARE(world.composer().text(), QString("two"));
        world.chat().setModel("playground/echo");
        world.chat().send();
        QTRY_COMPARE(world.replyText(), QString("two"));
        QVERIFY(world.settled());
        // Not asked twice: the failed question is a version beside this one.
        QCOMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "footer", "paragraph", "user", "day"}));
        QCOMPARE(world.at(2, "versionCount").toInt(), 2);
    }

    void retryTakesThePromptOutOfTheComposer() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("two", "playground/fault-error-400"));
        QCOMPARE(world.composer().text(), QString("two"));
        world.chat().setModel("playground/echo");
        world.chat().retry(world.at(0, "messageId").toString());
        QTRY_COMPARE(world.replyText(), QString("two"));
        QVERIFY(world.settled());
        QVERIFY(world.composer().text().isEmpty());
    }

    void brokenReplyKeepsItsTextAndSaysWhy() {
        ChatWorld world(*m_folder);
        QVERIFY(
            world.say("the quick brown fox jumps over the lazy dog and then rests a while", "playground/fault-cut:5"));
        QCOMPARE(world.kinds().mid(0, 3), QStringList({"footer", "error", "paragraph"}));
        QVERIFY(!world.replyText().isEmpty());
        QVERIFY(world.composer().text().isEmpty());
    }

    void systemPromptAndParametersOfANewChatAreKept() {
        ChatWorld world(*m_folder);
        world.chat().setSystemPrompt("be brief");
        world.chat().setParameter("temperature", 0.5);
        world.chat().setParameter("max_output_tokens", 3.0);
        world.chat().setParameter("stop", QStringList{"END"});
        QVERIFY(world.say("one two three four five six"));
        QVERIFY(world.replyText().size() < 24);
        QVERIFY(!world.at(0, "footer").toMap()["finish"].toString().isEmpty()); // cut at the limit
        const Conversation stored = world.tree(world.chat().conversationId()).conversation;
        QCOMPARE(stored.systemPrompt, std::string("be brief"));
        QVERIFY(stored.parameters.at("max_tokens").is_int64());
        QCOMPARE(world.chat().parameters()["max_output_tokens"].toInt(), 3);
        world.chat().setParameter("max_output_tokens", {});
        QVERIFY(!world.chat().parameters().contains("max_output_tokens"));
        world.chat().newChat();
        QVERIFY(world.chat().systemPrompt().isEmpty());
        QVERIFY(world.chat().parameters().isEmpty());
    }

    void draftsSurviveARestart() {
        QString id;
        {
            ChatWorld world(*m_folder);
            QVERIFY(world.say("one"));
            id = world.chat().conversationId();
            world.composer().setText("half a thought");
            world.chat().newChat();
            QVERIFY(world.composer().text().isEmpty());
            world.composer().setText("another one");
        } // closed at once: nothing waits for a timer
        ChatWorld world(*m_folder);
        QTRY_COMPARE(world.composer().text(), QString("another one"));
        world.chat().open(id);
        QTRY_COMPARE(world.composer().text(), QString("half a thought"));
        auto& list = world.page->conversations;
        QTRY_COMPARE(list.count(), 1);
        QVERIFY(list.index(0).data(ConversationListModel::DraftRole).toBool());
        world.chat().newChat();
        QCOMPARE(world.composer().text(), QString("another one"));
    }

    void feedbackIsStored() {
        ChatWorld world(*m_folder);
        QVERIFY(world.say("one"));
        world.chat().setFeedback(world.at(0, "messageId").toString(), 1);
        QTRY_COMPARE(world.at(0, "feedback").toInt(), 1);
        QCOMPARE(world.tree(world.chat().conversationId()).messages.back().feedback, 1);
    }

    void editWhileItStreamsStopsFirst() {
        ChatWorld world(*m_folder);
        world.chat().setModel("playground/long:2000@200");
        world.send("go");
        QTRY_VERIFY(!world.replyText().isEmpty());
        world.chat().setModel("playground/echo");
        world.chat().edit(world.at(world.rowOf("user"), "messageId").toString(), "went");
        QTRY_COMPARE(world.userText(), QString("went"));
        QVERIFY(world.settled());
        QCOMPARE(world.replyText(), QString("went"));
        QCOMPARE(world.page->replies.all().size(), std::size_t(0));
    }

    void withoutAHistoryAChatLivesInTheWindow() {
        ChatWorld world(*m_folder, "[history]\nenabled = false\n");
        QVERIFY(world.started);
        QVERIFY(world.say("one"));
        QCOMPARE(world.replyText(), QString("one"));
        QVERIFY(world.say("two"));
        QCOMPARE(world.kinds(), QStringList({"footer", "paragraph", "user", "footer", "paragraph", "user", "day"}));
        QCOMPARE(world.replyText(), QString("two"));
        QVERIFY(world.chat().contextTokens() > 4); // it was asked with what was said before
        QVERIFY(world.chat().historyError().isEmpty());
        QVERIFY(world.chat().conversationId().isEmpty());
        QCOMPARE(world.page->conversations.count(), 0);
        world.chat().newChat();
        QVERIFY(world.timeline().empty());
    }

    void newChatsAskWhatWasUsedLast() {
        {
            ChatWorld world(*m_folder);
            QVERIFY(world.say("one", "playground/long:7"));
        }
        ChatWorld world(*m_folder);
        QTRY_COMPARE(world.page->models.rowOf("playground/echo") >= 0, true);
        QTRY_COMPARE(world.page->conversations.count(), 1);
        // long:7 is not among the listed ones, so the first of the list is asked.
        QCOMPARE(world.chat().model(), world.page->models.defaultModel());
        world.chat().setModel("playground/echo");
        world.chat().newChat();
        QCOMPARE(world.chat().model(), QString("playground/echo"));
        world.chat().setPreferredModel("playground/long:9");
        QCOMPARE(world.chat().model(), QString("playground/long:9"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(TurnsTest)
#include "turns_test.moc"
