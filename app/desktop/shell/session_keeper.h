// Where the window was and what it showed, kept over a restart: geometry (only as far as a screen still shows it), page
// and open chat.
#pragma once

#include <QObject>
#include <QPointer>
#include <QRect>
#include <QTimer>
#include <QWindow>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/shell/shell_store.h"

namespace patchbay {

/// `wanted` moved and shrunk so that it lies on one of the screens' `areas`; where it lies on none, in the middle of
/// the first one. Empty without areas.
QRect placedOnScreen(const QRect& wanted, const QList<QRect>& areas);

class SessionKeeper : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.session is the one there is.")
    Q_PROPERTY(QString page READ page WRITE setPage NOTIFY pageChanged)
    Q_PROPERTY(QString chat READ chat WRITE setChat NOTIFY chatChanged)
public:
    explicit SessionKeeper(ShellStore& store, QObject* parent = nullptr);
    /// Puts the window where it was, and follows it from now on.
    void watch(QWindow* window);
    /// Writes what is still to be written.
    void flush();

    QString page() const { return m_store.value(QStringLiteral("session.page")).toString(); }
    void setPage(const QString& page);
    QString chat() const { return m_store.value(QStringLiteral("session.chat")).toString(); }
    void setChat(const QString& chat);

Q_SIGNALS:
    void pageChanged();
    void chatChanged();

private:
    void restore();
    void save();

    ShellStore& m_store;
    QPointer<QWindow> m_window;
    QTimer m_saving; ///< a moment after the last move
};

} // namespace patchbay
