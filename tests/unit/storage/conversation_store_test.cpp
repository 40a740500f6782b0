#include <QtTest>

#include "storage/conversation_store.h"
#include "storage/message_store.h"
#include "storage/search_store.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

struct Stores : DatabaseFixture {
    std::unique_ptr<ConversationStore> conversations;
    std::unique_ptr<MessageStore> messages;

    void start() {
        open().value();
        conversations = std::make_unique<ConversationStore>(*database);
        messages = std::make_unique<MessageStore>(*database);
    }
    std::string conversation(std::string title = {}, std::int64_t time = 0) {
        const std::string id = ids.next();
        wait(conversations->create({.id = id, .title = std::move(title), .createdAt = time, .updatedAt = time}))
            .value();
        return id;
    }
    std::string say(const std::string& conversation, std::string text, std::optional<std::string> parent = {}) {
        MessageRecord record{.id = ids.next(),
                             .conversationId = conversation,
                             .parentId = parent.value_or(""),
                             .message = textMessage(Role::User, std::move(text))};
        return wait(messages->add(std::move(record),
                                  parent ? MessageStore::Place::UnderParent : MessageStore::Place::UnderActiveLeaf))
            .value()
            .id;
    }
    std::string path(const std::string& conversation) {
        std::string joined;
        for (const MessageRecord& record : wait(messages->activePath(conversation)).value())
            joined += textOf(record.message) + " ";
        return joined;
    }
};

} // namespace

class ConversationStoreTest : public QObject {
    Q_OBJECT
private slots:
    void conversationComesBackEqual() {
        Stores stores;
        stores.start();
        const Conversation conversation{.id = stores.ids.next(),
                                        .title = "标题 'quoted'",
                                        .titleIsAuto = false,
                                        .createdAt = 5,
                                        .updatedAt = 6,
                                        .model = "fast",
                                        .systemPrompt = "be brief",
                                        .parameters = {{"temperature", 0.5}, {"stop", {"a", "b"}}},
                                        .folder = "work",
                                        .pinned = true,
                                        .draft = "half a th"};
        QVERIFY_OK(stores.wait(stores.conversations->create(conversation)));
        auto found = stores.wait(stores.conversations->get(conversation.id));
        QVERIFY_OK(found);
        QVERIFY(*found == conversation);
        QCOMPARE(stores.wait(stores.conversations->create(conversation)).error().code, ErrorCode::Conflict);
        QCOMPARE(stores.wait(stores.conversations->get("nope' OR 1=1 --")).error().code, ErrorCode::NotFound);
    }

    void pathComesInPagesWithVersions() {
        Stores stores;
        stores.start();
        const std::string conversation = stores.conversation();
        const std::string other = stores.conversation();
        stores.say(other, "other root"); // no version of ours, although it is a root, too
        const std::string root = stores.say(conversation, "1");
        stores.say(conversation, "2a", root);
        const std::string second = stores.say(conversation, "2b", root);
        const std::string third = stores.say(conversation, "3");
        auto page = stores.wait(stores.messages->pathUp(third, 2));
        QVERIFY_OK(page);
        QCOMPARE(page->messages.size(), std::size_t(2));
        QCOMPARE(page->messages[0].record.id, third);
        QCOMPARE(page->messages[0].versions, 1);
        QCOMPARE(page->messages[1].record.id, second);
        QCOMPARE(page->messages[1].version, 2);
        QCOMPARE(page->messages[1].versions, 2);
        QVERIFY(page->more);
        page = stores.wait(stores.messages->pathUp(page->messages[1].record.parentId, 2));
        QVERIFY_OK(page);
        QCOMPARE(page->messages.size(), std::size_t(1));
        QCOMPARE(page->messages[0].record.id, root);
        QCOMPARE(page->messages[0].versions, 1);
        QVERIFY(!page->more);
        QCOMPARE(stores.wait(stores.messages->versions(second)).value().back(), second);
        QCOMPARE(stores.wait(stores.messages->versions(root)).value(), std::vector<std::string>{root});
        QCOMPARE(stores.wait(stores.messages->pathUp("nope", 2)).error().code, ErrorCode::NotFound);
        QCOMPARE(stores.wait(stores.messages->costOf(conversation)).value(), std::nullopt);
    }

    void messageComesBackEqual() {
        Stores stores;
        stores.start();
        MessageRecord record{.id = stores.ids.next(),
                             .conversationId = stores.conversation(),
                             .message = textMessage(Role::Assistant, "answer"),
                             .model = "gpt",
                             .provider = "openai",
                             .status = MessageStatus::Error,
                             .finishReason = "error",
                             .error = makeError(ErrorCode::Truncated, "cut", "ask again"),
                             .usage = {.inputTotal = 3, .outputTotal = 4},
                             .costNanoUsd = 12345678901,
                             .traceId = "trace",
                             .createdAt = 7,
                             .firstTokenMs = 120,
                             .durationMs = 900,
                             .feedback = -1};
        QVERIFY_OK(stores.wait(stores.messages->add(record, MessageStore::Place::UnderParent)));
        auto found = stores.wait(stores.messages->get(record.id));
        QVERIFY_OK(found);
        QVERIFY(*found == record);
    }

    void listIsPinnedFirstThenNewestAndPages() {
        Stores stores;
        stores.start();
        std::vector<std::string> ids;
        for (int i = 0; i < 25; ++i)
            ids.push_back(stores.conversation("c" + std::to_string(i), 1000 + i / 3)); // some share a time
        QVERIFY_OK(stores.wait(stores.conversations->patch(ids[4], {.folder = "work", .pinned = true})));
        std::vector<std::string> seen;
        ConversationFilter filter{.limit = 10};
        int pages = 0;
        do {
            auto page = stores.wait(stores.conversations->list(filter));
            QVERIFY_OK(page);
            for (const Conversation& conversation : page->items)
                seen.push_back(conversation.id);
            filter.cursor = page->nextCursor;
            ++pages;
        } while (!filter.cursor.empty() && pages < 10);
        QCOMPARE(pages, 3);
        std::vector<std::string> expected(ids.rbegin(), ids.rend());
        std::erase(expected, ids[4]);
        expected.insert(expected.begin(), ids[4]);
        QVERIFY(seen == expected);
        QCOMPARE(stores.wait(stores.conversations->list({.folder = "work"})).value().items.size(), std::size_t{1});
        QCOMPARE(stores.wait(stores.conversations->list({.folder = ""})).value().items.size(), std::size_t{24});
        QCOMPARE(stores.wait(stores.conversations->list({.pinned = true})).value().items.size(), std::size_t{1});
        QVERIFY(stores.wait(stores.conversations->folders()).value() == std::vector<std::string>{"work"});
        QCOMPARE(stores.wait(stores.conversations->list({.cursor = "garbage"})).error().code,
                 ErrorCode::InvalidRequest);
    }

    void patchChangesOnlyWhatIsSet() {
        Stores stores;
        stores.start();
        const std::string id = stores.conversation("old", 5);
        auto patched =
            stores.wait(stores.conversations->patch(id, {.title = "new", .parameters = json::object{{"a", 1}}}));
        QVERIFY_OK(patched);
        QCOMPARE(patched->title, std::string("new"));
        QVERIFY(!patched->titleIsAuto);
        QCOMPARE(patched->updatedAt, 5);
        QVERIFY_OK(stores.wait(stores.conversations->setAutoTitle(id, "auto"))); // a person's title stays
        QCOMPARE(stores.wait(stores.conversations->patch(id, {.draft = "d"})).value().title, std::string("new"));
        QCOMPARE(stores.wait(stores.conversations->patch(id, {.title = ""})).value().title, std::string());
        QCOMPARE(stores.wait(stores.conversations->patch("none", {.title = "x"})).error().code, ErrorCode::NotFound);
    }

    void siblingsKeepTheirBranches() {
        Stores stores;
        stores.start();
        const std::string c = stores.conversation();
        const std::string a = stores.say(c, "a"), b = stores.say(c, "b"), d = stores.say(c, "d");
        QCOMPARE(stores.path(c), std::string("a b d "));
        const std::string b2 = stores.say(c, "b2", a);
        const std::string e = stores.say(c, "e");
        QCOMPARE(stores.path(c), std::string("a b2 e "));
        QCOMPARE(stores.wait(stores.messages->selectBranch(b)).value(), d);
        QCOMPARE(stores.path(c), std::string("a b d "));
        QCOMPARE(stores.wait(stores.messages->selectBranch(a)).value(), e); // the newest child at every fork
        stores.say(c, "root2", std::string());
        QCOMPARE(stores.path(c), std::string("root2 "));
        auto tree = stores.wait(stores.conversations->tree(c));
        QCOMPARE(tree->messages.size(), std::size_t{6});
        QCOMPARE(stores.wait(stores.messages->pathTo(b2)).value().size(), std::size_t{2});
        QCOMPARE(stores.wait(stores.messages->pathTo("none")).error().code, ErrorCode::NotFound);
        QCOMPARE(stores.wait(stores.messages->selectBranch("none")).error().code, ErrorCode::NotFound);
    }

    void parentOfAnotherConversationIsRefused() {
        Stores stores;
        stores.start();
        const std::string one = stores.conversation(), two = stores.conversation();
        const std::string foreign = stores.say(one, "a");
        auto added = stores.wait(stores.messages->add(
            {.id = stores.ids.next(), .conversationId = two, .parentId = foreign}, MessageStore::Place::UnderParent));
        QVERIFY(!added);
        QCOMPARE(added.error().code, ErrorCode::NotFound);
        QCOMPARE(stores
                     .wait(stores.messages->add({.id = stores.ids.next(), .conversationId = "none"},
                                                MessageStore::Place::UnderActiveLeaf))
                     .error()
                     .code,
                 ErrorCode::NotFound);
    }

    void trashHidesRestoresAndPurges() {
        Stores stores;
        stores.start();
        SearchStore search(*stores.database);
        const std::string c = stores.conversation("kept");
        stores.say(c, "findable");
        QVERIFY_OK(stores.wait(stores.conversations->moveToTrash(c, 1000)));
        QVERIFY_OK(stores.wait(stores.conversations->moveToTrash(c, 9000))); // the first time counts
        QVERIFY(stores.wait(stores.conversations->list({})).value().items.empty());
        QCOMPARE(stores.wait(stores.conversations->list({.trash = true})).value().items.size(), std::size_t{1});
        QCOMPARE(stores.wait(search.search("findable")).value().total, 0);
        QVERIFY_OK(stores.wait(stores.conversations->restore(c)));
        QCOMPARE(stores.wait(search.search("findable")).value().total, 1);
        QVERIFY_OK(stores.wait(stores.conversations->moveToTrash(c, 1000)));
        QCOMPARE(stores.wait(stores.conversations->purgeTrash(1000)).value(), 0);
        QCOMPARE(stores.wait(stores.conversations->purgeTrash(1001)).value(), 1);
        QCOMPARE(stores.wait(stores.conversations->get(c)).error().code, ErrorCode::NotFound);
        QCOMPARE(stores.wait(stores.conversations->restore(c)).error().code, ErrorCode::NotFound);
    }

    void purgeOfALongThreadLeavesNothingBehind() {
        Stores stores;
        stores.start();
        SearchStore search(*stores.database);
        Conversation conversation{.id = stores.ids.next(), .title = "deep 深"};
        std::vector<MessageRecord> records; // deeper than SQLite would cascade
        for (int i = 0; i < 3000; ++i)
            records.push_back({.id = stores.ids.next(),
                               .conversationId = conversation.id,
                               .parentId = records.empty() ? "" : records.back().id,
                               .message = textMessage(Role::User, "secret 秘密 " + std::to_string(i)),
                               .createdAt = 1});
        conversation.activeLeaf = records.back().id;
        QVERIFY_OK(stores.wait(stores.conversations->create(conversation, records)));
        QCOMPARE(stores.wait(stores.messages->activePath(conversation.id)).value().size(), std::size_t{3000});
        QCOMPARE(stores.wait(search.search("秘密")).value().totalText(), std::string("1000+"));
        QVERIFY_OK(stores.wait(stores.conversations->purge(conversation.id)));
        QCOMPARE(stores.wait(search.search("秘密")).value().total, 0);
        auto left = stores.wait(stores.database->run([](Connection& connection) -> Result<std::int64_t> {
            // The index itself must be empty too, not only hidden.
            if (auto sound = connection.run("INSERT INTO search_index (search_index) VALUES ('integrity-check')");
                !sound)
                return sound.error();
            return connection.integer("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM search_docs) + "
                                      "(SELECT count(*) FROM search_index WHERE search_index MATCH 'secret')");
        }));
        QVERIFY_OK(left);
        QCOMPARE(*left, 0);
    }

    void feedbackIsKept() {
        Stores stores;
        stores.start();
        const std::string message = stores.say(stores.conversation(), "a");
        QVERIFY_OK(stores.wait(stores.messages->setFeedback(message, 1)));
        QCOMPARE(stores.wait(stores.messages->get(message)).value().feedback, 1);
        QCOMPARE(stores.wait(stores.messages->setFeedback("none", 1)).error().code, ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(ConversationStoreTest)
#include "conversation_store_test.moc"
