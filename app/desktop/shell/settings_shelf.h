// The shell's small values in the settings file, desktop.json.
#pragma once

#include "app/desktop/settings/settings.h"
#include "app/desktop/shell/shell_store.h"

namespace patchbay {

class SettingsShelf final : public ShellStore {
public:
    explicit SettingsShelf(Settings& settings) : m_settings(settings) {}
    QVariant value(const QString& name) const override { return m_settings.value(name); }
    void setValue(const QString& name, const QVariant& value) override { m_settings.setValue(name, value); }

private:
    Settings& m_settings;
};

} // namespace patchbay
