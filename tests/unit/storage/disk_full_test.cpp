// A disk that is really full: a small tmpfs. Mounting one needs root; without, the test says so and is skipped.
#include <filesystem>
#include <fstream>

#include <QProcess>
#include <QtTest>

#include "storage/conversation_store.h"
#include "storage/journal_writer.h"
#include "storage/message_store.h"
#include "storage/sqlite_dialect.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;
namespace fs = std::filesystem;

namespace {

class SmallDisk {
public:
    explicit SmallDisk(const std::string& path) : m_path(path) {
        fs::create_directories(path);
        m_mounted =
            QProcess::execute("mount", {"-t", "tmpfs", "-o", "size=3m", "tmpfs", QString::fromStdString(path)}) == 0;
    }
    ~SmallDisk() {
        if (m_mounted)
            QProcess::execute("umount", {QString::fromStdString(m_path)});
    }
    bool mounted() const { return m_mounted; }
    void fillBut(std::size_t spare) const {
        const auto room = fs::space(m_path).available;
        std::ofstream(filler(), std::ios::binary) << std::string(room > spare ? room - spare : 0, 'f');
    }
    void free() const { fs::remove(filler()); }

private:
    std::string filler() const { return m_path + "/filler"; }
    std::string m_path;
    bool m_mounted = false;
};

} // namespace

class DiskFullTest : public QObject {
    Q_OBJECT
private slots:
    void fullDiskIsSaidAndNothingElseIsLost() {
        DatabaseFixture fixture;
        const SmallDisk disk(fs::path(fixture.path()).parent_path().string());
        if (!disk.mounted())
            QSKIP("mounting a small tmpfs needs root");
        QVERIFY_OK(fixture.open());
        ConversationStore conversations(*fixture.database);
        MessageStore messages(*fixture.database);
        const std::string id = fixture.ids.next();
        QVERIFY_OK(fixture.wait(conversations.create({.id = id, .title = "before"})));
        const auto say = [&] {
            return fixture.wait(messages.add({.id = fixture.ids.next(),
                                              .conversationId = id,
                                              .message = textMessage(Role::User, std::string(5000, 'm'))},
                                             MessageStore::Place::UnderActiveLeaf));
        };
        QVERIFY_OK(say());
        disk.fillBut(400 * 1024);
        std::size_t stored = 1;
        std::optional<Error> failure;
        while (!failure && stored < 1000) {
            auto said = say();
            if (said)
                ++stored;
            else
                failure = said.error();
        }
        QVERIFY(failure);
        QCOMPARE(failure->code, ErrorCode::StorageFull);
        QVERIFY(failure->message.find("disk is full") != std::string::npos);

        // Reading goes on, and every acknowledged message is there.
        auto path = fixture.wait(messages.activePath(id));
        QVERIFY_OK(path);
        QCOMPARE(path->size(), stored);

        // With room again writing goes on, and the file is sound.
        disk.free();
        QVERIFY_OK(say());
        QVERIFY_OK(fixture.wait(
            fixture.database->run([](Connection& connection) { return checkIntegrity(connection, true); })));

        // Starting on a full disk either works or says why; the data is there afterwards.
        fixture.database.reset();
        disk.fillBut(0);
        auto opened = fixture.open();
        if (!opened)
            QCOMPARE(opened.error().code, ErrorCode::StorageFull);
        disk.free();
        QVERIFY_OK(fixture.open());
        MessageStore again(*fixture.database);
        QCOMPARE(fixture.wait(again.activePath(id)).value().size(), stored + 1);
        fixture.database.reset();
    }

    void journalOnAFullDiskTellsAndCatchesUp() {
        DatabaseFixture fixture;
        const SmallDisk disk(fs::path(fixture.path()).parent_path().string());
        if (!disk.mounted())
            QSKIP("mounting a small tmpfs needs root");
        QVERIFY_OK(fixture.open());
        ConversationStore conversations(*fixture.database);
        MessageStore messages(*fixture.database);
        const std::string id = fixture.ids.next(), reply = fixture.ids.next();
        QVERIFY_OK(fixture.wait(conversations.create({.id = id})));
        QVERIFY_OK(fixture.wait(messages.add({.id = reply,
                                              .conversationId = id,
                                              .message = {.role = Role::Assistant},
                                              .status = MessageStatus::Streaming},
                                             MessageStore::Place::UnderActiveLeaf)));
        JournalWriter journal(*fixture.database, fixture.clock, fixture.loop.get_executor(), reply);
        disk.fillBut(0);
        std::string sent;
        Result<void> state;
        for (int i = 0; i < 40 && state; ++i) {
            const std::string text(4000, static_cast<char>('a' + i % 26));
            sent += text;
            fixture.clock.advance(kJournalInterval);
            (void)fixture.wait(journal.append({TextDelta{.text = text}}));
            fixture.clock.advance(kJournalInterval); // if that has failed already, flush tries again after a pause
            state = fixture.wait(journal.flush());
        }
        QVERIFY(!state);
        QCOMPARE(state.error().code, ErrorCode::StorageFull);
        disk.free();
        fixture.clock.advance(kJournalInterval);
        QVERIFY_OK(fixture.wait(journal.flush()));
        auto bytes = fixture.wait(fixture.database->run(
            [](Connection& connection) { return connection.integer("SELECT sum(length(delta)) FROM journal"); }));
        QCOMPARE(*bytes, static_cast<std::int64_t>(sent.size()));
        fixture.database.reset();
    }
};

QTEST_GUILESS_MAIN(DiskFullTest)
#include "disk_full_test.moc"
