#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

#include "storage/conversation_store.h"
#include "storage/journal_store.h"
#include "storage/journal_writer.h"
#include "storage/message_store.h"
#include "storage/search_store.h"
#include "storage/sqlite_dialect.h"
#include "support/database_fixture.h"

using namespace patchbay;
using namespace patchbay::test;

namespace {

struct StreamingReply : DatabaseFixture {
    std::string conversation, reply;

    void start() {
        open().value();
        conversation = ids.next();
        reply = ids.next();
        ConversationStore conversations(*database);
        MessageStore messages(*database);
        wait(conversations.create({.id = conversation})).value();
        wait(messages.add({.id = reply,
                           .conversationId = conversation,
                           .message = {.role = Role::Assistant},
                           .status = MessageStatus::Streaming,
                           .createdAt = 1},
                          MessageStore::Place::UnderActiveLeaf))
            .value();
    }
    std::int64_t ask(std::string sql) {
        return wait(database->run([sql](Connection& connection) { return connection.integer(sql); })).value();
    }
    void settle() { // lets the writer run as far as the clock allows
        for (int i = 0; i < 3; ++i) {
            ask("SELECT 1");
            loop.restart();
            loop.poll();
        }
    }
};

/// What the killed program said it had taken: word -> microseconds.
std::vector<std::int64_t> timesOf(const QByteArray& output, std::string& message) {
    std::vector<std::int64_t> times;
    auto lines = output.split('\n');
    lines.removeLast(); // unfinished
    for (const QByteArray& line : lines) {
        const auto pieces = line.split(' ');
        if (pieces[0] == "message")
            message = pieces[1].toStdString();
        else
            times.push_back(pieces[1].toLongLong());
    }
    return times;
}

} // namespace

class JournalTest : public QObject {
    Q_OBJECT
private slots:
    void rowsGiveTheEventsBack() {
        const EventBatch batch = {ReplyStarted{.id = "x"},
                                  ReasoningDelta{.text = "think"},
                                  ReasoningDelta{.text = "ing"},
                                  ReasoningSignature{.signature = "s", .id = "i"},
                                  ReasoningDelta{.text = "more", .block = 1},
                                  TextDelta{.text = "你"},
                                  TextDelta{.text = "好"},
                                  TextDelta{.text = "other choice", .choice = 1},
                                  ToolCallStarted{.index = 0, .id = "c", .name = "f", .signature = "g", .custom = true},
                                  ToolCallStarted{.index = 1, .id = "d", .name = "g"},
                                  ToolCallDelta{.index = 0, .arguments = "{\"a\""},
                                  ToolCallDelta{.index = 1, .arguments = "{}"},
                                  ToolCallDelta{.index = 0, .arguments = ":1}"},
                                  RefusalDelta{.text = "no"},
                                  UsageReported{.usage = {.inputTotal = 1, .outputTotal = 2}},
                                  ReplyFinished{.reason = FinishReason::Length, .raw = "max"}};
        std::vector<JournalRow> rows;
        for (const ChatEvent& event : batch)
            appendToJournal(rows, event);
        const EventBatch expected = {
            ReasoningDelta{.text = "thinking"},
            ReasoningSignature{.signature = "s", .id = "i"},
            ReasoningDelta{.text = "more", .block = 1},
            TextDelta{.text = "你好"},
            ToolCallStarted{.index = 0, .id = "c", .name = "f", .signature = "g", .custom = true},
            ToolCallStarted{.index = 1, .id = "d", .name = "g"},
            ToolCallDelta{.index = 0, .arguments = "{\"a\""},
            ToolCallDelta{.index = 1, .arguments = "{}"},
            ToolCallDelta{.index = 0, .arguments = ":1}"},
            RefusalDelta{.text = "no"},
            UsageReported{.usage = {.inputTotal = 1, .outputTotal = 2}},
            ReplyFinished{.reason = FinishReason::Length, .raw = "max"}};
        QVERIFY(eventsOfJournal(rows) == expected);
        QVERIFY(eventsOfJournal({{.kind = "from the future", .delta = "{}"}}).empty());
    }

    void firstDeltaIsWrittenAtOnceTheRestInBatches() {
        StreamingReply fixture;
        fixture.start();
        JournalWriter journal(*fixture.database, fixture.clock, fixture.loop.get_executor(), fixture.reply);
        QVERIFY_OK(fixture.wait(journal.append({TextDelta{.text = "a"}})));
        fixture.settle();
        QCOMPARE(fixture.ask("SELECT count(*) FROM journal"), 1);
        for (int i = 0; i < 100; ++i)
            QVERIFY_OK(fixture.wait(journal.append({TextDelta{.text = "b"}})));
        fixture.settle();
        QCOMPARE(fixture.ask("SELECT count(*) FROM journal"), 1);
        fixture.clock.advance(kJournalInterval);
        fixture.settle();
        QCOMPARE(fixture.ask("SELECT count(*) FROM journal"), 2);
        QCOMPARE(fixture.ask("SELECT sum(length(delta)) FROM journal"), 101);
    }

    void appendWaitsWhenTheBacklogIsFull() {
        StreamingReply fixture;
        fixture.start();
        JournalWriter journal(*fixture.database, fixture.clock, fixture.loop.get_executor(), fixture.reply);
        QVERIFY_OK(fixture.wait(journal.append({TextDelta{.text = "a"}})));
        fixture.settle();
        QVERIFY_OK(fixture.wait(journal.append({TextDelta{.text = std::string(kJournalBacklog + 1, 'b')}})));
        bool done = false;
        asio::co_spawn(fixture.loop, journal.append({TextDelta{.text = "c"}}),
                       [&done](std::exception_ptr, Result<void> result) { done = result.has_value(); });
        fixture.settle();
        QVERIFY(!done);
        fixture.clock.advance(kJournalInterval);
        fixture.settle();
        QVERIFY(done);
        fixture.clock.advance(kJournalInterval);
        QVERIFY_OK(fixture.wait(journal.flush()));
        QCOMPARE(fixture.ask("SELECT sum(length(delta)) FROM journal"), static_cast<std::int64_t>(kJournalBacklog) + 3);
    }

    void finishedReplyReplacesItsJournal() {
        StreamingReply fixture;
        fixture.start();
        MessageStore messages(*fixture.database);
        JournalWriter journal(*fixture.database, fixture.clock, fixture.loop.get_executor(), fixture.reply);
        QVERIFY_OK(fixture.wait(journal.append({TextDelta{.text = "par"}})));
        QVERIFY_OK(fixture.wait(journal.flush()));
        QVERIFY_OK(fixture.wait(journal.append({TextDelta{.text = "tial"}})));
        journal.close(); // "tial" still waits for its time; the message below has it
        auto record = fixture.wait(messages.get(fixture.reply)).value();
        QCOMPARE(record.status, MessageStatus::Streaming);
        record.message = textMessage(Role::Assistant, "partial and whole");
        record.status = MessageStatus::Complete;
        QVERIFY_OK(fixture.wait(messages.finish(record, 99)));
        fixture.clock.advance(kJournalInterval);
        fixture.settle();
        QCOMPARE(fixture.ask("SELECT count(*) FROM journal"), 0);
        QVERIFY(fixture.wait(messages.get(fixture.reply)).value() == record);
        QCOMPARE(fixture.ask("SELECT updated_at FROM conversations"), 99);
        QCOMPARE(fixture.wait(messages.finish(record, 99)).error().code, ErrorCode::Conflict);
        record.id = "none";
        QCOMPARE(fixture.wait(messages.finish(record, 99)).error().code, ErrorCode::NotFound);
    }

    void leftoversBecomeInterruptedMessages() {
        StreamingReply fixture;
        fixture.start();
        {
            JournalWriter journal(*fixture.database, fixture.clock, fixture.loop.get_executor(), fixture.reply);
            QVERIFY_OK(fixture.wait(journal.append({ReasoningDelta{.text = "hm"}, TextDelta{.text = "Half an 答案"},
                                                    UsageReported{.usage = {.outputTotal = 7}}})));
            QVERIFY_OK(fixture.wait(journal.flush()));
        }
        QVERIFY_OK(fixture.open());
        JournalStore store(*fixture.database);
        QCOMPARE(fixture.wait(store.recover()).value(), 1);
        QCOMPARE(fixture.wait(store.recover()).value(), 0);
        MessageStore messages(*fixture.database);
        auto record = fixture.wait(messages.get(fixture.reply));
        QVERIFY_OK(record);
        QCOMPARE(record->status, MessageStatus::Interrupted);
        QCOMPARE(textOf(record->message), std::string("Half an 答案"));
        QCOMPARE(record->message.parts.size(), std::size_t{2});
        QCOMPARE(record->usage.outputTotal.value(), 7);
        QCOMPARE(fixture.ask("SELECT count(*) FROM journal"), 0);
        SearchStore search(*fixture.database);
        QCOMPARE(fixture.wait(search.search("答案")).value().total, 1);
    }

    void killedAtFiftyMomentsLosesLessThan100Milliseconds() {
        DatabaseFixture fixture; // one file for all rounds: it has to survive all of them
        std::int64_t worst = 0;
        for (int round = 0; round < 50; ++round) {
            QProcess program;
            program.start(PATCHBAY_STORAGE_HELPER, {"stream", QString::fromStdString(fixture.path())});
            QVERIFY2(program.waitForReadyRead(20000), program.readAllStandardError().constData());
            QElapsedTimer sinceFirst;
            sinceFirst.start();
            const int moment = QRandomGenerator::global()->bounded(20, 250);
            QByteArray output;
            while (sinceFirst.elapsed() < moment) {
                program.waitForReadyRead(static_cast<int>(std::max<qint64>(1, moment - sinceFirst.elapsed())));
                output += program.readAllStandardOutput();
            }
            program.kill();
            QVERIFY(program.waitForFinished(10000));
            output += program.readAllStandardOutput();
            std::string reply;
            const auto times = timesOf(output, reply);
            QVERIFY(!reply.empty());

            QVERIFY_OK(fixture.open());
            QVERIFY(fixture.database->openReport().wasChecked);
            QVERIFY_OK(fixture.wait(
                fixture.database->run([](Connection& connection) { return checkIntegrity(connection, true); })));
            JournalStore journal(*fixture.database);
            QCOMPARE(fixture.wait(journal.recover()).value(), 1);
            MessageStore messages(*fixture.database);
            auto record = fixture.wait(messages.get(reply));
            QVERIFY_OK(record);
            QCOMPARE(record->status, MessageStatus::Interrupted);
            const std::string text = textOf(record->message);
            std::string expected;
            std::size_t words = 0;
            while (expected.size() < text.size())
                expected += std::to_string(++words) + " ";
            QCOMPARE(text, expected); // a whole beginning, nothing twice
            if (words < times.size()) {
                const std::int64_t lost = times.back() - times[words];
                worst = std::max(worst, lost);
                QVERIFY2(lost < 100'000, qPrintable(QString("round %1 lost %2 us of text").arg(round).arg(lost)));
            }
            fixture.database.reset();
            // What the next program finds is a file that nobody closed.
            QFile::remove(QString::fromStdString(fixture.path() + ".clean"));
        }
        qInfo("most text lost by a kill: %lld ms", static_cast<long long>(worst / 1000));
    }
};

QTEST_GUILESS_MAIN(JournalTest)
#include "journal_test.moc"
