// A message of the desktop beside the window. Linux: org.freedesktop.Notifications over D-Bus. Elsewhere the tray icon
// shows it (Tray.qml): then available() is false.
#pragma once

#include <memory>

#include <QObject>
#include <QString>

namespace patchbay {

class OsNotifications : public QObject {
    Q_OBJECT
public:
    explicit OsNotifications(QObject* parent = nullptr) : QObject(parent) {}
    static std::unique_ptr<OsNotifications> make();

    virtual bool available() const { return false; }
    /// Never waits. `tag` comes back with clicked().
    virtual void show(const QString& title, const QString& text, const QString& tag) {
        (void)title, (void)text, (void)tag;
    }

Q_SIGNALS:
    void clicked(const QString& tag);
};

} // namespace patchbay
