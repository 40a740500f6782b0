#include "app/desktop/shell/notifier.h"

namespace patchbay {

Notifier::Notifier(QAbstractItemModel& chats, QObject* parent, qint64 longReplyMs)
    : QObject(parent), m_watch(chats, longReplyMs) {
    connect(&m_watch, &ReplyWatch::longReplyEnded, this, &Notifier::tell);
}

void Notifier::setEnabled(bool enabled) {
    if (enabled == m_enabled)
        return;
    m_enabled = enabled;
    Q_EMIT enabledChanged();
}

void Notifier::tell(const QString& conversationId, const QString& title) {
    if (!m_enabled || (m_window && m_window->isVisible() && m_window->isActive()))
        return;
    if (!m_desktop) {
        m_desktop = OsNotifications::make();
        connect(m_desktop.get(), &OsNotifications::clicked, this, &Notifier::openRequested);
    }
    const QString heading = tr("The reply is ready");
    if (m_desktop->available())
        m_desktop->show(heading, title, conversationId);
    else
        Q_EMIT trayMessage(heading, title, conversationId);
}

} // namespace patchbay
