#include "app/desktop/items/window_look.h"

#include <QGuiApplication>
#include <QStyleHints>

namespace patchbay {

void setUpWindowLook() {
    QGuiApplication::styleHints()->setCursorFlashTime(0);
}

} // namespace patchbay
