// A dot and a word: never colour alone.
import QtQuick
import Patchbay

Item {
    id: word

    /// "untested", "testing", "ok", "error", "off" or "keyless"
    required property string status

    readonly property color tint: status === "ok" ? Theme.ok : status === "error" ? Theme.error : status === "keyless" ? Theme.warn : Theme.text3

    implicitWidth: row.implicitWidth
    implicitHeight: row.implicitHeight

    Row {
        id: row
        spacing: Theme.px(6)
        anchors.verticalCenter: parent.verticalCenter
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.px(8)
            height: width
            radius: width / 2
            color: word.status === "ok" || word.status === "error" || word.status === "keyless" ? word.tint : "transparent"
            border.width: 1
            border.color: word.tint
        }
        Label {
            text: word.status === "ok" ? qsTr("works")
                : word.status === "error" ? qsTr("failed")
                : word.status === "testing" ? qsTr("asking…")
                : word.status === "off" ? qsTr("off")
                : word.status === "keyless" ? qsTr("no key")
                : qsTr("not tested")
            size: Theme.sizeDense
            color: word.tint
        }
    }
}
