#include <QTest>

#include <zlib.h>

#include "http/chunked_decoder.h"
#include "http/content_decoder.h"
#include "http/head_scanner.h"
#include "http/response_head.h"

using namespace patchbay::http;
using State = ChunkedDecoder::State;

namespace {

struct Decoded {
    State state = State::NeedMore;
    std::string body;
    std::string rest;
};

Decoded decode(std::string_view bytes, std::size_t pieceSize, std::size_t limit = 1U << 20U) {
    ChunkedDecoder decoder(limit);
    Decoded result;
    for (std::size_t at = 0; at < bytes.size(); at += pieceSize) {
        const std::string_view piece = bytes.substr(at, pieceSize);
        std::size_t used = 0;
        result.state = decoder.feed(piece, result.body, used);
        if (result.state != State::NeedMore) {
            result.rest = bytes.substr(at + used);
            break;
        }
    }
    return result;
}

std::string deflated(const std::string& text, int window) {
    z_stream z{};
    if (deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("deflateInit2");
    std::string out(deflateBound(&z, text.size()) + 64, '\0');
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    z.avail_in = static_cast<uInt>(text.size());
    z.next_out = reinterpret_cast<Bytef*>(out.data());
    z.avail_out = static_cast<uInt>(out.size());
    if (deflate(&z, Z_FINISH) != Z_STREAM_END)
        qFatal("deflate");
    out.resize(z.total_out);
    deflateEnd(&z);
    return out;
}

struct Inflated {
    ContentDecoder::State state;
    std::string text;
    int steps = 0;
};

Inflated inflated(ContentDecoder::Kind kind, const std::string& input, std::size_t limit) {
    ContentDecoder decoder(kind, input, limit);
    Inflated result{ContentDecoder::State::More, {}, 0};
    while (result.state == ContentDecoder::State::More) {
        result.state = decoder.step(result.text);
        ++result.steps;
    }
    return result;
}

} // namespace

class DecodersTest : public QObject {
    Q_OBJECT

private slots:
    void chunkedBodiesReadTheSameInAnySplit_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("rest");
        QTest::newRow("empty") << QByteArray("0\r\n\r\n") << QByteArray() << QByteArray();
        QTest::newRow("two chunks") << QByteArray("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\nGET")
                                    << QByteArray("hello world") << QByteArray("GET");
        QTest::newRow("hex") << QByteArray("00A\r\n0123456789\r\n0\r\n\r\n") << QByteArray("0123456789")
                             << QByteArray();
        QTest::newRow("extension") << QByteArray("1;a=\"b\"\r\nx\r\n0;z\r\n\r\n") << QByteArray("x") << QByteArray();
        QTest::newRow("trailers") << QByteArray("1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\n.") << QByteArray("x")
                                  << QByteArray(".");
        QTest::newRow("CRLF inside") << QByteArray("4\r\n\r\n\r\n\r\n0\r\n\r\n") << QByteArray("\r\n\r\n")
                                     << QByteArray();
    }

    void chunkedBodiesReadTheSameInAnySplit() {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, rest);
        const std::string_view input(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        for (std::size_t size = 1; size <= input.size(); ++size) {
            const Decoded result = decode(input, size);
            QVERIFY(result.state == State::Done);
            QCOMPARE(result.body, body.toStdString());
            QCOMPARE(result.rest, rest.toStdString());
        }
        // Whatever is cut off is never taken for the whole.
        for (std::size_t size = 0; size + static_cast<std::size_t>(rest.size()) < input.size(); ++size)
            QVERIFY(decode(input.substr(0, size), input.size()).state == State::NeedMore);
    }

    void badChunksAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        for (const char* bytes : {"\r\n",
                                  "x\r\n",
                                  "-1\r\n",
                                  "+1\r\n",
                                  "0x1\r\n",
                                  " 1\r\n",
                                  "1 \r\n",
                                  "1\t;a\r\n",
                                  "1\n",
                                  "1\r1",
                                  "1\r\nx0",
                                  "1\r\nx\n0",
                                  "1\r\nxx\r\n",
                                  "1;a\nb\r\n",
                                  "0\r\nA: b\n",
                                  "0\r\n A: b\r\n",
                                  "0\r\n: b\r\n",
                                  "0\r\n\rx",
                                  "FFFFFFFFFFFFFFFFF\r\n",
                                  "00000000000000000001\r\n",
                                  "1_0\r\n",
                                  "1,\r\n"})
            QTest::addRow("%s", QByteArray(bytes).toPercentEncoding().constData()) << QByteArray(bytes);
    }

    void badChunksAreRefused() {
        QFETCH(QByteArray, bytes);
        const std::string_view input(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        for (std::size_t size = 1; size <= input.size(); ++size)
            QVERIFY(decode(input, size).state == State::Malformed);
    }

    void chunkedLimitsHold() {
        QVERIFY(decode("5\r\nhello\r\n0\r\n\r\n", 3, 5).state == State::Done);
        QVERIFY(decode("6\r\n", 3, 5).state == State::TooLarge);
        QVERIFY(decode("3\r\nabc\r\n3\r\nabc\r\n", 3, 5).state == State::TooLarge);
        QVERIFY(decode("FFFFFFFFFFFFFFF\r\n", 3, 5).state == State::TooLarge);
        QVERIFY(decode("1;" + std::string(20'000, 'a'), 1000).state == State::Malformed);
        std::string many;
        for (int i = 0; i < 5'000; ++i)
            many += "1;aaaaaaaaaa\r\nx\r\n";
        QVERIFY(decode(many, 1000).state == State::Malformed);
        std::string trailers = "0\r\n";
        for (int i = 0; i < 5'000; ++i)
            trailers += "Trailer: x\r\n";
        QVERIFY(decode(trailers, 1000).state == State::Malformed);
    }

    void encodedBodiesAreInflated() {
        std::string text;
        for (int i = 0; i < 100'000; ++i)
            text += std::to_string(i);
        const std::size_t limit = text.size();
        for (const auto& [kind, window] :
             {std::pair(ContentDecoder::Kind::Gzip, 31), std::pair(ContentDecoder::Kind::Deflate, 15),
              std::pair(ContentDecoder::Kind::Deflate, -15)}) {
            const std::string encoded = deflated(text, window);
            const Inflated whole = inflated(kind, encoded, limit);
            QVERIFY(whole.state == ContentDecoder::State::Done);
            QCOMPARE(whole.text, text);
            QVERIFY(whole.steps > 1);
            QVERIFY(inflated(kind, encoded, limit - 1).state == ContentDecoder::State::TooLarge);
            QVERIFY(inflated(kind, encoded.substr(0, encoded.size() - 1), limit).state ==
                    ContentDecoder::State::Malformed);
            QVERIFY(inflated(kind, encoded.substr(0, encoded.size() / 2), limit).state ==
                    ContentDecoder::State::Malformed);
        }
        const std::string twice = deflated("one ", 31) + deflated("two", 31);
        QCOMPARE(inflated(ContentDecoder::Kind::Gzip, twice, 100).text, std::string("one two"));
        QVERIFY(inflated(ContentDecoder::Kind::Gzip, twice + "junk", 100).state == ContentDecoder::State::Malformed);
        QVERIFY(inflated(ContentDecoder::Kind::Deflate, deflated("x", 15) + "junk", 100).state ==
                ContentDecoder::State::Malformed);
        QVERIFY(inflated(ContentDecoder::Kind::Gzip, "", 100).state == ContentDecoder::State::Malformed);
        QVERIFY(inflated(ContentDecoder::Kind::Gzip, "plain text", 100).state == ContentDecoder::State::Malformed);
        QVERIFY(inflated(ContentDecoder::Kind::Gzip, deflated("", 31), 0).state == ContentDecoder::State::Done);
    }

    void aBombIsGivenUpAtTheLimit() {
        const std::string bomb = deflated(std::string(50U << 20U, 'x'), 31);
        QVERIFY(bomb.size() < 100'000);
        const Inflated result = inflated(ContentDecoder::Kind::Gzip, bomb, 1U << 20U);
        QVERIFY(result.state == ContentDecoder::State::TooLarge);
        QVERIFY(result.text.size() <= (1U << 20U) + 1);
    }

    void headsEndTheSameInAnySplit() {
        const std::string head = "POST /a HTTP/1.1\r\nHost: x\r\nA:\tb\r\n\r\n";
        for (std::size_t first = 0; first < head.size(); ++first) {
            HeadScanner scanner;
            QVERIFY(scanner.scan(head.substr(0, first)) == HeadScanner::State::NeedMore);
            QVERIFY(scanner.scan(head + "body") == HeadScanner::State::Complete);
            QCOMPARE(scanner.headSize(), head.size());
        }
    }

    void headersOfHandlersCannotBreakOut() {
        const std::vector<Header> headers{{"X-A", "1\r\nX-Evil: 2"}, {"X-B", std::string("a\0b", 3)},
                                          {"Bad Name", "x"},         {"", "x"},
                                          {"Content-Length", "7"},   {"transfer-encoding", "chunked"},
                                          {"X-C: y\r\nX-D", "z"},    {"Content-Type", "text/evil"}};
        std::string out = "old";
        writeResponseHead(out, {.status = 200, .contentType = "a/b", .headers = &headers, .contentLength = 3}, "now",
                          "s\r\nX: y");
        QCOMPARE(out, std::string("HTTP/1.1 200 OK\r\nDate: now\r\nServer: s  X: y\r\nContent-Type: a/b\r\n"
                                  "X-A: 1  X-Evil: 2\r\nX-B: a b\r\nContent-Length: 3\r\n\r\n"));
        writeResponseHead(out, {.status = 204, .contentType = "a/b", .contentLength = 0}, "now", "");
        QCOMPARE(out, std::string("HTTP/1.1 204 No Content\r\nDate: now\r\n\r\n"));
    }

    void datesAreWrittenAsTheStandardSays() {
        QCOMPARE(formatHttpDate(784111777), std::string("Sun, 06 Nov 1994 08:49:37 GMT"));
        QCOMPARE(formatHttpDate(0), std::string("Thu, 01 Jan 1970 00:00:00 GMT"));
    }
};

QTEST_APPLESS_MAIN(DecodersTest)
#include "decoders_test.moc"
