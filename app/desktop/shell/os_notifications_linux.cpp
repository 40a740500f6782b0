// Desktop Notifications Specification 1.2.
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QHash>
#include <QVariantMap>

#include "app/desktop/shell/os_notifications.h"
#include "app/desktop/shell/os_session_bus.h"

namespace patchbay {
namespace {

const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr int kServersOwnTimeout = -1;
constexpr uint kNewOne = 0;

class BusNotifications final : public OsNotifications {
    Q_OBJECT
public:
    explicit BusNotifications(QDBusConnection bus) : m_bus(std::move(bus)) {
        m_bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                      SLOT(actionInvoked(QDBusMessage)));
        m_bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                      SLOT(notificationClosed(QDBusMessage)));
    }

    bool available() const override { return true; }

    void show(const QString& title, const QString& text, const QString& tag) override {
        QDBusMessage call = QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
        // The body may be read as markup.
        call << QStringLiteral("Patchbay") << kNewOne << QStringLiteral("patchbay") << title << text.toHtmlEscaped()
             << QStringList{QStringLiteral("default"), tr("Open")}
             << QVariantMap{{QStringLiteral("desktop-entry"), QStringLiteral("patchbay")}} << kServersOwnTimeout;
        auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, tag] {
            watcher->deleteLater();
            const QDBusPendingReply<uint> id = *watcher;
            if (id.isValid())
                m_tags.insert(id.value(), tag);
        });
    }

private Q_SLOTS:
    void actionInvoked(const QDBusMessage& signal) {
        const uint id = signal.arguments().value(0).toUInt();
        if (m_tags.contains(id))
            Q_EMIT clicked(m_tags.take(id));
    }
    void notificationClosed(const QDBusMessage& signal) { m_tags.remove(signal.arguments().value(0).toUInt()); }

private:
    QDBusConnection m_bus;
    QHash<uint, QString> m_tags; ///< by the server's number
};

} // namespace

std::unique_ptr<OsNotifications> OsNotifications::make() {
    if (const auto bus = sessionBus())
        return std::make_unique<BusNotifications>(*bus);
    return std::make_unique<OsNotifications>();
}

} // namespace patchbay

#include "os_notifications_linux.moc"
