#include "app/desktop/shell/reply_watch.h"

namespace patchbay {

ReplyWatch::ReplyWatch(QAbstractItemModel& chats, qint64 longMs, QObject* parent)
    : QObject(parent), m_chats(chats), m_longMs(longMs) {
    connect(&chats, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& first, const QModelIndex& last) { look(first.row(), last.row()); });
    connect(&chats, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex&, int first, int last) { look(first, last); });
    connect(&chats, &QAbstractItemModel::modelReset, this, [this] { look(0, m_chats.rowCount() - 1); });
}

void ReplyWatch::look(int first, int last) {
    const QHash<int, QByteArray> names = m_chats.roleNames();
    const int idRole = names.key("conversationId");
    const int titleRole = names.key("title");
    const int streamingRole = names.key("streaming");
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_chats.index(row, 0);
        const QString id = index.data(idRole).toString();
        const auto running = m_running.find(id);
        if (index.data(streamingRole).toBool()) {
            if (running == m_running.end())
                m_running[id].start();
        } else if (running != m_running.end()) {
            const bool tookLong = running->elapsed() >= m_longMs;
            m_running.erase(running);
            if (tookLong)
                Q_EMIT longReplyEnded(id, index.data(titleRole).toString());
        }
    }
}

} // namespace patchbay
