#include "wire/sse_writer.h"

#include <QTest>

#include "wire/sse_reader.h"

using patchbay::appendSseComment;
using patchbay::appendSseEvent;

class SseWriterTest : public QObject {
    Q_OBJECT

private slots:
    void eventsHaveTheFormOfTheSpecification() {
        std::string out;
        appendSseEvent(out, "", "{}");
        appendSseEvent(out, "ping", "a\nb\r\nc\rd");
        appendSseEvent(out, "", "");
        QCOMPARE(out, std::string("data: {}\n\n"
                                  "event: ping\ndata: a\ndata: b\ndata: c\ndata: d\n\n"
                                  "data: \n\n"));
    }

    void whatIsWrittenIsReadBack() {
        for (const std::string data :
             {"", "x", " leading", "a\nb", "ends\n", "\n", "\n\n", ": no comment", "data: x"}) {
            std::string out;
            appendSseComment(out, "before");
            appendSseEvent(out, "name", data);
            patchbay::SseReader reader;
            std::vector<patchbay::SseEvent> events;
            QVERIFY(reader.feed(out, events));
            QCOMPARE(events.size(), std::size_t{1});
            QCOMPARE(events.front(), (patchbay::SseEvent{.name = "name", .data = data}));
        }
    }

    void breaksInNamesAndCommentsCannotForgeEvents() {
        std::string out;
        appendSseComment(out, "a\n\ndata: forged\r\rdata: again");
        appendSseEvent(out, "x\ndata: forged", "real");
        QCOMPARE(out, std::string(": a  data: forged  data: again\n\nevent: x data: forged\ndata: real\n\n"));
    }
};

QTEST_APPLESS_MAIN(SseWriterTest)
#include "sse_writer_test.moc"
