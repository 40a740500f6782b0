// What piles up behind a window that does not draw.
#include <QtTest>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include "app/desktop/bridge/ui_sink.h"
#include "chat/reply_builder.h"

using namespace patchbay;

namespace {

awaitable<void> emitAll(UiSink& sink, std::vector<EventBatch> batches) {
    for (EventBatch& batch : batches)
        if (auto taken = co_await sink.emit(std::move(batch)); !taken)
            throw std::runtime_error(taken.error().message);
}

void run(UiSink& sink, std::vector<EventBatch> batches) {
    asio::io_context loop;
    asio::co_spawn(loop, emitAll(sink, std::move(batches)), asio::detached);
    loop.run();
}

} // namespace

class UiSinkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aStalledWindowCostsNoMoreThanTheText() {
        int woken = 0;
        UiSink sink([&] { ++woken; });
        std::vector<EventBatch> batches(100000, EventBatch{TextDelta{.text = "word "}});
        run(sink, std::move(batches)); // ends although nobody drains: the engine is never kept waiting
        QCOMPARE(woken, 1);
        const EventBatch events = sink.drain();
        QCOMPARE(events.size(), std::size_t(1));
        QCOMPARE(std::get<TextDelta>(events[0]).text.size(), std::size_t(500000));
        QVERIFY(sink.drain().empty());
        run(sink, {EventBatch{TextDelta{.text = "more"}}});
        QCOMPARE(woken, 2);
    }

    void mergingChangesNothingOfTheReply() {
        const std::vector<EventBatch> batches{
            {ReplyStarted{.id = "r", .model = "m"}},
            {ReasoningDelta{.text = "let "}, ReasoningDelta{.text = "me"}, ReasoningDelta{.text = "other", .block = 1}},
            {TextDelta{.text = "a"}, TextDelta{.text = "b"}, TextDelta{.text = "x", .choice = 1},
             TextDelta{.text = "c"}},
            {ToolCallStarted{.index = 0, .id = "1", .name = "f"}, ToolCallStarted{.index = 1, .id = "2", .name = "g"}},
            {ToolCallDelta{.index = 0, .arguments = "{"}, ToolCallDelta{.index = 1, .arguments = "["}},
            {ToolCallDelta{.index = 0, .arguments = "}"}, ToolCallDelta{.index = 1, .arguments = "]"}},
            {UsageReported{.usage = {.inputTotal = 1}}, UsageReported{.usage = {.inputTotal = 2}}},
            {TextDelta{.text = "end"}, ReplyFinished{}}};
        ReplyBuilder straight, merged;
        for (const EventBatch& batch : batches)
            straight.add(batch);
        UiSink sink([] {});
        run(sink, batches);
        const EventBatch events = sink.drain();
        QCOMPARE(events.size(), std::size_t(13));
        merged.add(events);
        QVERIFY(merged.reply() == straight.reply());
    }
};

QTEST_APPLESS_MAIN(UiSinkTest)
#include "ui_sink_test.moc"
