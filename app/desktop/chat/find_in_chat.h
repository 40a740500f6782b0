// Find in the open chat: all messages of the shown branch, those that are not loaded too. One match per message.
#pragma once

#include <QObject>
#include <QString>
#include <QtQml/qqmlregistration.h>

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
    int count() const { return 0; }
    int position() const { return 0; }
    bool busy() const { return false; }

    /// To the next older match; ChatController::jumpRequested follows.
    Q_INVOKABLE void next();
    Q_INVOKABLE void previous();

Q_SIGNALS:
    void queryChanged();
    void resultChanged();

private:
    ChatPage& m_page;
    QString m_query;
};

} // namespace patchbay
