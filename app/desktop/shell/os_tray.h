// Whether the desktop has a place for tray icons. Asked before Qt's own icon is made, which complains where there is none.
#pragma once

#include <functional>

class QObject;

namespace patchbay {

/// `answer` is called on this thread, at once or later; never after `context` is gone.
void askForTray(QObject* context, std::function<void(bool)> answer);

} // namespace patchbay
