// Thin bar that widens under the pointer: T.ScrollBar.vertical: ScrollBar {}
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.ScrollBar {
    id: control

    readonly property bool wide: hovered || pressed

    implicitWidth: orientation === Qt.Vertical ? Theme.px(12) : implicitContentWidth
    implicitHeight: orientation === Qt.Horizontal ? Theme.px(12) : implicitContentHeight
    padding: wide ? 2 : Theme.px(3.5)
    visible: policy !== T.ScrollBar.AlwaysOff && size < 1
    minimumSize: orientation === Qt.Vertical ? Math.min(0.5, Theme.px(32) / Math.max(1, height)) : Math.min(0.5, Theme.px(32) / Math.max(1, width))

    contentItem: Rectangle {
        implicitWidth: Theme.px(5)
        implicitHeight: Theme.px(5)
        radius: Math.min(width, height) / 2
        color: Theme.tint(Theme.text, control.pressed ? 0.5 : control.wide ? 0.38 : 0.22)
    }
}
