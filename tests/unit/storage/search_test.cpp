#include <set>

#include <QtTest>

#include "storage/conversation_store.h"
#include "storage/message_store.h"
#include "storage/search_index.h"
#include "storage/search_store.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

struct Library : DatabaseFixture {
    std::string conversation;

    void start(std::string title = "Untitled talk") {
        open().value();
        conversation = ids.next();
        ConversationStore conversations(*database);
        wait(conversations.create({.id = conversation, .title = std::move(title), .createdAt = 1})).value();
    }
    std::string say(std::string text, std::int64_t time = 10) {
        MessageStore messages(*database);
        return wait(messages.add({.id = ids.next(),
                                  .conversationId = conversation,
                                  .message = textMessage(Role::User, std::move(text)),
                                  .createdAt = time},
                                 MessageStore::Place::UnderActiveLeaf))
            .value()
            .id;
    }
    SearchPage find(std::string text, int limit = 20, std::string cursor = {}) {
        SearchStore search(*database);
        return wait(search.search(std::move(text), limit, std::move(cursor))).value();
    }
    std::string found(std::string text) { // the part of the snippet that was hit, of the newest hit
        const SearchPage page = find(std::move(text));
        if (page.hits.empty())
            return "nothing";
        const SearchHit& hit = page.hits.front();
        return hit.snippet.substr(hit.hit.begin, hit.hit.end - hit.hit.begin);
    }
};

} // namespace

class SearchTest : public QObject {
    Q_OBJECT
private slots:
    void textIsCutIntoTokens_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("tokens");
        QTest::newRow("latin") << "Hello, World-2" << "hello world 2";
        QTest::newRow("accents") << "Café ÀÉÎ" << "cafe aei";
        QTest::newRow("combining accent") << QString::fromUtf8("cafe\xCC\x81") << "cafe";
        QTest::newRow("chinese") << "使用Qt6框架。" << "使 用 qt6 框 架";
        QTest::newRow("kana and hangul") << "カタカナ ひら 한글" << "カ タ カ ナ ひ ら 한 글";
        QTest::newRow("half-width kana") << "ｶﾞｷﾞ" << "ガ ギ";
        QTest::newRow("full-width latin") << "ＡＢＣ１２" << "abc12";
        QTest::newRow("extension B and G") << QString::fromUtf8("𠀀𰀀") << QString::fromUtf8("𠀀 𰀀");
        QTest::newRow("emoji") << "ok👍fine 👩‍💻" << "ok 👍 fine 👩 💻";
        QTest::newRow("quotes and operators") << "a\"b* NOT (c)" << "a b not c";
        QTest::newRow("sharp s") << "Straße" << "strasse";
        QTest::newRow("russian") << "Привет МИР" << "привет мир";
        QTest::newRow("only marks") << ".,;!? \n" << "";
    }
    void textIsCutIntoTokens() {
        QFETCH(QString, text);
        QFETCH(QString, tokens);
        QCOMPARE(QString::fromStdString(searchIndexText(text.toStdString())), tokens);
    }

    void tokensPointIntoTheOriginal() {
        const std::string text = "x 你好，Ａb";
        const auto tokens = searchTokens(text);
        QCOMPARE(tokens.size(), std::size_t{4});
        QCOMPARE(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), std::string("你"));
        QCOMPARE(text.substr(tokens[3].begin, tokens[3].end - tokens[3].begin), std::string("Ａb"));
        QCOMPARE(tokens[3].text, std::string("ab"));
    }

    void shortChineseQueriesAreFound() {
        Library library;
        library.start();
        library.say("今天天气很好，我们去公园散步吧。");
        QCOMPARE(library.found("天"), std::string("天"));
        QCOMPARE(library.found("天气"), std::string("天气"));
        QCOMPARE(library.found("公园散步"), std::string("公园散步"));
        QCOMPARE(library.find("气天").total, 0); // a phrase, not a set
        QCOMPARE(library.find("天气 公园").total, 1);
        QCOMPARE(library.find("天气 北京").total, 0);
    }

    void latinWordsMatchByPrefixAtTheEnd() {
        Library library;
        library.start();
        library.say("Programming in C++ with Äpfel and snake_case names");
        QCOMPARE(library.found("progr"), std::string("Programming"));
        QCOMPARE(library.find("rogramming").total, 0);
        QCOMPARE(library.find("progr with").total, 0); // only the last word goes on
        QCOMPARE(library.find("programming wi").total, 1);
        QCOMPARE(library.found("apfel"), std::string("Äpfel"));
        QCOMPARE(library.found("snake_case"), std::string("snake_case"));
        QCOMPARE(library.find("\"progr\"").total, 0); // quoted words are whole
        QCOMPARE(library.found("\"with äpfel\""), std::string("with Äpfel"));
        QCOMPARE(library.find("\"äpfel with\"").total, 0);
    }

    void emojiIsFound() {
        Library library;
        library.start();
        library.say("ship it🚀now");
        QCOMPARE(library.found("🚀"), std::string("🚀"));
        QCOMPARE(library.found("it🚀"), std::string("it🚀"));
        QCOMPARE(library.find("🛸").total, 0);
    }

    void noQueryIsAnInjection_data() {
        QTest::addColumn<QString>("query");
        for (const char* query : {"\"",
                                  "\"\"",
                                  "\"unclosed",
                                  "a\" OR \"b",
                                  "*",
                                  "foo*",
                                  "NOT",
                                  "AND OR",
                                  "NEAR(a b)",
                                  "body:foo",
                                  "^foo",
                                  "(",
                                  ")",
                                  "a AND",
                                  "-foo",
                                  "'; DROP TABLE messages; --",
                                  "{a b}: c",
                                  "%",
                                  "\\",
                                  "?1",
                                  "search_index MATCH 'x'",
                                  "\x01",
                                  ""})
            QTest::newRow(query) << QString::fromUtf8(query);
    }
    void noQueryIsAnInjection() {
        QFETCH(QString, query);
        Library library;
        library.start();
        library.say("harmless text");
        SearchStore search(*library.database);
        auto page = library.wait(search.search(query.toStdString()));
        QVERIFY_OK(page);
        QCOMPARE(page->total, 0);
        QCOMPARE(library.find("harmless").total, 1);
    }

    void operatorsInQueriesAreWords() {
        Library library;
        library.start();
        library.say("to be or not to be");
        QCOMPARE(library.find("NOT to").total, 1);
        QCOMPARE(library.find("be OR missing").total, 0);
    }

    void newestComesFirstAndPagesDoNotOverlap() {
        Library library;
        library.start();
        // Stored in another order than made, some in the same millisecond.
        std::map<std::int64_t, int> perTime;
        for (const std::int64_t time : {50, 10, 30, 30, 20, 40, 30})
            library.say("needle at " + std::to_string(time), time), ++perTime[time];
        std::vector<std::int64_t> times;
        std::set<std::string> messages;
        std::string cursor;
        do {
            const SearchPage page = library.find("needle", 3, cursor);
            QCOMPARE(page.total, 7);
            for (const SearchHit& hit : page.hits) {
                times.push_back(hit.createdAt);
                messages.insert(hit.messageId);
            }
            cursor = page.nextCursor;
        } while (!cursor.empty());
        QVERIFY((times == std::vector<std::int64_t>{50, 40, 30, 30, 30, 20, 10}));
        QCOMPARE(messages.size(), std::size_t{7});
        SearchStore search(*library.database);
        QCOMPARE(library.wait(search.search("needle", 3, "1 OR 1")).error().code, ErrorCode::InvalidRequest);
    }

    void snippetShowsTheHitInItsSurroundings() {
        Library library;
        library.start();
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += "前面的文字 filler ";
        text += "\nthe Needle 针 here\n";
        for (int i = 0; i < 100; ++i)
            text += "后面的文字 filler ";
        library.say(text);
        const SearchPage page = library.find("needle针");
        QCOMPARE(page.hits.size(), std::size_t{1});
        const SearchHit& hit = page.hits.front();
        QCOMPARE(hit.snippet.substr(hit.hit.begin, hit.hit.end - hit.hit.begin), std::string("Needle 针"));
        QVERIFY(hit.snippet.starts_with("…") && hit.snippet.ends_with("…"));
        QVERIFY(hit.snippet.size() < 300);
        QVERIFY(hit.snippet.find('\n') == std::string::npos);
        QCOMPARE(QString::fromStdString(hit.snippet).toStdString(), hit.snippet); // no character is cut
    }

    void titlesAreFoundUnderTheirPresentName() {
        Library library;
        library.start("Reise nach 東京");
        QCOMPARE(library.found("東京"), std::string("東京"));
        QVERIFY(library.find("東京").hits.front().messageId.empty());
        ConversationStore conversations(*library.database);
        QVERIFY_OK(library.wait(conversations.patch(library.conversation, {.title = "Reise nach 大阪"})));
        QCOMPARE(library.find("東京").total, 0);
        QCOMPARE(library.find("大阪").total, 1);
    }

    void tenThousandHitsAreCountedAs1000AndMore() {
        Library library;
        library.start();
        Conversation many{.id = library.ids.next(), .title = "many"};
        std::vector<MessageRecord> records;
        for (int i = 0; i < 10'000; ++i)
            records.push_back(
                {.id = library.ids.next(),
                 .conversationId = many.id,
                 .parentId = records.empty() ? "" : records.back().id,
                 .message = textMessage(i % 2 ? Role::Assistant : Role::User,
                                        "message number " + std::to_string(i) + " 第" + std::to_string(i) + "条消息"),
                 .createdAt = 1000 + i});
        ConversationStore conversations(*library.database);
        QVERIFY_OK(library.wait(conversations.create(many, std::move(records))));
        QElapsedTimer timer;
        timer.start();
        const SearchPage page = library.find("消息");
        qInfo("a search with 10,000 hits took %lld ms", timer.elapsed());
        QCOMPARE(page.totalText(), std::string("1000+"));
        QCOMPARE(page.hits.size(), std::size_t{20});
        QCOMPARE(page.hits.front().createdAt, 10'999);
        QCOMPARE(library.find("9999").totalText(), std::string("1"));
        QCOMPARE(library.find("nothing of that").totalText(), std::string("0"));
        QVERIFY(timer.elapsed() < 2000);
    }

    void outdatedIndexIsBuiltAnew() {
        Library library;
        library.start("Title 標題");
        library.say("body 正文");
        const auto rebuild = [&] {
            return library.wait(
                library.database->run([](Connection& connection) { return rebuildSearchIndexIfOutdated(connection); }));
        };
        QVERIFY(rebuild().value()); // never noted before
        QVERIFY(!rebuild().value());
        QCOMPARE(library.find("正文").total, 1);
        QVERIFY_OK(library.wait(library.database->run(
            [](Connection& connection) { return connection.run("UPDATE meta SET value = 'older'"); })));
        QVERIFY(rebuild().value());
        QCOMPARE(library.find("正文").total, 1);
        QCOMPARE(library.find("標題").total, 1);
        ConversationStore conversations(*library.database);
        QVERIFY_OK(library.wait(conversations.purge(library.conversation)));
        QCOMPARE(library.find("正文").total, 0);
    }
};

QTEST_GUILESS_MAIN(SearchTest)
#include "search_test.moc"
