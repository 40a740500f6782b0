#include "app/desktop/shell/system_info.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusVariant>
#include <QProcess>
#include <QPalette>
#include <QSignalSpy>
#include <QtTest>

using namespace patchbay;

namespace {

using Namespaces = QMap<QString, QVariantMap>;

} // namespace

// As xdg-desktop-portal answers.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint scheme = 0;
    bool animations = true;

    void change(QDBusConnection& bus, const QString& place, const QString& key, const QVariant& value) {
        QDBusMessage signal = QDBusMessage::createSignal("/org/freedesktop/portal/desktop",
                                                         "org.freedesktop.portal.Settings", "SettingChanged");
        signal << place << key << QVariant::fromValue(QDBusVariant(value));
        QVERIFY(bus.send(signal));
    }

public Q_SLOTS:
    Namespaces ReadAll(const QStringList&) {
        return {{"org.freedesktop.appearance", {{"color-scheme", scheme}}},
                {"org.gnome.desktop.interface", {{"enable-animations", animations}}}};
    }
};

class SystemInfoTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        qDBusRegisterMetaType<Namespaces>();
        m_daemon.start("dbus-daemon", {"--session", "--nofork", "--print-address=1"});
        if (!m_daemon.waitForStarted())
            QSKIP("there is no dbus-daemon on this machine");
        QTRY_VERIFY(m_daemon.canReadLine());
        const QByteArray address = m_daemon.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        m_bus = std::make_unique<QDBusConnection>(QDBusConnection::connectToBus(QString::fromUtf8(address), "portal"));
        QVERIFY(m_bus->isConnected());
        QVERIFY(m_bus->registerService("org.freedesktop.portal.Desktop"));
        QVERIFY(m_bus->registerObject("/org/freedesktop/portal/desktop", &m_portal, QDBusConnection::ExportAllSlots));
    }
    void cleanupTestCase() {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }

    void thePortalDecidesAndIsFollowed() {
        m_portal.scheme = 1;
        m_portal.animations = false;
        SystemInfo system;
        QVERIFY(!system.dark()); // nobody waited for the answer
        QTRY_VERIFY(system.dark());
        QVERIFY(system.reducedMotion());

        QSignalSpy changed(&system, &SystemInfo::darkChanged);
        m_portal.change(*m_bus, "org.freedesktop.appearance", "color-scheme", uint(2));
        QVERIFY(changed.wait());
        QVERIFY(!system.dark());
        m_portal.change(*m_bus, "org.gnome.desktop.interface", "enable-animations", true);
        QTRY_VERIFY(!system.reducedMotion());
    }

    void withoutAPreferenceThePaletteDecides() {
        m_portal.scheme = 0;
        SystemInfo system;
        QSignalSpy changed(&system, &SystemInfo::darkChanged);
        QPalette palette = QGuiApplication::palette();
        palette.setColor(QPalette::Window, QColor("#202020"));
        QGuiApplication::setPalette(palette);
        QVERIFY(changed.count() == 1 || changed.wait());
        QVERIFY(system.dark());
        palette.setColor(QPalette::Window, QColor("#f0f0f0"));
        QGuiApplication::setPalette(palette);
        QTRY_VERIFY(!system.dark());
    }

private:
    QProcess m_daemon;
    std::unique_ptr<QDBusConnection> m_bus;
    Portal m_portal;
};

QTEST_MAIN(SystemInfoTest)
#include "system_info_test.moc"
