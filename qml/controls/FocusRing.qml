// The ring around what has the keyboard. Put it into a control: FocusRing { shown: control.visualFocus }
import QtQuick
import Patchbay

Rectangle {
    property bool shown: false
    /// Distance from the control's edge; 0 or less draws inside it.
    property real gap: 2
    property real corner: Theme.radius

    anchors.fill: parent
    anchors.margins: -gap
    visible: shown
    color: "transparent"
    radius: corner + Math.max(0, gap)
    border.width: 2
    border.color: Theme.accent
    z: 1
}
