#include "app/desktop/transfer/attachment_list.h"

#include <QAbstractItemModelTester>
#include <QBuffer>
#include <QClipboard>
#include <QCoroTask>
#include <QGuiApplication>
#include <QMimeData>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/transfer/attachment_images.h"

using namespace patchbay;

namespace {

QImage red(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    return image;
}

QVariant at(const AttachmentList& list, int row, AttachmentList::Role role) {
    return list.data(list.index(row), role);
}

void startPlayground(EngineBridge& bridge, const QTemporaryDir& folder) {
    QFile(folder.filePath("config.toml")).open(QIODevice::WriteOnly);
    CompositionOptions options;
    options.places.dataDir = folder.filePath("data").toStdString();
    options.places.configFile = folder.filePath("config.toml").toStdString();
    options.playground = true;
    options.logLevel = LogLevel::Error;
    bool done = false;
    bridge.start(std::move(options), [&](Result<void> result) {
        result.value();
        done = true;
    });
    QVERIFY(QTest::qWaitFor([&] { return done; }));
}

} // namespace

class AttachmentListTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aFileIsThereAtOnceAndReadyLater() {
        const auto previews = std::make_shared<AttachmentPreviews>();
        AttachmentList list(previews);
        QAbstractItemModelTester tester(&list);
        QVERIFY(red(4000, 3000).save(m_folder->filePath("大图.png")));
        QElapsedTimer timer;
        timer.start();
        list.addFiles({QUrl::fromLocalFile(m_folder->filePath("大图.png"))});
        QVERIFY2(timer.elapsed() < 50, "the window's thread does not read files");
        QCOMPARE(list.count(), 1);
        QVERIFY(list.loading());
        QCOMPARE(at(list, 0, AttachmentList::NameRole).toString(), QString("大图.png"));
        QTRY_VERIFY(!list.loading());
        QCOMPARE(at(list, 0, AttachmentList::ErrorRole).toString(), QString());
        QCOMPARE(at(list, 0, AttachmentList::KindRole).toString(), QString("image"));
        QVERIFY(!at(list, 0, AttachmentList::SizeTextRole).toString().isEmpty());
        const QString url = at(list, 0, AttachmentList::PreviewUrlRole).toString();
        QVERIFY(url.startsWith("image://attachments/new/"));
        QVERIFY(!previews->find(url.mid(20)).isNull());
        QVERIFY(list.hasImages());

        std::vector<Attachment> taken = list.take();
        QCOMPARE(taken.size(), std::size_t{1});
        QCOMPARE(list.count(), 0);
        QCOMPARE(previews->count(), 0);
        QVERIFY(std::holds_alternative<ImagePart>(partsOf(taken).at(0)));
        list.put(std::move(taken));
        QCOMPARE(list.readyCount(), 1);
        QCOMPARE(list.parts().size(), std::size_t{1});
        list.remove(0);
        QCOMPARE(previews->count(), 0);
    }

    void whatCannotBeSentStaysWithItsErrorAndIsNotSent() {
        AttachmentList list;
        QFile text(m_folder->filePath("a.txt"));
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("words") == 5);
        text.close();
        list.addFiles({QUrl("https://example.com/picture.png"), QUrl::fromLocalFile(m_folder->path()),
                       QUrl::fromLocalFile(text.fileName())});
        QTRY_VERIFY(!list.loading());
        QCOMPARE(list.count(), 3);
        QVERIFY(at(list, 0, AttachmentList::ErrorRole).toString().contains("on this computer"));
        QVERIFY(at(list, 1, AttachmentList::ErrorRole).toString().contains("folder"));
        QCOMPARE(at(list, 2, AttachmentList::ErrorRole).toString(), QString());
        QCOMPARE(list.readyCount(), 1);
        QCOMPARE(list.take().size(), std::size_t{1});
    }

    void thereIsAMostOfThem() {
        AttachmentList list;
        QSignalSpy refused(&list, &AttachmentList::refused);
        QList<QUrl> urls;
        for (int i = 0; i < AttachmentList::kMostAttachments + 5; ++i)
            urls.append(QUrl::fromLocalFile(m_folder->filePath(QString::number(i))));
        list.addFiles(urls);
        QCOMPARE(list.count(), AttachmentList::kMostAttachments);
        QCOMPARE(refused.count(), 1);
    }

    void removingOrEndingWhileLoadingIsSafe() {
        QVERIFY(red(3000, 3000).save(m_folder->filePath("a.png")));
        AttachmentList list;
        list.addFiles(QList<QUrl>(6, QUrl::fromLocalFile(m_folder->filePath("a.png"))));
        list.remove(0);
        list.clear();
        QCOMPARE(list.count(), 0);
        {
            AttachmentList shortLived;
            shortLived.addFiles(QList<QUrl>(4, QUrl::fromLocalFile(m_folder->filePath("a.png"))));
        }
        QCoreApplication::processEvents();
        QVERIFY(!list.loading());
    }

    void clipboardPicturesAndFilesArePasted() {
        AttachmentList list;
        QGuiApplication::clipboard()->setImage(red(30, 20));
        QVERIFY(list.paste());
        QTRY_VERIFY(!list.loading());
        QVERIFY(at(list, 0, AttachmentList::NameRole).toString().endsWith(".png"));
        QCOMPARE(at(list, 0, AttachmentList::KindRole).toString(), QString("image"));
        QCOMPARE(list.readyCount(), 1);

        auto* files = new QMimeData;
        files->setUrls({QUrl::fromLocalFile(m_folder->filePath("x.txt"))});
        QGuiApplication::clipboard()->setMimeData(files);
        QVERIFY(list.paste());
        QCOMPARE(list.count(), 2);

        QGuiApplication::clipboard()->setText("only words");
        QVERIFY(!list.paste());
        QCOMPARE(list.count(), 2);
    }

    void aCopiedTableIsTextAndNoPicture() {
        AttachmentList list;
        QMimeData cells;
        cells.setText("a\tb");
        cells.setImageData(red(30, 20));
        QVERIFY(!list.addMimeData(cells));
        QCOMPARE(list.count(), 0);
    }

    void storedPicturesAreShownAgain() {
        EngineBridge bridge;
        startPlayground(bridge, *m_folder);
        const Attachment picture = attachmentFromImage(red(640, 480), "a.png");
        Message message{.role = Role::User, .parts = {*picture.part, TextPart{.text = "what is this?"}}};
        message.parts.push_back(
            FilePart{.source = {.mediaType = "text/plain", .data = "aGFsbG8="}, .filename = "报告.pdf.txt"});
        std::optional<MessageRecord> record;
        const auto store = [&]() -> QCoro::Task<void> {
            auto conversation = co_await bridge.ask<Conversation>(
                [](Composition& core) { return core.history()->createConversation({}); });
            record = (co_await bridge.ask<MessageRecord>([&](Composition& core) {
                         return core.history()->appendMessage(conversation.value().id, message);
                     })).value();
        };
        QCoro::waitFor(store());

        const QVariantList shown = attachmentsOf(*record);
        QCOMPARE(shown.size(), 2);
        QCOMPARE(shown[0].toMap()["kind"].toString(), QString("image"));
        QCOMPARE(shown[1].toMap()["kind"].toString(), QString("pdf"));
        QCOMPARE(shown[1].toMap()["name"].toString(), QString("报告.pdf"));
        QVERIFY(!shown[1].toMap()["sizeText"].toString().isEmpty());
        const QString url = shown[0].toMap()["url"].toString();
        QCOMPARE(url, QString("image://attachments/stored/%1/0").arg(QString::fromStdString(record->id)));

        QQmlEngine engine;
        engine.addImageProvider("attachments", new AttachmentImages(nullptr, &bridge));
        QCOMPARE(imageStatus(engine, url), QString("ready 320x240"));
        QCOMPARE(imageStatus(engine, QString(url).replace("/0", "/1")), QString("error"));
        QCOMPARE(imageStatus(engine, "image://attachments/stored/none/0"), QString("error"));
        QCOMPARE(imageStatus(engine, "image://attachments/nonsense"), QString("error"));
    }

    void pendingPreviewsAreShown() {
        const auto previews = std::make_shared<AttachmentPreviews>();
        QQmlEngine engine;
        engine.addImageProvider("attachments", new AttachmentImages(previews, nullptr));
        const QString url = previews->add(red(100, 50));
        QCOMPARE(imageStatus(engine, url), QString("ready 100x50"));
    }

    void storedBytesThatAreNoPlainPictureAreNotDecoded() {
        const auto part = [](const QByteArray& bytes) {
            return ImagePart{.source = {.mediaType = "image/png", .data = bytes.toBase64().toStdString()}};
        };
        QVERIFY(imageOf(part("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"), {}).isNull());
        QVERIFY(imageOf(part("nonsense"), {}).isNull());
        QVERIFY(imageOf(ImagePart{.source = {.url = "https://example.com/a.png"}}, {}).isNull());
        QVERIFY(attachmentOf(ImagePart{.source = {.url = "https://example.com/a.png"}}, "m", 0)["url"]
                    .toString()
                    .isEmpty());
    }

private:
    static QString imageStatus(QQmlEngine& engine, const QString& url) {
        QQmlComponent component(&engine);
        component.setData("import QtQuick\nImage { asynchronous: true; sourceSize: Qt.size(320, 320); "
                          "readonly property string now: status === Image.Ready ? 'ready ' + implicitWidth + 'x' + "
                          "implicitHeight : status === Image.Error ? 'error' : '' }",
                          {});
        const std::unique_ptr<QObject> item(component.create());
        item->setProperty("source", QUrl(url));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression("not there any more"));
        if (!QTest::qWaitFor([&] { return !item->property("now").toString().isEmpty(); }))
            return "neither";
        if (item->property("now") != QString("error"))
            qWarning("not there any more"); // as announced
        return item->property("now").toString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_MAIN(AttachmentListTest)
#include "attachment_list_test.moc"
