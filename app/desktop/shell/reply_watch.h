// Notices when a reply that took long has ended, so that somebody who looked away can be told. It reads the list of
// chats by the names of its roles.
#pragma once

#include <functional>

#include <QAbstractItemModel>
#include <QElapsedTimer>
#include <QHash>
#include <QObject>

namespace patchbay {

class ReplyWatch : public QObject {
    Q_OBJECT
public:
    /// `chats`: rows with the roles `conversationId`, `title` and `streaming`. `longMs`: shorter replies are not told.
    ReplyWatch(QAbstractItemModel& chats, qint64 longMs, QObject* parent = nullptr);

Q_SIGNALS:
    void longReplyEnded(const QString& conversationId, const QString& title);

private:
    void look(int first, int last);

    QAbstractItemModel& m_chats;
    qint64 m_longMs;
    QHash<QString, QElapsedTimer> m_running; ///< by conversation
};

} // namespace patchbay
