// Not built yet. AppsUseLightTheme in the user's registry; the system tells of changes by WM_SETTINGCHANGE with the
// parameter "ImmersiveColorSet", and of motion by SPI_GETCLIENTAREAANIMATION.
#include <windows.h>

#include <QAbstractNativeEventFilter>
#include <QCoreApplication>
#include <QTimer>

#include "app/desktop/shell/os_appearance.h"

namespace patchbay {
namespace {

constexpr auto kThemeKey = L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize";

Appearance readAppearance() {
    Appearance appearance;
    DWORD light = 1;
    DWORD size = sizeof(light);
    if (RegGetValueW(HKEY_CURRENT_USER, kThemeKey, L"AppsUseLightTheme", RRF_RT_REG_DWORD, nullptr, &light, &size) ==
        ERROR_SUCCESS)
        appearance.dark = light == 0;
    BOOL animated = TRUE;
    if (SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, &animated, 0))
        appearance.reducedMotion = !animated;
    return appearance;
}

class WindowsWatch final : public AppearanceWatch, public QAbstractNativeEventFilter {
public:
    explicit WindowsWatch(std::function<void(const Appearance&)> changed) : m_changed(std::move(changed)) {
        qApp->installNativeEventFilter(this);
        update();
    }
    ~WindowsWatch() override { qApp->removeNativeEventFilter(this); }

    bool nativeEventFilter(const QByteArray&, void* message, qintptr*) override {
        if (static_cast<const MSG*>(message)->message == WM_SETTINGCHANGE)
            update();
        return false;
    }

private:
    void update() {
        const Appearance now = readAppearance();
        if (now == m_appearance)
            return;
        m_appearance = now;
        m_changed(now);
    }

    std::function<void(const Appearance&)> m_changed;
    Appearance m_appearance;
};

} // namespace

std::unique_ptr<AppearanceWatch> watchAppearance(std::function<void(const Appearance&)> changed) {
    return std::make_unique<WindowsWatch>(std::move(changed));
}

} // namespace patchbay
