#include "wire/sse_reader.h"

#include <QElapsedTimer>
#include <QTest>

using patchbay::ErrorCode;
using patchbay::SseEvent;
using patchbay::SseReader;

namespace {

// Quadratic cost on the inputs below would take hours; linear cost takes well under a second.
constexpr qint64 kLinearBudgetMs = 20'000;
constexpr std::size_t kTenMegabytes = 10U << 20U;

using Events = std::vector<SseEvent>;

Events readInPieces(std::string_view input, std::size_t pieceSize) {
    SseReader reader;
    Events events;
    for (std::size_t at = 0; at < input.size(); at += pieceSize)
        if (!reader.feed(input.substr(at, pieceSize), events))
            qFatal("feed failed");
    if (auto last = reader.finish())
        events.push_back(std::move(*last));
    return events;
}

Events readSplitAt(std::string_view input, std::size_t cut) {
    SseReader reader;
    Events events;
    if (!reader.feed(input.substr(0, cut), events) || !reader.feed(input.substr(cut), events))
        qFatal("feed failed");
    if (auto last = reader.finish())
        events.push_back(std::move(*last));
    return events;
}

SseEvent message(std::string data) {
    return {.name = "message", .data = std::move(data)};
}

} // namespace

class SseReaderTest : public QObject {
    Q_OBJECT

private slots:
    void everyInputReadsTheSameInAnySplit_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QStringList>("expected"); // name, data, name, data, …
        const auto row = [](const char* name, const char* input, const QStringList& expected) {
            QTest::newRow(name) << QByteArray(input) << expected;
        };
        row("one event", "data: a\n\n", {"message", "a"});
        row("named event", "event: ping\ndata: {}\n\n", {"ping", "{}"});
        row("name does not leak into the next event", "event: x\ndata: 1\n\ndata: 2\n\n", {"x", "1", "message", "2"});
        row("name without data is dropped", "event: x\n\ndata: 2\n\n", {"message", "2"});
        row("last name wins", "event: x\nevent: y\ndata: 1\n\n", {"y", "1"});
        row("no space after the colon", "data:a\n\ndata:  b\n\n", {"message", "a", "message", " b"});
        row("data lines join with LF", "data: a\ndata:\ndata: b\n\n", {"message", "a\n\nb"});
        row("field without colon has an empty value", "data\n\ndata\ndata\n\n", {"message", "", "message", "\n"});
        row("comments and keep-alives are skipped", ": hi\n\n:\n\ndata: a\n: in the middle\ndata: b\n\n",
            {"message", "a\nb"});
        row("retry, id and unknown fields are ignored", "retry: 10\nid: 7\nx-y: 1\ndatas: no\n data: no\ndata: a\n\n",
            {"message", "a"});
        row("id and retry alone make no event", "id: 1\nretry: 5\n\n", {});
        row("CRLF", "event: e\r\ndata: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", {"e", "a\nb", "message", "c"});
        row("CR only", "event: e\rdata: a\rdata: b\r\rdata: c\r\r", {"e", "a\nb", "message", "c"});
        row("line ends mixed", "data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\rdata: e\r\r\n",
            {"message", "a\nb\nc", "message", "d", "message", "e"});
        row("byte order mark",
            "\xEF\xBB\xBF"
            "data: a\n\n",
            {"message", "a"});
        row("only one byte order mark is dropped",
            "\xEF\xBB\xBF\xEF\xBB\xBF"
            "data: a\n\ndata: b\n\n",
            {"message", "b"});
        row("a mark further on is text", "\xEF\xBB\xBF: c\n\ndata: x\xEF\xBB\xBF\n\n",
            {"message", QString::fromUtf16(u"x\uFEFF")});
        row("text of all code point lengths", "data: a\xC3\xA9\xE6\xBC\xA2\xF0\x9F\x91\x8B\n\n",
            {"message", QString::fromUtf8("aé漢👋")});
        row("bad UTF-8 becomes U+FFFD",
            "data: a\xFF"
            "b\xE6\xBC\n\n",
            {"message", QString::fromUtf8("a\uFFFDb\uFFFD")});
        row("bad UTF-8 in a name", "event: \xC3\ndata: x\n\n", {QString::fromUtf8("\uFFFD"), "x"});
        row("blank lines between events", "\n\n\ndata: a\n\n\n\ndata: b\n\n", {"message", "a", "message", "b"});
        row("event pending at the end is delivered", "data: a\n\ndata: b\n", {"message", "a", "message", "b"});
        row("line pending at the end is delivered", "data: a\n\nevent: e\ndata: b", {"message", "a", "e", "b"});
        row("pending name without data is not", "data: a\n\nevent: e", {"message", "a"});
        row("empty input", "", {});
        row("[DONE]", "data: {}\n\ndata: [DONE]\n\n", {"message", "{}", "message", "[DONE]"});
    }

    void everyInputReadsTheSameInAnySplit() {
        QFETCH(QByteArray, input);
        QFETCH(QStringList, expected);
        Events wanted;
        for (qsizetype i = 0; i < expected.size(); i += 2)
            wanted.push_back({.name = expected[i].toStdString(), .data = expected[i + 1].toStdString()});
        const std::string_view bytes(input.constData(), static_cast<std::size_t>(input.size()));
        QCOMPARE(readInPieces(bytes, bytes.size() + 1), wanted);
        for (std::size_t size = 1; size <= bytes.size(); ++size)
            QCOMPARE(readInPieces(bytes, size), wanted);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
            QCOMPARE(readSplitAt(bytes, cut), wanted);
    }

    void eventsComeWithTheBytesThatCompleteThem() {
        SseReader reader;
        Events events;
        QVERIFY(reader.feed("data: a\n", events));
        QVERIFY(events.empty());
        QVERIFY(reader.feed("\ndata: b\r\n\r", events)); // the CR ends the line, the LF may come later
        QCOMPARE(events, (Events{message("a"), message("b")}));
        QVERIFY(reader.feed("\ndata: c\n\n", events));
        QCOMPARE(events.size(), std::size_t{3});
        QVERIFY(!reader.finish());
    }

    void finishDeliversOnceOnly() {
        SseReader reader;
        Events events;
        QVERIFY(reader.feed("data: a", events));
        QCOMPARE(reader.finish(), std::optional(message("a")));
        QVERIFY(!reader.finish());
    }

    void hugeEventCostsLinearTime_data() {
        QTest::addColumn<quint64>("pieceSize");
        QTest::newRow("byte by byte") << quint64(1);
        QTest::newRow("16 KiB reads") << quint64(16384);
        QTest::newRow("one read") << quint64(kTenMegabytes * 2);
    }

    void hugeEventCostsLinearTime() {
        QFETCH(quint64, pieceSize);
        const std::string data(kTenMegabytes, 'x');
        QElapsedTimer timer;
        timer.start();
        const Events events = readInPieces("data: " + data + "\n\n", pieceSize);
        QCOMPARE(events.size(), std::size_t{1});
        QVERIFY(events.front().data == data);
        QVERIFY2(timer.elapsed() < kLinearBudgetMs, qPrintable(QString::number(timer.elapsed())));
    }

    void manySmallLinesCostLinearTime_data() {
        QTest::addColumn<QByteArray>("event");
        QTest::newRow("LF") << QByteArray("data: a\n\n");
        QTest::newRow("CR") << QByteArray("data: a\r\r");
        QTest::newRow("CRLF") << QByteArray("data: a\r\n\r\n");
        QTest::newRow("CR then LF") << QByteArray("data: a\r\n\n");
    }

    void manySmallLinesCostLinearTime() {
        QFETCH(QByteArray, event);
        std::string input;
        std::size_t count = 0;
        for (; input.size() < kTenMegabytes; ++count)
            input.append(event.constData(), static_cast<std::size_t>(event.size()));
        for (const std::size_t pieceSize : {std::size_t{1}, std::size_t{4096}, input.size()}) {
            QElapsedTimer timer;
            timer.start();
            const Events events = readInPieces(input, pieceSize);
            QCOMPARE(events.size(), count);
            QCOMPARE(events.back(), message("a"));
            QVERIFY2(timer.elapsed() < kLinearBudgetMs, qPrintable(QString::number(timer.elapsed())));
        }
    }

    void manyDataLinesOfOneEventCostLinearTime() {
        std::string input;
        std::string wanted;
        for (int i = 0; i < 1'000'000; ++i) {
            input.append("data: line\n");
            wanted.append(i ? "\nline" : "line");
        }
        QElapsedTimer timer;
        timer.start();
        const Events events = readInPieces(input + "\n", 1000);
        QCOMPARE(events.size(), std::size_t{1});
        QVERIFY(events.front().data == wanted);
        QVERIFY2(timer.elapsed() < kLinearBudgetMs, qPrintable(QString::number(timer.elapsed())));
    }

    void dataUpToTheLimitIsTaken() {
        for (const std::size_t pieceSize : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
            SseReader reader(100);
            Events events;
            const std::string input = "data: " + std::string(60, 'a') + "\ndata: " + std::string(39, 'b') + "\n\n";
            for (std::size_t at = 0; at < input.size(); at += pieceSize)
                QVERIFY(reader.feed(std::string_view(input).substr(at, pieceSize), events));
            QCOMPARE(events.size(), std::size_t{1});
        }
    }

    void dataOverTheLimitIsRefused_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::newRow("one line") << QByteArray("data: ") + QByteArray(101, 'a') + "\n\n";
        QTest::newRow("several lines") << QByteArray("data: ") + QByteArray(60, 'a') +
                                              "\ndata: " + QByteArray(40, 'b') + "\n\n";
        QTest::newRow("a line that never ends") << QByteArray(400, 'a');
        QTest::newRow("a comment") << ":" + QByteArray(400, 'a') + "\n";
        QTest::newRow("a name") << "event: " + QByteArray(400, 'a') + "\n";
    }

    void dataOverTheLimitIsRefused() {
        QFETCH(QByteArray, input);
        for (const qsizetype pieceSize : {qsizetype{1}, qsizetype{7}, input.size()}) {
            SseReader reader(100);
            Events events;
            patchbay::Result<void> result;
            for (qsizetype at = 0; at < input.size() && result; at += pieceSize)
                result = reader.feed(input.mid(at, pieceSize).toStdString(), events);
            QVERIFY(!result);
            QCOMPARE(result.error().code, ErrorCode::Malformed);
            QVERIFY(events.empty());
        }
    }
};

QTEST_APPLESS_MAIN(SseReaderTest)
#include "sse_reader_test.moc"
