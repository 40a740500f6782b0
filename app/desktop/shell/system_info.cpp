#include "app/desktop/shell/system_info.h"

#include <QEvent>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

namespace patchbay {
namespace {

constexpr int kMiddleLightness = 128;

bool paletteIsDark() {
    return QGuiApplication::palette().color(QPalette::Window).lightness() < kMiddleLightness;
}

} // namespace

SystemInfo::SystemInfo(QObject* parent) : QObject(parent), m_dark(paletteIsDark()) {
    m_watch = watchAppearance([this](const Appearance& appearance) { take(appearance); });
    qApp->installEventFilter(this);
}

SystemInfo::~SystemInfo() = default;

QString SystemInfo::language() const {
    return QLocale::system().name();
}

bool SystemInfo::macOs() const {
#if defined(Q_OS_MACOS)
    return true;
#else
    return false;
#endif
}

void SystemInfo::setSoftwareRendering(bool on) {
    if (on == m_softwareRendering)
        return;
    m_softwareRendering = on;
    Q_EMIT softwareRenderingChanged();
}

void SystemInfo::take(const Appearance& appearance) {
    const bool before = reducedMotion();
    m_appearance = appearance;
    updateDark();
    if (before != reducedMotion())
        Q_EMIT reducedMotionChanged();
}

void SystemInfo::updateDark() {
    const bool dark = m_appearance.dark.value_or(paletteIsDark());
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT darkChanged();
}

bool SystemInfo::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange)
        updateDark();
    return QObject::eventFilter(watched, event);
}

} // namespace patchbay
