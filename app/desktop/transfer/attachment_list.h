// What hangs on the message that is being written: a list model that loads files off the window's thread. A row is
// there at once (loading), then it is ready or says what is wrong with the file; rows with an error are not sent.
//
//     composer.attachments: ListView { model: attachments; delegate: … name, kind, sizeText, previewUrl, error, loading
//     } std::vector<Attachment> sent = list.take();   // on send; put() gives them back when a queued message is edited
//     for (ContentPart& part : partsOf(sent)) message.parts.push_back(std::move(part));   // before the text part
#pragma once

#include <memory>
#include <vector>

#include <QAbstractListModel>
#include <QList>
#include <QString>
#include <QThreadPool>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/transfer/attachment.h"

class QMimeData;

namespace patchbay {

class AttachmentPreviews;

class AttachmentList : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The composer has one.")
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    /// Some are still being read: wait with sending.
    Q_PROPERTY(bool loading READ loading NOTIFY stateChanged)
    /// How many are ready to be sent.
    Q_PROPERTY(int readyCount READ readyCount NOTIFY stateChanged)
    Q_PROPERTY(bool hasImages READ hasImages NOTIFY stateChanged)
public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        KindRole,
        SizeTextRole,
        PreviewUrlRole,
        ErrorRole,
        LoadingRole,
        PagesRole
    };
    Q_ENUM(Role)
    static constexpr int kMostAttachments = 20;

    /// Without `previews` there are no preview URLs.
    explicit AttachmentList(std::shared_ptr<AttachmentPreviews> previews = {}, QObject* parent = nullptr);
    ~AttachmentList() override;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

    int count() const { return static_cast<int>(m_items.size()); }
    bool loading() const;
    int readyCount() const;
    bool hasImages() const;

    Q_INVOKABLE void addFiles(const QList<QUrl>& urls);
    /// Takes a picture or copied files from the clipboard; false where there is neither (then paste text).
    Q_INVOKABLE bool paste();
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void clear();

    bool addMimeData(const QMimeData& data);
    void addImage(const QImage& image, const QString& name);
    /// Those that are ready, in order; the list is empty afterwards.
    std::vector<Attachment> take();
    void put(std::vector<Attachment> attachments);
    /// What take() would send.
    std::vector<ContentPart> parts() const;

Q_SIGNALS:
    void countChanged();
    void stateChanged();
    /// More than kMostAttachments, say: shown where the composer shows its errors.
    void refused(const QString& message);

private:
    struct Item {
        qint64 id = 0;
        bool loading = false;
        Attachment attachment;
        QString previewUrl;
        std::shared_ptr<std::atomic<bool>> cancelled;
    };
    bool hasRoom();
    void addFile(const QString& path, const QString& name);
    void append(Item item);
    void begin(Item& item, std::function<Attachment(const std::atomic<bool>*)> load);
    void finish(qint64 id, Attachment attachment);
    void forget(Item& item);

    std::shared_ptr<AttachmentPreviews> m_previews;
    std::vector<Item> m_items;
    qint64 m_lastId = 0;
    QThreadPool m_pool; // last: waits for its work before the rest goes
};

/// The parts of those without an error.
std::vector<ContentPart> partsOf(const std::vector<Attachment>& attachments);

} // namespace patchbay
