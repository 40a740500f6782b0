#include "pipeline/commit_sink.h"

#define QT_NO_EMIT // EventSink has a member of that name
#include <QtTest>

using namespace patchbay;

namespace {

struct Recorder final : EventSink {
    awaitable<Result<void>> emit(EventBatch batch) override {
        events.insert(events.end(), batch.begin(), batch.end());
        co_return Result<void>();
    }
    EventBatch events;
};

awaitable<void> send(std::shared_ptr<CommitSink> sink, EventBatch batch) {
    co_await sink->emit(std::move(batch));
}
awaitable<void> flush(std::shared_ptr<CommitSink> sink) {
    co_await sink->flush();
}

void run(awaitable<void> work) {
    asio::io_context engine;
    asio::co_spawn(engine, std::move(work), asio::detached);
    engine.run();
}

} // namespace

class CommitSinkTest : public QObject {
    Q_OBJECT

private slots:
    void nothingPassesBeforeModelOutput() {
        auto out = std::make_shared<Recorder>();
        auto sink = std::make_shared<CommitSink>(out);
        run(send(sink, {ReplyStarted{.id = "1"}, UsageReported{}}));
        QVERIFY(out->events.empty());
        QVERIFY(!sink->committed());
        run(send(sink, {TextDelta{.text = "a"}}));
        QVERIFY(sink->committed());
        QCOMPARE(out->events.size(), std::size_t{3});
        QVERIFY(std::holds_alternative<ReplyStarted>(out->events.front()));
        run(send(sink, {UsageReported{}}));
        QCOMPARE(out->events.size(), std::size_t{4});
    }

    void aFailedAttemptLeavesNothingBehind() {
        auto out = std::make_shared<Recorder>();
        auto sink = std::make_shared<CommitSink>(out);
        run(send(sink, {ReplyStarted{.id = "first"}}));
        sink->reset();
        run(send(sink, {ReplyStarted{.id = "second"}, TextDelta{.text = "b"}}));
        QCOMPARE(out->events.size(), std::size_t{2});
        QCOMPARE(std::get<ReplyStarted>(out->events.front()).id, std::string("second"));
    }

    void anEmptyReplyIsLetThroughAtItsEnd() {
        auto out = std::make_shared<Recorder>();
        auto sink = std::make_shared<CommitSink>(out);
        run(send(sink, {ReplyStarted{.id = "1"}, ReplyFinished{}}));
        QVERIFY(out->events.empty());
        run(flush(sink));
        QCOMPARE(out->events.size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(CommitSinkTest)
#include "commit_sink_test.moc"
