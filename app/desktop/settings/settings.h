// What the person chose for this window: language, theme, zoom, keys … One JSON file, desktop.json in the configuration
// folder, read before the window is made, so that the first frame is right, and written a moment after a change through
// a temporary file and a rename. Members that this version does not know are kept. No secrets.
#pragma once

#include <QJsonObject>
#include <QObject>
#include <QRect>
#include <QTimer>
#include <QVariant>
#include <QtQml/qqmlregistration.h>

namespace patchbay {

class Settings : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    /// "system", "en" or "zh_CN"
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    /// "system", "light" or "dark"
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged)
    /// 0.8 to 2.0
    Q_PROPERTY(double zoom READ zoom WRITE setZoom NOTIFY zoomChanged)
    /// "system", "on" or "off"
    Q_PROPERTY(QString reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)
    /// "enter" or "mod+enter"
    Q_PROPERTY(QString sendKey READ sendKey WRITE setSendKey NOTIFY sendKeyChanged)
    Q_PROPERTY(bool notifications READ notifications WRITE setNotifications NOTIFY notificationsChanged)
    Q_PROPERTY(bool trayIcon READ trayIcon WRITE setTrayIcon NOTIFY trayIconChanged)
    Q_PROPERTY(bool restoreSession READ restoreSession WRITE setRestoreSession NOTIFY restoreSessionChanged)
    Q_PROPERTY(bool codeWrap READ codeWrap WRITE setCodeWrap NOTIFY codeWrapChanged)
    Q_PROPERTY(bool showCost READ showCost WRITE setShowCost NOTIFY showCostChanged)
    /// What new chats ask; empty = the configuration's default.
    Q_PROPERTY(QString defaultModel READ defaultModel WRITE setDefaultModel NOTIFY defaultModelChanged)
    /// Empty until the window was closed once.
    Q_PROPERTY(QRect windowGeometry READ windowGeometry WRITE setWindowGeometry NOTIFY windowGeometryChanged)
    Q_PROPERTY(bool windowMaximized READ windowMaximized WRITE setWindowMaximized NOTIFY windowMaximizedChanged)
    Q_PROPERTY(bool firstRunDone READ firstRunDone WRITE setFirstRunDone NOTIFY firstRunDoneChanged)
public:
    explicit Settings(QObject* parent = nullptr);
    /// Writes what is still to be written.
    ~Settings() override;

    /// Reads `file`; from now on changes are written there. A file that cannot be read as settings is renamed to
    /// file.broken-1, -2 … and defaults are used: then `notice` is emitted once the event loop runs.
    void load(const QString& file);
    /// Changes are no longer written; for screenshots and tests.
    void setPersistent(bool persistent) { m_persistent = persistent; }
    /// Writes now what is still to be written; true where the file is up to date.
    bool flush();
    const QString& file() const { return m_file; }

    QString language() const;
    void setLanguage(const QString& language);
    QString theme() const;
    void setTheme(const QString& theme);
    double zoom() const;
    void setZoom(double zoom);
    QString reducedMotion() const;
    void setReducedMotion(const QString& choice);
    QString sendKey() const;
    void setSendKey(const QString& key);
    bool notifications() const { return flag("notifications", true); }
    void setNotifications(bool on) { set("notifications", on); }
    bool trayIcon() const { return flag("trayIcon", false); }
    void setTrayIcon(bool on) { set("trayIcon", on); }
    bool restoreSession() const { return flag("restoreSession", true); }
    void setRestoreSession(bool on) { set("restoreSession", on); }
    bool codeWrap() const { return flag("codeWrap", false); }
    void setCodeWrap(bool on) { set("codeWrap", on); }
    bool showCost() const { return flag("showCost", true); }
    void setShowCost(bool on) { set("showCost", on); }
    QString defaultModel() const;
    void setDefaultModel(const QString& model) { set("defaultModel", model); }
    QRect windowGeometry() const;
    void setWindowGeometry(const QRect& geometry);
    bool windowMaximized() const { return flag("windowMaximized", false); }
    void setWindowMaximized(bool on) { set("windowMaximized", on); }
    bool firstRunDone() const { return flag("firstRunDone", false); }
    void setFirstRunDone(bool on) { set("firstRunDone", on); }

    /// Small values of other parts of the window (widths of panes, shortcuts, the chat that was open), kept in the same
    /// file. An invalid value removes the member.
    Q_INVOKABLE QVariant value(const QString& name, const QVariant& fallback = {}) const;
    Q_INVOKABLE void setValue(const QString& name, const QVariant& value);
    /// Everything above back to its default, without the window's place, the first run and what setValue keeps.
    Q_INVOKABLE void reset();

Q_SIGNALS:
    void languageChanged();
    void themeChanged();
    void zoomChanged();
    void reducedMotionChanged();
    void sendKeyChanged();
    void notificationsChanged();
    void trayIconChanged();
    void restoreSessionChanged();
    void codeWrapChanged();
    void showCostChanged();
    void defaultModelChanged();
    void windowGeometryChanged();
    void windowMaximizedChanged();
    void firstRunDoneChanged();
    /// A member of the file changed, by its name there.
    void valueChanged(const QString& name);
    /// Something a person should know: the file was damaged, or cannot be written.
    void notice(const QString& text, const QString& hint);

private:
    bool flag(const char* name, bool fallback) const;
    QString choice(const char* name, std::initializer_list<const char*> choices) const;
    void set(const char* name, const QJsonValue& value);
    void emitChanged(const QString& name);
    void setAside(const QString& why);

    QJsonObject m_values;
    QString m_file;
    QTimer m_writing;
    bool m_persistent = true;
    bool m_dirty = false;
    bool m_writeFailed = false;
};

} // namespace patchbay
