// What Qt Quick takes from the program rather than from QML. Call it once, before the first window.
#pragma once

namespace patchbay {

/// No blinking cursor: an idle window must draw nothing.
void setUpWindowLook();

} // namespace patchbay
