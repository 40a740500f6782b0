// An entry of a Menu: text, iconName, shortcutText; kind "danger" for what destroys.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.MenuItem {
    id: control

    property string iconName: ""
    property string shortcutText: ""
    property string kind: "plain"

    readonly property color foreground: kind === "danger" ? Theme.error : Theme.text

    implicitWidth: Theme.px(36) + words.implicitWidth + (shortcut.visible ? shortcut.implicitWidth + Theme.gap24 : 0) + (subMenu ? Theme.gap24 : 0) + Theme.gap16
    implicitHeight: visible ? Theme.px(30) : 0
    height: implicitHeight
    padding: 0
    opacity: enabled ? 1 : 0.45
    font.pixelSize: Theme.sizeControl
    Accessible.name: text

    contentItem: Item {
        Icon {
            x: Theme.px(10)
            anchors.verticalCenter: parent.verticalCenter
            name: control.checkable ? (control.checked ? "check" : "") : control.iconName
            size: Theme.iconSmall
            color: control.kind === "danger" ? Theme.error : Theme.text2
        }
        Label {
            id: words
            x: Theme.px(36)
            height: parent.height
            width: Math.min(implicitWidth, parent.width - x - Theme.gap8)
            text: control.text
            font: control.font
            color: control.foreground
            Accessible.ignored: true
        }
        Label {
            id: shortcut
            anchors.right: parent.right
            anchors.rightMargin: Theme.px(10)
            height: parent.height
            visible: text.length > 0
            text: control.shortcutText
            size: Theme.sizeDense
            tone: "text3"
        }
    }
    arrow: Icon {
        x: control.width - width - Theme.gap8
        anchors.verticalCenter: parent.verticalCenter
        visible: control.subMenu !== null
        name: "chevron-right"
        size: Theme.px(14)
        color: Theme.text3
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.pressed : control.highlighted ? (control.kind === "danger" ? Theme.errorTint : Theme.hover) : "transparent"
    }
}
