#include "app/desktop/transfer/attachment.h"

#include <QBuffer>
#include <QImageReader>
#include <QImageWriter>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTemporaryDir>
#include <QtEndian>
#include <QtTest>

#if defined(Q_OS_UNIX)
#include <sys/stat.h>
#include <unistd.h>
#endif

#include "app/desktop/transfer/attachment_text.h"
#include "base/bytes.h"

using namespace patchbay;

namespace {

QImage picture(int width, int height, bool alpha = false) {
    QImage image(width, height, alpha ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    image.fill(alpha ? QColor(200, 30, 30, 128) : QColor(200, 30, 30));
    return image;
}

QByteArray encode(const QImage& image, const char* format, int quality = -1) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter writer(&buffer, format);
    writer.setQuality(quality);
    if (!writer.write(image))
        qFatal("no writer for %s", format);
    return bytes;
}

QByteArray sentBytes(const Attachment& attachment) {
    if (!attachment.part)
        return {};
    const auto* image = std::get_if<ImagePart>(&*attachment.part);
    const std::string& data = image ? image->source.data : std::get<FilePart>(*attachment.part).source.data;
    return QByteArray::fromStdString(base64Decode(data).value());
}

QString sentText(const Attachment& attachment) {
    return QString::fromUtf8(sentBytes(attachment));
}

// An APP1 segment with one entry, the orientation, and a text as a camera's name would stand there.
QByteArray withExif(const QByteArray& jpeg, quint16 orientation) {
    QByteArray tiff("MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01", 18);
    tiff.append(char(orientation >> 8)).append(char(orientation & 0xff)).append(2, '\0').append(4, '\0');
    tiff.append("SecretCamera");
    const QByteArray body = QByteArray("Exif\0\0", 6) + tiff;
    QByteArray segment("\xff\xe1", 2);
    const quint16 length = qToBigEndian(quint16(body.size() + 2));
    segment.append(reinterpret_cast<const char*>(&length), 2).append(body);
    return jpeg.left(2) + segment + jpeg.mid(2);
}

QByteArray crc(const QByteArray& data) {
    quint32 value = ~0U;
    for (const char c : data) {
        value ^= quint8(c);
        for (int i = 0; i < 8; ++i)
            value = (value >> 1) ^ (value & 1 ? 0xEDB88320U : 0U);
    }
    const quint32 big = qToBigEndian(~value);
    return QByteArray(reinterpret_cast<const char*>(&big), 4);
}

QByteArray pngHeader(quint32 width, quint32 height) {
    QByteArray header("IHDR");
    for (const quint32 value : {qToBigEndian(width), qToBigEndian(height)})
        header.append(reinterpret_cast<const char*>(&value), 4);
    header.append("\x08\x06\0\0\0", 5);
    return QByteArray("\x89PNG\r\n\x1a\n\0\0\0\x0d", 12) + header + crc(header) +
           QByteArray("\0\0\0\0IDAT\x35\xaf\x06\x1e", 12);
}

} // namespace

class AttachmentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void picturesOfEachKindAreSentAsPixels_data() {
        QTest::addColumn<QByteArray>("format");
        QTest::addColumn<QString>("sentAs");
        QTest::newRow("png") << QByteArray("png") << "image/png";
        QTest::newRow("jpeg") << QByteArray("jpeg") << "image/jpeg";
        QTest::newRow("webp") << QByteArray("webp") << "image/png";
    }
    void picturesOfEachKindAreSentAsPixels() {
        QFETCH(QByteArray, format);
        QFETCH(QString, sentAs);
        const Attachment loaded = load("照片 1.bin", encode(picture(300, 200), format));
        QCOMPARE(loaded.error, QString());
        QCOMPARE(loaded.name, QString("照片 1.bin"));
        QCOMPARE(loaded.kind, QString("image"));
        QCOMPARE(QString::fromStdString(std::get<ImagePart>(*loaded.part).source.mediaType), sentAs);
        QCOMPARE(QImage::fromData(sentBytes(loaded)).size(), QSize(300, 200));
        QVERIFY(!loaded.preview.isNull());
        QVERIFY(loaded.preview.width() <= kPreviewSide);
    }

    void gifSendsItsFirstPicture() {
        // 1x1, from the format's specification.
        const QByteArray gif = QByteArray::fromBase64("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
        const Attachment loaded = load("dot.gif", gif);
        QCOMPARE(loaded.error, QString());
        QCOMPARE(QImage::fromData(sentBytes(loaded), "PNG").size(), QSize(1, 1));
    }

    void largePicturesAreScaledDown() {
        const Attachment loaded = load("wide.png", encode(picture(4096, 1024), "png"));
        QCOMPARE(loaded.error, QString());
        QCOMPARE(QImage::fromData(sentBytes(loaded)).size(), QSize(2048, 512));
        const Attachment photo = load("photo.jpg", encode(picture(9000, 6000), "jpeg"));
        QCOMPARE(photo.error, QString());
        QCOMPARE(QImage::fromData(sentBytes(photo)).size(), QSize(2048, 1365));
    }

    void heavyPicturesBecomeLight() {
        QImage noise(2048, 2048, QImage::Format_ARGB32);
        quint32 state = 1;
        for (int y = 0; y < noise.height(); ++y)
            for (int x = 0; x < noise.width(); ++x) {
                state = state * 1664525U + 1013904223U;
                noise.setPixel(x, y, state | 0xFF000000U);
            }
        const Attachment loaded = load("noise.png", encode(noise, "png"));
        QCOMPARE(loaded.error, QString());
        QVERIFY(sentBytes(loaded).size() <= kImageBytesLimit);
        QVERIFY(QImage::fromData(sentBytes(loaded)).width() > 500);
    }

    void transparencyStays() {
        const Attachment loaded = load("glass.png", encode(picture(20, 20, true), "png"));
        QVERIFY(QImage::fromData(sentBytes(loaded)).hasAlphaChannel());
    }

    void exifTurnsThePictureAndIsLeftBehind() {
        const QByteArray jpeg = withExif(encode(picture(300, 200), "jpeg"), 6);
        QVERIFY(jpeg.contains("SecretCamera"));
        const Attachment loaded = load("turned.jpg", jpeg);
        QCOMPARE(loaded.error, QString());
        QCOMPARE(QImage::fromData(sentBytes(loaded)).size(), QSize(200, 300));
        QVERIFY(!sentBytes(loaded).contains("Exif"));
        QVERIFY(!sentBytes(loaded).contains("SecretCamera"));
    }

    void textsInAPngAreLeftBehind() {
        QImage image = picture(10, 10);
        image.setText("Author", "SecretAuthor");
        const QByteArray png = encode(image, "png");
        QVERIFY(png.contains("SecretAuthor"));
        QVERIFY(!sentBytes(load("a.png", png)).contains("SecretAuthor"));
    }

    void truncatedPngIsRefused() {
        QImage image = picture(400, 400);
        for (int y = 0; y < 400; ++y)
            for (int x = 0; x < 400; ++x)
                image.setPixel(x, y, qRgb(x * 7 % 256, y * 13 % 256, x * y % 256));
        const QByteArray png = encode(image, "png");
        expectError(load("cut.png", png.left(png.size() / 2)), "damaged");
        expectError(load("head.png", png.left(20)), "damaged");
    }

    void hugeHeadersAreRefusedBeforeDecoding() {
        QElapsedTimer timer;
        timer.start();
        expectError(load("bomb.png", pngHeader(10000, 10000)), "10000 × 10000");
        expectError(load("bomb2.png", pngHeader(0x7fffffff, 0x7fffffff)), "picture");
        QVERIFY(timer.elapsed() < 2000);
    }

    void textFilesAreReadInTheirEncoding_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const QString chinese = QStringLiteral("你好，世界。这是一个文本文件。");
        const auto encoded = [](const char* name, const QString& text) {
            QStringEncoder encoder(name);
            return QByteArray(encoder.encode(text));
        };
        QTest::newRow("utf-8") << chinese.toUtf8() << chinese;
        QTest::newRow("utf-8 with mark") << QByteArray("\xEF\xBB\xBF") + chinese.toUtf8() << chinese;
        QTest::newRow("utf-16 le with mark") << QByteArray("\xFF\xFE") + encoded("UTF-16LE", chinese) << chinese;
        QTest::newRow("utf-16 be with mark") << QByteArray("\xFE\xFF") + encoded("UTF-16BE", chinese) << chinese;
        QTest::newRow("utf-16 le bare") << encoded("UTF-16LE", "plain words\n") << "plain words\n";
        QTest::newRow("gb18030") << encoded("GB18030", chinese) << chinese;
        QTest::newRow("latin-1") << QByteArray("Gr\xfc\xdf Gott, caf\xe9") << QStringLiteral("Grüß Gott, café");
        QTest::newRow("crlf") << QByteArray("a\r\nb\rc") << "a\nb\nc";
    }
    void textFilesAreReadInTheirEncoding() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        const Attachment loaded = load("笔记.txt", bytes);
        QCOMPARE(loaded.error, QString());
        QCOMPARE(loaded.kind, QString("text"));
        QCOMPARE(sentText(loaded), text);
        QCOMPARE(QString::fromStdString(std::get<FilePart>(*loaded.part).filename), QString("笔记.txt"));
    }

    void codeIsFencedWithItsLanguage() {
        QCOMPARE(sentText(load("main.py", "print(1)\n")), QString("```python\nprint(1)\n```"));
        QCOMPARE(sentText(load("CMakeLists.txt", "a()")), QString("```cmake\na()\n```"));
        QCOMPARE(sentText(load("Dockerfile", "FROM x\n")), QString("```dockerfile\nFROM x\n```"));
        QCOMPARE(sentText(load("a.js", "// ```\n")), QString("````javascript\n// ```\n````"));
        QCOMPARE(sentText(load("notes.md", "# Title\n")), QString("# Title\n"));
    }

    void binaryFilesAreRefusedWithWhatCanBeAttached() {
        QByteArray binary("\x7f"
                          "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
                          16);
        for (int i = 0; i < 500; ++i)
            binary.append(char(i * 37)).append('\0');
        expectError(load("program", binary), "PDF and text");
        expectError(load("large.zip", "PK\x03\x04" + binary.repeated(3000)), "PDF and text");
        expectError(load("empty.txt", ""), "empty");
    }

    void longTextsAreRefusedWithTheLimit() {
        const Attachment loaded = load("long.txt", QByteArray("words \n").repeated(200000));
        expectError(loaded, "1.0 MB");
        QCOMPARE(loaded.kind, QString("text"));
    }

    void pdfGivesTheTextOfItsPages() {
        const QString path = m_folder->filePath("报告.pdf");
        writePdf(path, {"Annual figures", "Second page"});
        const Attachment loaded = loadAttachment(path);
        QCOMPARE(loaded.error, QString());
        QCOMPARE(loaded.kind, QString("pdf"));
        QCOMPARE(loaded.name, QString("报告.pdf"));
        QCOMPARE(loaded.pages, 2);
        const QString text = sentText(loaded);
        QVERIFY2(text.contains("[Page 1 of 2]\nAnnual figures"), qPrintable(text));
        QVERIFY2(text.contains("[Page 2 of 2]\nSecond page"), qPrintable(text));
        QVERIFY(!loaded.preview.isNull());
        QCOMPARE(QColor(loaded.preview.pixel(2, 2)), QColor(Qt::white));
    }

    void pdfWithoutTextSaysSo() {
        const QString path = m_folder->filePath("scan.pdf");
        writePdf(path, {"", ""});
        const Attachment loaded = loadAttachment(path);
        expectError(loaded, "no text");
        QCOMPARE(loaded.pages, 2);
    }

    void pdfWithAPasswordSaysSo() {
        expectError(loadAttachment(QStringLiteral(PATCHBAY_FIXTURES "/files/password.pdf")), "password");
    }

    void damagedPdfSaysSo() {
        const QString path = m_folder->filePath("whole.pdf");
        writePdf(path, {"Text"});
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        expectError(load("cut.pdf", file.read(200)), "damaged");
    }

    void cancelledPdfStops() {
        const QString path = m_folder->filePath("long.pdf");
        writePdf(path, {"a", "b", "c"});
        const std::atomic<bool> cancelled = true;
        QVERIFY(!loadAttachment(path, &cancelled).part);
    }

    void whatIsNoFileIsRefusedAtOnce() {
        expectError(loadAttachment(m_folder->path()), "folder");
        expectError(loadAttachment(m_folder->filePath("gone.txt")), "not there");
#if defined(Q_OS_UNIX)
        const QString pipe = m_folder->filePath("pipe");
        QCOMPARE(mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        expectError(loadAttachment(pipe), "not a regular file");
        expectError(loadAttachment("/dev/zero"), "not a regular file");
        QVERIFY(QFile::link(m_folder->filePath("gone.txt"), m_folder->filePath("link")));
        expectError(loadAttachment(m_folder->filePath("link")), "link");
#endif
    }

    void unreadableFileIsRefused() {
#if defined(Q_OS_UNIX)
        const QString path = write("locked.txt", "secret");
        QVERIFY(QFile::setPermissions(path, {}));
        chmod(QFile::encodeName(m_folder->path()).constData(), 0755);
        const bool root = geteuid() == 0; // who may read everything
        if (root)
            QCOMPARE(seteuid(65534), 0);
        const Attachment loaded = loadAttachment(path);
        if (root)
            QCOMPARE(seteuid(0), 0);
        expectError(loaded, "no right");
#endif
    }

private:
    QString write(const QString& name, const QByteArray& bytes) {
        const QString path = m_folder->filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }
    Attachment load(const QString& name, const QByteArray& bytes) { return loadAttachment(write(name, bytes)); }
    static void expectError(const Attachment& attachment, const QString& words) {
        QVERIFY2(attachment.error.contains(words), qPrintable("error: " + attachment.error));
        QVERIFY(!attachment.part);
    }
    static void writePdf(const QString& path, const QStringList& pages) {
        QPdfWriter writer(path);
        writer.setPageSize(QPageSize(QPageSize::A5));
        QPainter painter(&writer);
        for (qsizetype i = 0; i < pages.size(); ++i) {
            if (i > 0)
                writer.newPage();
            painter.drawText(300, 600, pages[i]);
            painter.drawRect(300, 900, 500, 500);
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(AttachmentTest)
#include "attachment_test.moc"
