#include "app/desktop/shell/os_tray.h"

namespace patchbay {

void askForTray(QObject*, std::function<void(bool)> answer) {
    answer(true); // Windows and macOS always have one
}

} // namespace patchbay
