// The root of what QML sees: starts the core and holds the controllers. Main.qml gets it as its required property.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/bridge/engine_bridge.h"

namespace patchbay {

class App : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    /// The core has started.
    Q_PROPERTY(bool ready READ ready NOTIFY readyChanged)
    /// Why the core could not start, and what to do; empty while all is well.
    Q_PROPERTY(QString startError READ startError NOTIFY readyChanged)
public:
    explicit App(QObject* parent = nullptr);

    void start(CompositionOptions options);
    bool ready() const { return m_bridge.ready(); }
    QString startError() const { return m_startError; }
    EngineBridge& bridge() { return m_bridge; }

Q_SIGNALS:
    void readyChanged();

private:
    EngineBridge m_bridge;
    QString m_startError;
};

} // namespace patchbay
