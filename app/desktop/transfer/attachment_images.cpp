#include "app/desktop/transfer/attachment_images.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImageReader>
#include <QMutexLocker>
#include <QQuickTextureFactory>
#include <QThreadPool>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/transfer/attachment.h"

namespace patchbay {
namespace {

const QString kRoot = QStringLiteral("image://attachments/");
constexpr qint64 kMostPixels = 50'000'000;
constexpr int kLargestSide = 4096;

class Response : public QQuickImageResponse {
public:
    QQuickTextureFactory* textureFactory() const override {
        return QQuickTextureFactory::textureFactoryForImage(m_image);
    }
    QString errorString() const override {
        return m_image.isNull() ? QStringLiteral("the picture is not there any more") : QString();
    }
    /// Once, from any thread.
    void finish(QImage image) {
        m_image = std::move(image);
        Q_EMIT finished();
    }

private:
    QImage m_image;
};

QImage fitted(const QImage& image, const QSize& wanted) {
    if (image.isNull() || wanted.isEmpty() || (image.width() <= wanted.width() && image.height() <= wanted.height()))
        return image;
    return image.scaled(wanted, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

// "stored/<message id>/<part>"
struct StoredPart {
    std::string message;
    int part = -1;
};
StoredPart storedPartOf(const QString& key) {
    const QStringList pieces = key.split(u'/');
    if (pieces.size() != 3 || pieces[0] != u"stored")
        return {};
    bool number = false;
    const int part = pieces[2].toInt(&number);
    return {.message = pieces[1].toStdString(), .part = number ? part : -1};
}

/// What a response waits for. Whoever holds it last lets the response finish, with or without a picture: Qt Quick waits
/// for each one, also when the program is about to end.
class Answer {
public:
    Answer(Response* response, std::shared_ptr<QThreadPool> pool, QSize size)
        : m_response(response), m_pool(std::move(pool)), m_size(size) {}
    ~Answer() {
        if (m_response)
            m_response->finish({});
    }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    /// Decoding happens on the pool.
    void give(ContentPart part) {
        m_pool->start([response = std::exchange(m_response, nullptr), size = m_size, part = std::move(part)] {
            response->finish(imageOf(part, size));
        });
    }
    void give(const QImage& image) { std::exchange(m_response, nullptr)->finish(fitted(image, m_size)); }

private:
    Response* m_response;
    std::shared_ptr<QThreadPool> m_pool;
    QSize m_size;
};

awaitable<void> readStored(Composition& core, StoredPart wanted, std::shared_ptr<Answer> answer) {
    HistoryService* history = core.history();
    if (!history)
        co_return;
    auto record = co_await history->message(wanted.message);
    if (record && wanted.part < static_cast<int>(record->message.parts.size()))
        answer->give(std::move(record->message.parts[static_cast<std::size_t>(wanted.part)]));
}

QString kindOf(const FilePart& file) {
    const std::string& name = file.filename;
    if (file.source.mediaType == "application/pdf" || name.ends_with(".pdf") || name.ends_with(".pdf.txt"))
        return QStringLiteral("pdf");
    return QStringLiteral("text");
}

QString nameOf(const FilePart& file) {
    QString name = QString::fromStdString(file.filename);
    if (name.endsWith(QLatin1String(".pdf.txt")))
        name.chop(4);
    return name;
}

qint64 bytesOf(const MediaSource& source) {
    return qint64(source.data.size()) * 3 / 4;
}

QVariantMap describe(const QString& name, const QString& kind, const QString& url, qint64 bytes) {
    const QString size = bytes > 0 ? sizeText(bytes) : QString();
    return {{"name", name}, {"kind", kind}, {"url", url}, {"size", size}, {"sizeText", size}};
}

} // namespace

QString AttachmentPreviews::add(const QImage& image) {
    const QMutexLocker lock(&m_mutex);
    const QString key = QStringLiteral("new/%1").arg(++m_last);
    m_images.insert(key, image);
    return kRoot + key;
}

void AttachmentPreviews::remove(const QString& url) {
    const QMutexLocker lock(&m_mutex);
    m_images.remove(url.mid(kRoot.size()));
}

QImage AttachmentPreviews::find(const QString& key) const {
    const QMutexLocker lock(&m_mutex);
    return m_images.value(key);
}

int AttachmentPreviews::count() const {
    const QMutexLocker lock(&m_mutex);
    return static_cast<int>(m_images.size());
}

AttachmentImages::AttachmentImages(std::shared_ptr<AttachmentPreviews> previews, EngineBridge* bridge)
    : m_previews(std::move(previews)), m_bridge(bridge), m_pool(std::make_shared<QThreadPool>()) {
    m_pool->setMaxThreadCount(1);
}

// Called on Qt Quick's loader thread.
QQuickImageResponse* AttachmentImages::requestImageResponse(const QString& id, const QSize& requestedSize) {
    auto* response = new Response;
    const auto answer = std::make_shared<Answer>(response, m_pool, requestedSize);
    const StoredPart wanted = storedPartOf(id);
    if (wanted.part < 0)
        answer->give(m_previews ? m_previews->find(id) : QImage());
    else if (m_bridge)
        m_bridge->run([wanted, answer](Composition& core) { return readStored(core, wanted, answer); });
    return response;
}

QImage imageOf(const ContentPart& part, const QSize& wanted) {
    const auto* picture = std::get_if<ImagePart>(&part);
    if (!picture || picture->source.data.empty())
        return {};
    QByteArray bytes = QByteArray::fromBase64(
        QByteArray::fromRawData(picture->source.data.data(), static_cast<qsizetype>(picture->source.data.size())));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    // A model's or an import's picture may say anything about its size; SVG could even name other files.
    static const QList<QByteArray> kFormats = {"png", "jpeg", "gif", "webp"};
    const QSize size = reader.size();
    if (!kFormats.contains(reader.format()) || !size.isValid() || qint64(size.width()) * size.height() > kMostPixels)
        return {};
    const QSize limit = wanted.isEmpty() ? QSize(kLargestSide, kLargestSide) : wanted;
    if (size.width() > limit.width() || size.height() > limit.height())
        reader.setScaledSize(size.scaled(limit, Qt::KeepAspectRatio));
    return reader.read();
}

QVariantMap attachmentOf(const ContentPart& part, const QString& messageId, int index) {
    if (const auto* picture = std::get_if<ImagePart>(&part)) {
        const QString url =
            picture->source.data.empty() ? QString() : kRoot + QStringLiteral("stored/%1/%2").arg(messageId).arg(index);
        return describe(QCoreApplication::translate("Attachment", "Picture"), QStringLiteral("image"), url,
                        bytesOf(picture->source));
    }
    if (const auto* file = std::get_if<FilePart>(&part)) {
        const QString name = nameOf(*file);
        return describe(name.isEmpty() ? QCoreApplication::translate("Attachment", "File") : name, kindOf(*file), {},
                        bytesOf(file->source));
    }
    return {};
}

QVariantList attachmentsOf(const MessageRecord& record) {
    QVariantList attachments;
    for (std::size_t i = 0; i < record.message.parts.size(); ++i)
        if (QVariantMap one =
                attachmentOf(record.message.parts[i], QString::fromStdString(record.id), static_cast<int>(i));
            !one.isEmpty())
            attachments.append(std::move(one));
    return attachments;
}

} // namespace patchbay
