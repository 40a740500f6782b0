#include "app/desktop/shell/single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>
#include <QTimer>
#include <QtEndian>

#include "storage/os_file_lock.h"

namespace patchbay {
namespace {

constexpr quint32 kMaxMessage = 65536;
constexpr int kHeader = sizeof(quint32);
constexpr int kClientPatienceMs = 5000;
constexpr int kRetryMs = 50;
constexpr char kTaken = 1;
constexpr qsizetype kMaxSocketPath = 100; // 108 with the terminator on Linux, 104 on macOS

// The user's own runtime folder, else the data folder, which is the user's alone too: nobody else can put a socket of
// theirs there.
QString socketAddress(const QString& folder) {
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString name = QStringLiteral("patchbay-") + QString::fromLatin1(hash);
#if defined(Q_OS_WIN)
    return name + u'-' + qEnvironmentVariable("USERNAME");
#else
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString file = name + QStringLiteral(".socket");
    if (!runtime.isEmpty() && QDir(runtime).exists() && runtime.size() + file.size() < kMaxSocketPath)
        return runtime + u'/' + file;
    const QString beside = folder + QStringLiteral("/window.socket");
    return QFile::encodeName(beside).size() < kMaxSocketPath ? beside : QDir::tempPath() + u'/' + file;
#endif
}

} // namespace

SingleInstance::SingleInstance(const QString& dataFolder, QObject* parent)
    : QObject(parent), m_folder(QDir::cleanPath(QDir(dataFolder).absolutePath())), m_address(socketAddress(m_folder)) {
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::accept);
}

SingleInstance::~SingleInstance() {
    m_server.close(); // before the lock goes: nobody else's socket is removed
}

Result<bool> SingleInstance::claim() {
    if (!QDir(m_folder).exists()) {
        QDir().mkpath(m_folder);
        QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    auto lock = OsFileLock::tryLock((m_folder + QStringLiteral("/window.lock")).toStdString());
    if (!lock && lock.error().code == ErrorCode::Conflict)
        return false;
    if (!lock)
        return lock.error();
    m_lock = std::move(*lock);
    QLocalServer::removeServer(m_address); // of one that was killed: the lock is ours
    if (!m_server.listen(m_address))
        return makeError(ErrorCode::Storage, "Cannot listen at " + m_address.toStdString() + ": " +
                                                 m_server.errorString().toStdString());
    return true;
}

void SingleInstance::accept() {
    while (QLocalSocket* socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(kClientPatienceMs, socket, &QLocalSocket::abort);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() < kHeader)
                return;
            const quint32 length = qFromBigEndian<quint32>(socket->peek(kHeader).constData());
            if (length > kMaxMessage) {
                socket->abort();
                return;
            }
            if (socket->bytesAvailable() < kHeader + qint64(length))
                return;
            socket->read(kHeader);
            const QByteArray message = socket->read(length);
            socket->write(&kTaken, 1);
            socket->disconnectFromServer();
            Q_EMIT received(message);
        });
    }
}

Result<void> SingleInstance::send(const QByteArray& message, int patienceMs) {
    const QDeadlineTimer deadline(patienceMs);
    do {
        if (trySend(message, int(deadline.remainingTime())))
            return {};
        QThread::msleep(kRetryMs);
    } while (!deadline.hasExpired());
    return makeError(ErrorCode::Timeout, "Patchbay is running with this data folder, but its window does not answer.",
                     "Close it, or end the process named patchbay-desktop, and start again.");
}

// Before the event loop runs, so it waits by itself.
bool SingleInstance::trySend(const QByteArray& message, int patienceMs) {
    QLocalSocket socket;
    socket.connectToServer(m_address);
    if (!socket.waitForConnected(patienceMs))
        return false;
    QByteArray framed(kHeader, '\0');
    qToBigEndian<quint32>(quint32(message.size()), framed.data());
    socket.write(framed + message);
    char answer = 0;
    return socket.waitForReadyRead(patienceMs) && socket.read(&answer, 1) == 1 && answer == kTaken;
}

} // namespace patchbay
