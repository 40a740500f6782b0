// The desktop portal: org.freedesktop.portal.Settings, version 1.
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QObject>

#include "app/desktop/shell/os_appearance.h"
#include "app/desktop/shell/os_session_bus.h"

namespace patchbay {
namespace {

const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
const QString kAppearance = QStringLiteral("org.freedesktop.appearance");
const QString kGnome = QStringLiteral("org.gnome.desktop.interface");

// Some portals wrap the value in a variant more than once.
QVariant unwrapped(QVariant value) {
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

class PortalWatch final : public QObject, public AppearanceWatch {
    Q_OBJECT
public:
    PortalWatch(QDBusConnection bus, std::function<void(const Appearance&)> changed)
        : m_bus(std::move(bus)), m_changed(std::move(changed)) {
        m_bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
                      SLOT(settingChanged(QDBusMessage)));
        QDBusMessage ask = QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("ReadAll"));
        ask << QStringList{kAppearance, kGnome};
        auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(ask), this);
        QObject::connect(watcher, &QDBusPendingCallWatcher::finished, this, &PortalWatch::answered);
    }

private Q_SLOTS:
    void settingChanged(const QDBusMessage& signal) {
        const QVariantList arguments = signal.arguments(); // namespace, key, value
        if (arguments.size() != 3)
            return;
        const Appearance before = m_appearance;
        take(arguments[0].toString(), arguments[1].toString(), arguments[2]);
        if (m_appearance != before)
            m_changed(m_appearance);
    }

private:
    // No portal is no error: the palette decides then.
    void answered(QDBusPendingCallWatcher* watcher) {
        watcher->deleteLater();
        const QDBusMessage answer = watcher->reply();
        if (watcher->isError() || answer.arguments().isEmpty())
            return;
        QMap<QString, QVariantMap> places;
        const QVariant body = answer.arguments().constFirst();
        if (body.userType() != qMetaTypeId<QDBusArgument>() ||
            body.value<QDBusArgument>().currentSignature() != QLatin1String("a{sa{sv}}"))
            return;
        body.value<QDBusArgument>() >> places;
        for (auto place = places.cbegin(); place != places.cend(); ++place)
            for (auto setting = place->cbegin(); setting != place->cend(); ++setting)
                take(place.key(), setting.key(), setting.value());
        m_changed(m_appearance);
    }

    void take(const QString& place, const QString& key, const QVariant& wrapped) {
        const QVariant value = unwrapped(wrapped);
        if (place == kAppearance && key == QLatin1String("color-scheme")) {
            const uint scheme = value.toUInt(); // 0 no preference, 1 dark, 2 light
            m_appearance.dark = scheme == 0 ? std::nullopt : std::optional(scheme == 1);
        } else if (place == kAppearance && key == QLatin1String("reduced-motion")) {
            m_appearance.reducedMotion = value.toUInt() == 1;
        } else if (place == kGnome && key == QLatin1String("enable-animations")) {
            m_appearance.reducedMotion = !value.toBool();
        }
    }

    QDBusConnection m_bus;
    std::function<void(const Appearance&)> m_changed;
    Appearance m_appearance;
};

} // namespace

std::unique_ptr<AppearanceWatch> watchAppearance(std::function<void(const Appearance&)> changed) {
    const auto bus = sessionBus();
    if (!bus)
        return nullptr;
    return std::make_unique<PortalWatch>(*bus, std::move(changed));
}

} // namespace patchbay

#include "os_appearance_linux.moc"
