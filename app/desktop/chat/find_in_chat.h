// Find in the open chat: all messages of the shown branch, those that are not loaded too. One match per message.
#pragma once

#include <vector>

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

#ifndef Q_MOC_RUN
#include <QCoroTask>
#endif

namespace patchbay {

class ChatPage;

class FindInChat : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ count NOTIFY resultChanged)
    /// 1 … count, 0 = none; 1 is the newest.
    Q_PROPERTY(int position READ position NOTIFY resultChanged)
    Q_PROPERTY(bool busy READ busy NOTIFY resultChanged)
public:
    explicit FindInChat(ChatPage& page);
    ~FindInChat() override;

    QString query() const { return m_query; }
    void setQuery(const QString& query);
    int count() const { return static_cast<int>(m_matches.size()); }
    int position() const { return m_position; }
    bool busy() const { return m_busy; }

    /// To the next older match; ChatController::jumpRequested follows.
    Q_INVOKABLE void next();
    Q_INVOKABLE void previous();
    /// Another chat or branch is shown.
    void restart();

Q_SIGNALS:
    void queryChanged();
    void resultChanged();

private:
    QCoro::Task<void> run();
    QCoro::Task<void> jump();
    void step(int by);

    ChatPage& m_page;
    QString m_query;
    QStringList m_matches; ///< message ids, newest first
    int m_position = 0;
    bool m_busy = false;
    int m_generation = 0;
    QTimer m_delay;
};

} // namespace patchbay
