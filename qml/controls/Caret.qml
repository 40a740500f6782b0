// Where typing goes. It does not blink: an idle window draws nothing. cursorDelegate: Caret {}
import QtQuick
import Patchbay

Rectangle {
    width: Math.max(1, Theme.px(1.5))
    color: Theme.accent
    visible: parent ? (parent as TextInput)?.cursorVisible ?? (parent as TextEdit)?.cursorVisible ?? false : false
    Accessible.ignored: true
}
