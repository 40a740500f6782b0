// A box to tick with its words at the right.
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.CheckBox {
    id: control

    implicitWidth: implicitContentWidth + leftPadding + rightPadding
    implicitHeight: Math.max(Theme.px(28), implicitContentHeight)
    spacing: Theme.gap8
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45
    font.pixelSize: Theme.sizeControl
    Accessible.name: text

    indicator: Rectangle {
        y: Math.round((control.height - height) / 2)
        width: Theme.px(16)
        height: Theme.px(16)
        radius: Theme.px(4)
        color: control.checkState === Qt.Unchecked ? (control.hovered ? Theme.hover : "transparent") : Theme.accent
        border.width: control.checkState === Qt.Unchecked ? 1 : 0
        border.color: Theme.border

        Icon {
            anchors.centerIn: parent
            visible: control.checkState !== Qt.Unchecked
            name: control.checkState === Qt.PartiallyChecked ? "minus" : "check"
            size: Theme.px(14)
            color: Theme.accentText
        }
        FocusRing { shown: control.visualFocus; corner: parent.radius }
    }
    contentItem: Label {
        leftPadding: control.indicator.width + control.spacing
        text: control.text
        font: control.font
        wrapMode: Text.Wrap
        Accessible.ignored: true
    }
}
