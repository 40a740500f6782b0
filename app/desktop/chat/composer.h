// What is being written: text and attachments of the open chat, kept per chat in the store as a draft, and the messages
// that wait for a running reply. Attachments and waiting messages live as long as the program.
#pragma once

#include <memory>

#include <QAbstractListModel>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>
#include <QUrl>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/chat/queue_model.h"
#include "app/desktop/transfer/attachment_list.h"

#ifndef Q_MOC_RUN
#include <QCoroTask>
#endif

namespace patchbay {

class ChatPage;

class Composer : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged)
    Q_PROPERTY(patchbay::AttachmentList* attachments READ attachments CONSTANT)
    Q_PROPERTY(patchbay::QueueModel* queue READ queue CONSTANT)
    Q_PROPERTY(int tokenEstimate READ tokenEstimate NOTIFY tokenEstimateChanged)
    /// There is neither text nor an attachment that can be sent.
    Q_PROPERTY(bool empty READ empty NOTIFY emptyChanged)
public:
    Composer(ChatPage& page, std::shared_ptr<AttachmentPreviews> previews);
    ~Composer() override;

    QString text() const { return m_text; }
    void setText(const QString& text);
    AttachmentList* attachments() { return &m_attachments; }
    QueueModel* queue() { return &m_queue; }
    int tokenEstimate() const;
    bool empty() const { return m_text.trimmed().isEmpty() && m_attachments.readyCount() == 0; }

    Q_INVOKABLE void addFiles(const QList<QUrl>& urls);
    /// True where the clipboard held a picture or files; else paste text.
    Q_INVOKABLE bool pasteImage();
    Q_INVOKABLE void removeAttachment(int row);
    /// Puts a waiting message back into the composer (what is in there takes its place in the queue).
    Q_INVOKABLE void editQueued(int row);
    Q_INVOKABLE void removeQueued(int row);
    /// Sends what waits after an error or a stop.
    Q_INVOKABLE void sendQueued();

    // For the controller. Chats are named by their id; "" is the new chat.
    /// Shows that chat's things; its text is `draft` unless more is known.
    void switchTo(const QString& conversationId, const QString& draft);
    /// The new chat got its id.
    void newChatIs(const QString& conversationId);
    /// Empties the composer.
    Prompt take();
    /// A message that could not be sent: into that chat's composer where it is empty, else to the head of its queue.
    void giveBack(const QString& conversationId, Prompt prompt);
    /// Takes a given-back prompt out again, where nobody changed it.
    void forgetGivenBack(const QString& conversationId);
    void enqueue(const QString& conversationId, Prompt prompt);
    std::optional<Prompt> nextQueued(const QString& conversationId);
    void saveDraftNow();
    QCoro::Task<void> readNewChatDraft();

Q_SIGNALS:
    void textChanged();
    void emptyChanged();
    void tokenEstimateChanged();
    /// A draft was written: whether there is one.
    void draftSaved(const QString& conversationId, bool any);

private:
    struct State {
        Prompt prompt;
        std::vector<Prompt> queue;
        QString givenBack;
    };
    void apply(Prompt prompt);
    State& current() { return m_states[m_conversationId]; }
    void noticeEmpty();

    ChatPage& m_page;
    QString m_conversationId;
    QString m_text;
    AttachmentList m_attachments;
    QueueModel m_queue;
    QHash<QString, State> m_states; ///< of the chats that were open; of the open one only what is not shown
    QTimer m_saving;
    QString m_saved; ///< what the store has
    bool m_wasEmpty = true;
};

} // namespace patchbay
