// A short notice at the window's bottom: text, hint, one action, a cross. kind: "info", "ok", "error".
// Who shows it decides how long (a Timer or the model of notices); it has no clock of its own.
import QtQuick
import QtQuick.Layouts
import Patchbay

Item {
    id: toast

    property string text: ""
    property string hint: ""
    property string actionText: ""
    property string kind: "info"

    signal action
    signal closed

    implicitWidth: Math.min(Theme.px(480), row.implicitWidth + Theme.gap24)
    implicitHeight: Math.max(Theme.px(44), row.implicitHeight + Theme.gap16)
    Accessible.role: Accessible.Notification
    Accessible.name: hint.length > 0 ? text + " " + hint : text

    PopupFrame { anchors.fill: parent }
    RowLayout {
        id: row
        anchors.fill: parent
        anchors.leftMargin: Theme.gap12
        anchors.rightMargin: Theme.gap8
        spacing: Theme.gap8

        Icon {
            visible: toast.kind !== "info"
            name: toast.kind === "error" ? "error" : "check"
            size: Theme.iconSmall
            color: toast.kind === "error" ? Theme.error : Theme.ok
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1
            Label {
                Layout.fillWidth: true
                text: toast.text
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            Label {
                Layout.fillWidth: true
                visible: text.length > 0
                text: toast.hint
                size: Theme.sizeDense
                tone: "text2"
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
        Button {
            visible: text.length > 0
            kind: "quiet"
            dense: true
            text: toast.actionText
            onClicked: toast.action()
        }
        IconButton {
            side: Theme.px(24)
            glyph: Theme.px(13)
            iconName: "close"
            text: qsTr("Close")
            onClicked: toast.closed()
        }
    }
}
