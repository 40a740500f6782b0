// The StatusNotifierItem specification: there is a tray where somebody owns the watcher's name.
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

#include "app/desktop/shell/os_session_bus.h"
#include "app/desktop/shell/os_tray.h"

namespace patchbay {

void askForTray(QObject* context, std::function<void(bool)> answer) {
    const auto bus = sessionBus();
    if (!bus) {
        answer(false);
        return;
    }
    const QString service = QStringLiteral("org.freedesktop.DBus");
    QDBusMessage ask = QDBusMessage::createMethodCall(service, QStringLiteral("/org/freedesktop/DBus"), service,
                                                      QStringLiteral("NameHasOwner"));
    ask << QStringLiteral("org.kde.StatusNotifierWatcher");
    auto* watcher = new QDBusPendingCallWatcher(bus->asyncCall(ask), context);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, [watcher, answer = std::move(answer)] {
        watcher->deleteLater();
        const QDBusPendingReply<bool> owned = *watcher;
        answer(owned.isValid() && owned.value());
    });
}

} // namespace patchbay
