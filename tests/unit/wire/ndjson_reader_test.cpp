#include "wire/ndjson_reader.h"

#include <QElapsedTimer>
#include <QTest>

using patchbay::NdjsonReader;

namespace {

using Lines = std::vector<std::string>;

Lines readInPieces(std::string_view input, std::size_t pieceSize) {
    NdjsonReader reader;
    Lines lines;
    for (std::size_t at = 0; at < input.size(); at += pieceSize)
        if (!reader.feed(input.substr(at, pieceSize), lines))
            qFatal("feed failed");
    if (auto last = reader.finish())
        lines.push_back(std::move(*last));
    return lines;
}

} // namespace

class NdjsonReaderTest : public QObject {
    Q_OBJECT

private slots:
    void everyInputReadsTheSameInAnySplit_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("LF") << QByteArray("{\"a\":1}\n{\"b\":2}\n") << QStringList{"{\"a\":1}", "{\"b\":2}"};
        QTest::newRow("CRLF") << QByteArray("{}\r\n[]\r\n") << QStringList{"{}", "[]"};
        QTest::newRow("empty lines") << QByteArray("\n\r\n  \n{}\n\n") << QStringList{"{}"};
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF{}\n[]\n") << QStringList{"{}", "[]"};
        QTest::newRow("byte order mark alone") << QByteArray("\xEF\xBB\xBF\n{}\n") << QStringList{"{}"};
        QTest::newRow("no final line break") << QByteArray("{}\n[1]") << QStringList{"{}", "[1]"};
        QTest::newRow("code points") << QByteArray("\"漢👋\"\n") << QStringList{QString::fromUtf8("\"漢👋\"")};
        QTest::newRow("empty") << QByteArray() << QStringList{};
    }

    void everyInputReadsTheSameInAnySplit() {
        QFETCH(QByteArray, input);
        QFETCH(QStringList, expected);
        Lines wanted;
        for (const QString& line : expected)
            wanted.push_back(line.toStdString());
        const std::string_view bytes(input.constData(), static_cast<std::size_t>(input.size()));
        for (std::size_t size = 1; size <= bytes.size() + 1; ++size)
            QCOMPARE(readInPieces(bytes, size), wanted);
    }

    void hugeInputCostsLinearTime() {
        const std::string line(10U << 20U, 'x');
        std::string many;
        for (int i = 0; i < 1'000'000; ++i)
            many.append("{\"n\":1}\n");
        QElapsedTimer timer;
        timer.start();
        for (const std::size_t pieceSize : {std::size_t{1}, std::size_t{16384}, line.size() + 1}) {
            QVERIFY(readInPieces(line + "\n", pieceSize) == Lines{line});
            QCOMPARE(readInPieces(many, pieceSize).size(), std::size_t{1'000'000});
        }
        QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
    }

    void lineOverTheLimitIsRefused() {
        for (const std::size_t pieceSize : {std::size_t{1}, std::size_t{64}}) {
            NdjsonReader reader(50);
            Lines lines;
            QVERIFY(reader.feed(std::string(50, 'a') + "\n", lines));
            const std::string tooLong(51, 'b');
            patchbay::Result<void> result;
            for (std::size_t at = 0; at < tooLong.size() && result; at += pieceSize)
                result = reader.feed(std::string_view(tooLong).substr(at, pieceSize), lines);
            QVERIFY(!result);
            QCOMPARE(result.error().code, patchbay::ErrorCode::Malformed);
            QCOMPARE(lines.size(), std::size_t{1});
        }
    }
};

QTEST_APPLESS_MAIN(NdjsonReaderTest)
#include "ndjson_reader_test.moc"
