#include "app/desktop/settings/os_keychain.h"

#include <algorithm>
#include <condition_variable>
#include <memory>

#include <QCoreApplication>
#include <QThread>
#include <qt6keychain/keychain.h>

namespace patchbay {
namespace {

constexpr Milliseconds kImpatientTime{2'000};

QString serviceName() {
    return QStringLiteral("Patchbay");
}

Error errorOf(QKeychain::Error code, const QString& text, const std::string& name) {
    const std::string said = text.isEmpty() ? std::string() : ": " + text.toStdString();
    switch (code) {
    case QKeychain::EntryNotFound:
        return makeError(ErrorCode::NotFound, "the keychain has no entry '" + name + "'", "Enter the key again.");
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return makeError(ErrorCode::Unsupported, "there is no keychain service on this system",
                         "Start one (GNOME Keyring, KWallet, KeePassXC), or use the encrypted file.");
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return makeError(ErrorCode::Permission, "the keychain stays closed" + said, "Unlock it and try again.");
    default:
        break;
    }
    return makeError(ErrorCode::Unavailable, "the keychain cannot be used" + said,
                     "Check the system's keychain service, or use the encrypted file.");
}

} // namespace

/// What a waiting worker and the application's thread share; the worker may be gone before the job ends.
struct OsKeychain::Call {
    std::mutex mutex;
    std::condition_variable ended;
    bool done = false;
    QKeychain::Error error = QKeychain::NoError;
    QString errorText;
    Secret value;
};

Result<Secret> OsKeychain::ask(Action action, const std::string& name, const Secret& value) {
    QCoreApplication* const application = QCoreApplication::instance();
    if (application == nullptr || QThread::currentThread() == application->thread())
        return makeError(ErrorCode::Internal, "the keychain was asked on the application's thread", {});
    auto call = std::make_shared<Call>();
    QMetaObject::invokeMethod(
        application,
        [call, action, key = QString::fromStdString(name), value] {
            QKeychain::Job* job = nullptr;
            if (action == Action::Read)
                job = new QKeychain::ReadPasswordJob(serviceName());
            else if (action == Action::Delete)
                job = new QKeychain::DeletePasswordJob(serviceName());
            else {
                auto* write = new QKeychain::WritePasswordJob(serviceName());
                write->setTextData(QString::fromStdString(value.reveal()));
                job = write;
            }
            job->setInsecureFallback(false);
            job->setKey(key);
            QObject::connect(job, &QKeychain::Job::finished, job, [call](QKeychain::Job* ended) {
                const std::lock_guard lock(call->mutex);
                call->error = ended->error();
                call->errorText = ended->errorString();
                if (auto* read = qobject_cast<QKeychain::ReadPasswordJob*>(ended); read && !ended->error())
                    call->value = Secret(read->textData().toStdString());
                call->done = true;
                call->ended.notify_all();
            });
            job->start();
        },
        Qt::QueuedConnection);

    std::unique_lock own(m_mutex);
    auto end = std::chrono::steady_clock::now() + (m_silent ? std::min(kImpatientTime, m_answerTime) : m_answerTime);
    while (!m_closed && std::chrono::steady_clock::now() < end) {
        own.unlock();
        {
            std::unique_lock lock(call->mutex);
            // In slices, so that close() is noticed.
            call->ended.wait_for(lock, Milliseconds{20}, [&] { return call->done; });
            if (call->done) {
                Result<Secret> outcome = call->error == QKeychain::NoError
                                             ? Result<Secret>(call->value)
                                             : Result<Secret>(errorOf(call->error, call->errorText, name));
                lock.unlock();
                own.lock();
                m_silent = false;
                return outcome;
            }
        }
        own.lock();
    }
    m_silent = !m_closed;
    return m_closed ? makeError(ErrorCode::Unavailable, "Patchbay is closing", {})
                    : makeError(ErrorCode::Unavailable, "the keychain did not answer", "Unlock it and try again.");
}

Result<Secret> OsKeychain::get(const std::string& name) {
    {
        const std::lock_guard lock(m_mutex);
        if (const auto known = m_known.find(name); known != m_known.end())
            return known->second;
    }
    auto found = ask(Action::Read, name, Secret());
    if (found) {
        const std::lock_guard lock(m_mutex);
        m_known.insert_or_assign(name, *found);
    }
    return found;
}

Result<void> OsKeychain::set(const std::string& name, const Secret& value) {
    if (auto written = ask(Action::Write, name, value); !written)
        return written.error();
    const std::lock_guard lock(m_mutex);
    m_known.insert_or_assign(name, value);
    return {};
}

Result<void> OsKeychain::remove(const std::string& name) {
    {
        const std::lock_guard lock(m_mutex);
        m_known.erase(name);
    }
    if (auto removed = ask(Action::Delete, name, Secret()); !removed)
        return removed.error();
    return {};
}

void OsKeychain::close() {
    const std::lock_guard lock(m_mutex);
    m_closed = true;
}

} // namespace patchbay
