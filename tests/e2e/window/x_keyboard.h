// Keys as a person presses them: through the X server (XTEST, by xdotool) to whichever window has the focus.
#pragma once

#include <QString>

namespace patchbay::test {

/// Presses and releases keys with xdotool's names: "Return", "ctrl+shift+f", "Up". False when that did not work.
bool pressKey(const QString& name);
/// Types Latin text, key by key.
bool typeText(const QString& text);

} // namespace patchbay::test
