// A sentence that something is wrong, what to do about it, and up to one action. tone: "error", "warn", "info".
import QtQuick
import QtQuick.Layouts
import Patchbay

Rectangle {
    id: banner

    property string message: ""
    property string hint: ""
    property string actionText: ""
    property string tone: "error"
    property bool closable: false

    signal action
    signal closed

    readonly property color foreground: tone === "error" ? Theme.error : tone === "warn" ? Theme.warn : Theme.text2

    implicitWidth: Theme.px(420)
    implicitHeight: row.implicitHeight + Theme.gap16 + Theme.gap4
    radius: Theme.radius
    color: tone === "error" ? Theme.errorTint : tone === "warn" ? Theme.warnTint : Theme.hover
    Accessible.role: Accessible.AlertMessage
    Accessible.name: hint.length > 0 ? message + " " + hint : message

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.gap12
        anchors.rightMargin: Theme.gap8
        spacing: Theme.gap8

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            name: banner.tone === "error" ? "error" : banner.tone === "warn" ? "warning" : "info"
            size: Theme.iconSmall
            color: banner.foreground
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2
            Label {
                Layout.fillWidth: true
                text: banner.message
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            Label {
                Layout.fillWidth: true
                visible: text.length > 0
                text: banner.hint
                tone: "text2"
                size: Theme.sizeDense
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
        }
        Button {
            visible: text.length > 0
            dense: true
            text: banner.actionText
            onClicked: banner.action()
        }
        IconButton {
            visible: banner.closable
            side: Theme.px(24)
            glyph: Theme.px(13)
            iconName: "close"
            text: qsTr("Close")
            onClicked: banner.closed()
        }
    }
}
