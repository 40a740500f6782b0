// A key as it stands on the keyboard, "Ctrl+Shift+F".
import QtQuick
import Patchbay

Rectangle {
    id: hint

    required property string text

    visible: text.length > 0
    implicitWidth: Math.max(label.implicitWidth + Theme.px(12), implicitHeight)
    implicitHeight: Theme.px(22)
    radius: Theme.px(4)
    color: Theme.sunken
    border.width: 1
    border.color: Theme.tint(Theme.border, 0.45)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Label {
        id: label
        anchors.centerIn: parent
        text: hint.text
        size: Theme.sizeCaption
        tone: "text2"
        Accessible.ignored: true
    }
}
