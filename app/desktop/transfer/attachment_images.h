// The pictures of attachments for QML: `image://attachments/new/7` is the preview of one that is not sent yet,
// `image://attachments/stored/<message id>/<part>` a picture of a stored message, read from the history when it is
// shown. Nothing is ever loaded from the network. Register it once per engine:
//     engine.addImageProvider("attachments", new AttachmentImages(previews, &bridge));
#pragma once

#include <memory>

#include <QHash>
#include <QImage>
#include <QMutex>
#include <QQuickAsyncImageProvider>
#include <QVariantList>

#include "storage/records.h"

class QThreadPool;

namespace patchbay {

class EngineBridge;

/// Previews of unsent attachments; used from the window's thread and from Qt Quick's image loader.
class AttachmentPreviews {
public:
    QString add(const QImage& image); ///< its URL
    void remove(const QString& url);
    QImage find(const QString& key) const; ///< "new/7"; null where it is gone
    int count() const;

private:
    mutable QMutex m_mutex;
    QHash<QString, QImage> m_images;
    qint64 m_last = 0;
};

class AttachmentImages : public QQuickAsyncImageProvider {
public:
    /// `bridge` outlives the QML engine; nullptr: no stored pictures.
    AttachmentImages(std::shared_ptr<AttachmentPreviews> previews, EngineBridge* bridge);
    QQuickImageResponse* requestImageResponse(const QString& id, const QSize& requestedSize) override;

private:
    std::shared_ptr<AttachmentPreviews> m_previews;
    EngineBridge* m_bridge;
    std::shared_ptr<QThreadPool> m_pool;
};

/// TimelineModel's role `attachments`: {name, kind, url, size, sizeText} for each picture and file of a message. `url`
/// is set for pictures whose bytes are stored.
QVariantList attachmentsOf(const MessageRecord& record);
/// One of them; an empty map for parts that are no attachment.
QVariantMap attachmentOf(const ContentPart& part, const QString& messageId, int index);
/// The picture's bytes as an image no larger than `wanted` (empty = as it is); null where the part has none.
QImage imageOf(const ContentPart& part, const QSize& wanted);

} // namespace patchbay
