#include <QtTest>

#include "storage/config_version_store.h"
#include "storage/response_store.h"
#include "storage/settings_store.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

class SmallStoresTest : public QObject {
    Q_OBJECT
private slots:
    void responseIsKeptUntilItExpires() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        ResponseStore store(*fixture.database);
        const StoredResponse response{.id = "resp_1",
                                      .previousId = "resp_0",
                                      .model = "fast",
                                      .createdAt = 1000,
                                      .input = {textMessage(Role::User, "hi 你好")},
                                      .output = {textMessage(Role::Assistant, "hello")},
                                      .body = "{\"id\":\"resp_1\"}"};
        QVERIFY_OK(fixture.wait(store.put(response)));
        auto found = fixture.wait(store.get("resp_1", 1000 + kResponseLifetimeMs - 1));
        QVERIFY_OK(found);
        QVERIFY(*found == response);
        auto late = fixture.wait(store.get("resp_1", 1000 + kResponseLifetimeMs));
        QVERIFY(!late);
        QCOMPARE(late.error().code, ErrorCode::NotFound);
        QCOMPARE(fixture.wait(store.purgeExpired(1000 + kResponseLifetimeMs - 1)).value(), 0);
        QCOMPARE(fixture.wait(store.purgeExpired(1000 + kResponseLifetimeMs)).value(), 1);
    }

    void removedResponseIsNotFound() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        ResponseStore store(*fixture.database);
        QVERIFY_OK(fixture.wait(store.put({.id = "resp_1", .model = "a"})));
        QVERIFY_OK(fixture.wait(store.put({.id = "resp_1", .model = "b"})));
        QCOMPARE(fixture.wait(store.get("resp_1", 1)).value().model, std::string("b"));
        QVERIFY_OK(fixture.wait(store.remove("resp_1")));
        QCOMPARE(fixture.wait(store.remove("resp_1")).error().code, ErrorCode::NotFound);
        QCOMPARE(fixture.wait(store.get("resp_1", 1)).error().code, ErrorCode::NotFound);
    }

    void settingsAreRemembered() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        {
            SettingsStore store(*fixture.database);
            QVERIFY(!fixture.wait(store.get("window")).value());
            QVERIFY_OK(fixture.wait(store.set("window", json::object{{"w", 800}}, 1)));
            QVERIFY_OK(fixture.wait(store.set("window", json::object{{"w", 900}}, 2)));
            QVERIFY_OK(fixture.wait(store.set("asked", true, 2)));
        }
        QVERIFY_OK(fixture.open());
        SettingsStore store(*fixture.database);
        QVERIFY((fixture.wait(store.get("window")).value()).value() == json::value(json::object{{"w", 900}}));
        QVERIFY((fixture.wait(store.all()).value()) == (json::object{{"asked", true}, {"window", {{"w", 900}}}}));
        QVERIFY_OK(fixture.wait(store.remove("asked")));
        QVERIFY(!fixture.wait(store.get("asked")).value());
    }

    void configVersionsAreNumberedAndListedNewestFirst() {
        DatabaseFixture fixture;
        QVERIFY_OK(fixture.open());
        ConfigVersionStore store(*fixture.database);
        QCOMPARE(fixture.wait(store.latest()).error().code, ErrorCode::NotFound);
        for (int i = 1; i <= 3; ++i)
            QCOMPARE(fixture
                         .wait(store.add({.createdAt = i * 10,
                                          .author = "admin",
                                          .note = "change",
                                          .content = "port = " + std::to_string(i)}))
                         .value(),
                     i);
        QCOMPARE(fixture.wait(store.latest()).value().content, std::string("port = 3"));
        QCOMPARE(fixture.wait(store.get(1)).value().content, std::string("port = 1"));
        QCOMPARE(fixture.wait(store.get(9)).error().code, ErrorCode::NotFound);
        auto listed = fixture.wait(store.list(2));
        QCOMPARE(listed->size(), std::size_t{2});
        QCOMPARE(listed->front().version, 3);
        QVERIFY(listed->front().content.empty());
        auto older = fixture.wait(store.list(2, listed->back().version));
        QCOMPARE(older->size(), std::size_t{1});
        QCOMPARE(older->front().createdAt, 10);
    }
};

QTEST_GUILESS_MAIN(SmallStoresTest)
#include "small_stores_test.moc"
