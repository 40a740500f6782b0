// What is being written: text and attachments of the open chat, kept per chat in the store as a draft, and the messages
// that wait for a running reply.
#pragma once

#include <QAbstractListModel>
#include <QList>
#include <QObject>
#include <QString>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/chat/queue_model.h"

namespace patchbay {

class ChatPage;

class Composer : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    /// AttachmentList: name, kind, sizeText, previewUrl, error, loading
    Q_PROPERTY(QAbstractListModel* attachments READ attachments CONSTANT)
    Q_PROPERTY(patchbay::QueueModel* queue READ queue CONSTANT)
    Q_PROPERTY(int tokenEstimate READ tokenEstimate NOTIFY tokenEstimateChanged)
    /// There is neither text nor an attachment.
    Q_PROPERTY(bool empty READ empty NOTIFY textChanged)
public:
    explicit Composer(ChatPage& page);
    ~Composer() override;

    QString text() const { return m_text; }
    void setText(const QString& text);
    QAbstractListModel* attachments() { return nullptr; }
    QueueModel* queue() { return &m_queue; }
    int tokenEstimate() const { return 0; }
    bool empty() const { return m_text.isEmpty(); }

    Q_INVOKABLE void addFiles(const QList<QUrl>& urls);
    /// True where the clipboard held a picture or files; else paste text.
    Q_INVOKABLE bool pasteImage();
    Q_INVOKABLE void removeAttachment(int row);
    /// Puts a waiting message back into the composer (what is in there takes its place in the queue).
    Q_INVOKABLE void editQueued(int row);
    Q_INVOKABLE void removeQueued(int row);
    /// Sends what waits after an error or a stop.
    Q_INVOKABLE void sendQueued();

Q_SIGNALS:
    void textChanged();
    void tokenEstimateChanged();

private:
    ChatPage& m_page;
    QString m_text;
    QueueModel m_queue;
};

} // namespace patchbay
