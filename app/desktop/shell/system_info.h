// What the window wants to know of the system it runs on, live: whether it is dark, whether it asks for little motion.
// Asking the system is the business of os_appearance; where it does not answer, the lightness of the palette decides.
#pragma once

#include <memory>

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/shell/os_appearance.h"

namespace patchbay {

class SystemInfo : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("App.system is the one there is.")
    Q_PROPERTY(bool dark READ dark NOTIFY darkChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion NOTIFY reducedMotionChanged)
    /// The language of the system as a locale's name, "zh_CN".
    Q_PROPERTY(QString language READ language CONSTANT)
    /// macOS: the key that other systems call Ctrl is Cmd there.
    Q_PROPERTY(bool macOs READ macOs CONSTANT)
    /// Frames come from the software renderer: correct, but slow with large windows.
    Q_PROPERTY(bool softwareRendering READ softwareRendering NOTIFY softwareRenderingChanged)
public:
    explicit SystemInfo(QObject* parent = nullptr);
    ~SystemInfo() override;

    bool dark() const { return m_dark; }
    bool reducedMotion() const { return m_appearance.reducedMotion.value_or(false); }
    QString language() const;
    bool macOs() const;
    bool softwareRendering() const { return m_softwareRendering; }
    void setSoftwareRendering(bool on);

Q_SIGNALS:
    void darkChanged();
    void reducedMotionChanged();
    void softwareRenderingChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void take(const Appearance& appearance);
    void updateDark();

    Appearance m_appearance;
    std::unique_ptr<AppearanceWatch> m_watch;
    bool m_dark = false;
    bool m_softwareRendering = false;
};

} // namespace patchbay
