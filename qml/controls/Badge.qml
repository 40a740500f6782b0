// A word or number about something; not clickable. tone: "plain", "accent", "ok", "warn", "error".
import QtQuick
import Patchbay

Rectangle {
    id: badge

    property string text: ""
    property string tone: "plain"
    property string iconName: ""

    readonly property color foreground: tone === "accent" ? Theme.accent : tone === "ok" ? Theme.ok : tone === "warn" ? Theme.warn : tone === "error" ? Theme.error : Theme.text2

    implicitWidth: row.implicitWidth + Theme.px(12)
    implicitHeight: Theme.px(18)
    radius: Theme.px(4)
    color: Theme.tint(foreground, tone === "plain" ? 0.1 : 0.12)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.gap4
        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: badge.iconName.length > 0
            name: badge.iconName
            size: Theme.px(12)
            color: badge.foreground
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            visible: text.length > 0
            text: badge.text
            size: Theme.sizeCaption
            color: badge.foreground
            Accessible.ignored: true
        }
    }
}
