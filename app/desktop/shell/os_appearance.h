// Light or dark, and whether to move: asked of the operating system without waiting, and followed while it changes.
// Linux: the desktop portal over D-Bus. Windows: the registry and SystemParametersInfo. macOS: the application's
// appearance and the workspace's accessibility settings. The Windows and macOS files have not been built yet.
#pragma once

#include <functional>
#include <memory>
#include <optional>

namespace patchbay {

/// nullopt: the system has no opinion, or none that can be asked for.
struct Appearance {
    std::optional<bool> dark;
    std::optional<bool> reducedMotion;
    bool operator==(const Appearance&) const = default;
};

class AppearanceWatch {
public:
    virtual ~AppearanceWatch() = default;
};

/// `changed` is called on this thread, first when the system has answered (at once, later, or never), then at each
/// change. Letting the result go ends it.
std::unique_ptr<AppearanceWatch> watchAppearance(std::function<void(const Appearance&)> changed);

} // namespace patchbay
