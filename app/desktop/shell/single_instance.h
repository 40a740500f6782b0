// One window per user and data folder. The first program holds a lock in the data folder and listens on a local socket;
// the next one sends it what it was started for, and ends. Both the lock and the socket survive a kill -9 of the first:
// the kernel drops the lock, and whoever gets it replaces the socket.
//
// On the socket: a message is its length (4 bytes, big endian) and as many bytes; the answer is one byte, 1.
#pragma once

#include <memory>

#include <QLocalServer>
#include <QObject>

#include "base/error.h"

namespace patchbay {

class OsFileLock;

class SingleInstance : public QObject {
    Q_OBJECT
public:
    /// `dataFolder` need not exist yet.
    explicit SingleInstance(const QString& dataFolder, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// True: this is the first one, and it hears the others from now on. False: there is another. An error (folder or
    /// socket cannot be made) is no reason not to start; then nobody will find this one.
    Result<bool> claim();
    /// To the first one, which may be just starting. Error (Timeout) when it does not take the message in `patienceMs`.
    Result<void> send(const QByteArray& message, int patienceMs = 5000);

    /// Where the first one listens.
    QString address() const { return m_address; }

Q_SIGNALS:
    void received(const QByteArray& message);

private:
    void accept();
    bool trySend(const QByteArray& message, int patienceMs);

    QString m_folder;
    QString m_address;
    std::unique_ptr<OsFileLock> m_lock;
    QLocalServer m_server;
};

} // namespace patchbay
