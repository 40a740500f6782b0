// A floating panel. Content goes into it as into any Item. Esc and a click outside close it, at once: while a popup
// fades, keys would still be its own.
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Popup {
    id: control

    /// Accessible name of the panel.
    property string title: ""

    padding: Theme.gap12
    margins: Theme.gap8
    focus: true
    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: implicitContentHeight + topPadding + bottomPadding
    background: PopupFrame {
        Accessible.role: Accessible.Pane
        Accessible.name: control.title
    }

    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick } }

    T.Overlay.modal: Rectangle { color: Theme.shade }
    T.Overlay.modeless: Item {}
}
