// On or off, with its words at the left of it or alone (then set `label`).
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Switch {
    id: control

    property string label: text

    implicitWidth: (text.length > 0 ? implicitContentWidth + spacing : 0) + indicator.width
    implicitHeight: Math.max(Theme.controlHeight, implicitContentHeight)
    spacing: Theme.gap8
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45
    font.pixelSize: Theme.sizeControl
    Accessible.name: label

    indicator: Rectangle {
        x: control.width - width
        y: Math.round((control.height - height) / 2)
        width: Theme.px(34)
        height: Theme.px(20)
        radius: height / 2
        color: control.checked ? Theme.accent : Theme.tint(Theme.text, control.hovered ? 0.10 : 0.04)
        border.width: control.checked ? 0 : 1
        border.color: Theme.border

        Rectangle {
            readonly property real inset: Theme.px(4)
            x: control.checked ? parent.width - width - Theme.px(3) : inset
            anchors.verticalCenter: parent.verticalCenter
            width: control.checked ? Theme.px(14) : Theme.px(12)
            height: width
            radius: width / 2
            color: control.checked ? Theme.accentText : Theme.border
            Behavior on x { NumberAnimation { duration: Theme.quick } }
        }
        FocusRing {
            shown: control.visualFocus
            corner: parent.radius
        }
    }
    contentItem: Label {
        rightPadding: control.indicator.width + control.spacing
        text: control.text
        font: control.font
        wrapMode: Text.Wrap
        visible: text.length > 0
        Accessible.ignored: true
    }
}
