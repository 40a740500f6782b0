// The lists beside the chat: conversations, search, models.
#include "chat_world.h"

using namespace patchbay;
using namespace patchbay::test;

using List = ConversationListModel;

class ListsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_world = std::make_unique<ChatWorld>(*m_folder);
        QVERIFY(m_world->started);
    }
    void cleanup() {
        m_world.reset();
        m_folder.reset();
    }

    void chatsStandInSections() {
        const std::int64_t now = QDateTime::currentMSecsSinceEpoch(), day = 86400000;
        put("old", now - 400 * day);
        put("week", now - 3 * day);
        put("today", now);
        put("month", now - 20 * day);
        put("yesterday", now - day);
        Conversation pinned{.title = "pinned", .updatedAt = now - 500 * day, .pinned = true};
        Conversation filed{.title = "filed", .updatedAt = now - 600 * day, .folder = "Work"};
        m_world->put(pinned, {});
        m_world->put(filed, {});
        QAbstractItemModelTester tester(&list());
        list().reload();
        QTRY_COMPARE(list().count(), 7);
        QCOMPARE(column(List::TitleRole),
                 QStringList({"pinned", "filed", "today", "yesterday", "week", "month", "old"}));
        const QStringList sections = column(List::SectionRole);
        QCOMPARE(sections.mid(0, 6),
                 QStringList({"Pinned", "Work", "Today", "Yesterday", "Previous 7 days", "Previous 30 days"}));
        QVERIFY(sections[6].contains(QString::number(QDate::currentDate().addDays(-400).year())));
        QCOMPARE(list().folders(), QStringList{"Work"});
        // Each change moves one row, no reset.
        QSignalSpy resets(&list(), &QAbstractItemModel::modelReset);
        list().setPinned(idOf("week"), true);
        QTRY_COMPARE(column(List::TitleRole).mid(0, 2), QStringList({"week", "pinned"}));
        list().moveToFolder(idOf("old"), "Home");
        QTRY_COMPARE(list().folders(), QStringList({"Home", "Work"}));
        QCOMPARE(column(List::TitleRole),
                 QStringList({"week", "pinned", "old", "filed", "today", "yesterday", "month"}));
        list().rename(idOf("today"), "  renamed   now ");
        QTRY_VERIFY(column(List::TitleRole).contains("renamed now"));
        list().setPinned(idOf("week"), false);
        QTRY_COMPARE(column(List::TitleRole),
                     QStringList({"pinned", "old", "filed", "renamed now", "yesterday", "week", "month"}));
        QCOMPARE(resets.size(), 0);
        list().setFilter("YEST");
        QTRY_COMPARE(column(List::TitleRole), QStringList{"yesterday"});
        list().setFilter({});
        QTRY_COMPARE(list().count(), 7);
    }

    void longListsComeInPages() {
        for (int i = 0; i < 70; ++i)
            put("chat " + std::to_string(i), 1000 + i);
        list().reload();
        QTRY_COMPARE(list().count(), 50); // no model tester: it would fetch the rest by itself
        QVERIFY(list().canFetchMore({}));
        list().fetchMore({});
        QTRY_COMPARE(list().count(), 70);
        QVERIFY(!list().canFetchMore({}));
        QCOMPARE(column(List::TitleRole).last(), QString("chat 0"));
        list().setFilter("chat 1");
        QTRY_COMPARE(list().count(), 11); // not only those that were loaded
    }

    void removedChatsComeBack() {
        QVERIFY(m_world->say("keep me"));
        const QString id = m_world->chat().conversationId();
        QTRY_COMPARE(list().count(), 1);
        QTRY_COMPARE(column(List::TitleRole), QStringList{"keep me"});
        QCOMPARE(list().currentRow(), 0);
        list().remove(id);
        QTRY_COMPARE(list().count(), 0);
        QVERIFY(list().undoAvailable());
        QVERIFY(list().undoText().contains("keep me"));
        QVERIFY(m_world->chat().conversationId().isEmpty()); // it was open
        QCOMPARE(m_world->conversationCount(), 0);
        list().undoRemove();
        QTRY_COMPARE(column(List::TitleRole), QStringList{"keep me"});
        QVERIFY(!list().undoAvailable());
        list().remove(id);
        QTRY_COMPARE(list().count(), 0);
        list().setShowTrash(true);
        QTRY_COMPARE(column(List::TitleRole), QStringList{"keep me"});
        list().restore(id);
        QTRY_COMPARE(list().count(), 0);
        list().setShowTrash(false);
        QTRY_COMPARE(list().count(), 1);
        list().remove(id);
        QTRY_COMPARE(list().count(), 0);
        list().setShowTrash(true);
        QTRY_COMPARE(list().count(), 1);
        list().purge(id);
        QTRY_COMPARE(list().count(), 0);
        QVERIFY(!m_world->history<Conversation>([id](HistoryService& h) { return h.conversation(id.toStdString()); }));
    }

    void nextAndPreviousGoRound() {
        const QString a = put("a", 3), b = put("b", 2), c = put("c", 1);
        list().reload();
        QTRY_COMPARE(list().count(), 3);
        m_world->chat().nextChat();
        QTRY_COMPARE(m_world->chat().conversationId(), a);
        m_world->chat().nextChat();
        QTRY_COMPARE(m_world->chat().conversationId(), b);
        QVERIFY(list().index(1).data(List::CurrentRole).toBool());
        m_world->chat().previousChat();
        QTRY_COMPARE(m_world->chat().conversationId(), a);
        m_world->chat().previousChat();
        QTRY_COMPARE(m_world->chat().conversationId(), c);
    }

    void searchFindsAndJumps() {
        const QString far =
            m_world->put({.title = "far"}, {ChatWorld::text(patchbay::Role::User, "the <quick> brown fox", 1000),
                                            ChatWorld::text(patchbay::Role::Assistant, "jumps", 1000)});
        QVERIFY(m_world->say("你好世界"));
        SearchModel& search = m_world->page->search;
        QAbstractItemModelTester tester(&search);
        search.setQuery("qui");
        QVERIFY(search.busy());
        QTRY_COMPARE(search.count(), 1);
        QVERIFY(!search.busy());
        QCOMPARE(search.totalText(), QString("1"));
        QCOMPARE(search.index(0).data(SearchModel::SnippetRole).toString(),
                 QString("the &lt;<b>quick</b>&gt; brown fox"));
        QSignalSpy jump(&m_world->chat(), &ChatController::jumpRequested);
        search.openRow(0);
        QVERIFY(jump.wait());
        QCOMPARE(m_world->chat().conversationId(), far);
        QCOMPARE(m_world->at(jump[0][0].toInt(), "plain").toString(), QString("the <quick> brown fox"));
        search.setQuery("世");
        QTRY_VERIFY(search.count() >= 2); // question and answer
        search.setQuery("");
        QCOMPARE(search.count(), 0);
        QVERIFY(search.totalText().isEmpty());
    }

    void searchChangesTheBranchWhereItMust() {
        QVERIFY(m_world->say("hidden words"));
        const QString id = m_world->chat().conversationId();
        const QString hidden = m_world->at(m_world->rowOf("user"), "messageId").toString();
        m_world->chat().edit(hidden, "shown words");
        QTRY_COMPARE(m_world->userText(), QString("shown words"));
        QVERIFY(m_world->settled());
        m_world->chat().newChat();
        QSignalSpy jump(&m_world->chat(), &ChatController::jumpRequested);
        m_world->chat().openAt(id, hidden);
        QVERIFY(jump.wait());
        QCOMPARE(m_world->userText(), QString("hidden words"));
    }

    void modelsAreListed() {
        ModelListModel& models = m_world->page->models;
        QAbstractItemModelTester tester(&models);
        QTRY_VERIFY(models.rowOf("playground/echo") >= 0);
        const int all = models.count();
        const QModelIndex echo = models.index(models.rowOf("playground/echo"));
        QCOMPARE(echo.data(ModelListModel::LabelRole).toString(), QString("echo"));
        QCOMPARE(echo.data(ModelListModel::GroupRole).toString(), QString("playground"));
        QVERIFY(echo.data(ModelListModel::LocalRole).toBool());
        QCOMPARE(m_world->chat().model(), models.defaultModel());
        models.setFilter("ECHO");
        QVERIFY(models.count() > 0 && models.count() < all);
        models.setFilter("nothing like it");
        QCOMPARE(models.count(), 0);
        QCOMPARE(models.rowOf("playground/echo"), -1);
    }

    void knownModelsHavePricesAndLimits() {
        m_world.reset();
        m_world = std::make_unique<ChatWorld>(
            *m_folder, "[[providers]]\nid = \"local\"\nvendor = \"openai\"\nformat = \"openai\"\n"
                       "base_url = \"http://127.0.0.1:9/v1\"\n"
                       "[[models]]\nname = \"smart\"\n"
                       "deployments = [ { provider = \"local\", model = \"gpt-4o\" } ]\n");
        QVERIFY(m_world->started);
        ModelListModel& models = m_world->page->models;
        QTRY_VERIFY_WITH_TIMEOUT(models.rowOf("smart") >= 0, 10000);
        const QModelIndex smart = models.index(models.rowOf("smart"));
        QCOMPARE(smart.data(ModelListModel::PriceTextRole).toString(), QString("$2.50 / $10.00 per 1M"));
        QCOMPARE(smart.data(ModelListModel::ContextWindowRole).toInt(), 128000);
        QVERIFY(smart.data(ModelListModel::VisionRole).toBool());
        m_world->chat().setModel("smart");
        QTRY_COMPARE(m_world->chat().contextLimit(), 128000);
        QCOMPARE(m_world->chat().contextTokens(), 0);
        QVERIFY(m_world->chat().estimateText().isEmpty());
        m_world->composer().setText(QString("word ").repeated(1000));
        QVERIFY(m_world->chat().contextTokens() > 800 && m_world->chat().contextTokens() < 2000);
        QVERIFY(m_world->chat().estimateText().startsWith("US$0.00"));
    }

private:
    List& list() { return m_world->page->conversations; }
    QString put(std::string title, std::int64_t updatedAt) {
        return m_world->put({.title = std::move(title), .createdAt = updatedAt, .updatedAt = updatedAt}, {});
    }
    QStringList column(int role) {
        QStringList values;
        for (int row = 0; row < list().count(); ++row)
            values += list().index(row).data(role).toString();
        return values;
    }
    QString idOf(const QString& title) {
        const int row = static_cast<int>(column(List::TitleRole).indexOf(title));
        return list().index(row).data(List::ConversationIdRole).toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ChatWorld> m_world;
};

QTEST_MAIN(ListsTest)
#include "lists_test.moc"
