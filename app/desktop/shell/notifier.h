// Tells somebody who looks elsewhere that a long reply has ended: over the desktop's own messages, else by the tray
// icon, which shows what trayMessage() carries.
#pragma once

#include <memory>

#include <QObject>
#include <QPointer>
#include <QWindow>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/shell/os_notifications.h"
#include "app/desktop/shell/reply_watch.h"

namespace patchbay {

class Notifier : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.notifier is the one there is.")
    Q_PROPERTY(bool enabled READ enabled WRITE setEnabled NOTIFY enabledChanged)
public:
    /// Replies that took less are not worth a message.
    static constexpr qint64 kLongReplyMs = 10000;

    explicit Notifier(QAbstractItemModel& chats, QObject* parent = nullptr, qint64 longReplyMs = kLongReplyMs);
    /// The window that, while it is active, needs no message.
    void watch(QWindow* window) { m_window = window; }

    bool enabled() const { return m_enabled; }
    void setEnabled(bool enabled);
    /// The message was clicked.
    Q_INVOKABLE void open(const QString& conversationId) { Q_EMIT openRequested(conversationId); }

Q_SIGNALS:
    void enabledChanged();
    void openRequested(const QString& conversationId);
    void trayMessage(const QString& title, const QString& text, const QString& conversationId);

private:
    void tell(const QString& conversationId, const QString& title);

    ReplyWatch m_watch;
    std::unique_ptr<OsNotifications> m_desktop; ///< made at the first message: it needs the bus
    QPointer<QWindow> m_window;
    bool m_enabled = true;
};

} // namespace patchbay
