// What Qt Quick takes from the program rather than from QML: no blinking cursor (an idle window must draw nothing), and
// fonts that have Chinese in the same weights as the interface's own. Call it once, before the first window.
#pragma once

namespace patchbay {

void setUpWindowLook();

} // namespace patchbay
