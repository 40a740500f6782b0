// The session's D-Bus, only where there is one: Qt would otherwise try to start a bus, and wait for it. Linux only.
#pragma once

#include <optional>

#include <QDBusConnection>

namespace patchbay {

/// nullopt: no bus, or none that answers.
std::optional<QDBusConnection> sessionBus();

} // namespace patchbay
