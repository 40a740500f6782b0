// The exact address that a chat call goes to.
import QtQuick
import QtQuick.Layouts
import Patchbay

Rectangle {
    id: box

    required property string url

    implicitHeight: row.implicitHeight + Theme.gap12
    radius: Theme.radius
    color: Theme.sunken
    Accessible.role: Accessible.StaticText
    Accessible.name: url.length > 0 ? qsTr("Asks %1").arg(url) : ""

    RowLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.gap8
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap8
        Label {
            text: qsTr("Asks")
            tone: "text3"
            size: Theme.sizeDense
            Accessible.ignored: true
        }
        Label {
            Layout.fillWidth: true
            text: box.url.length > 0 ? box.url : "–"
            font.family: Theme.monoFamily
            size: Theme.sizeDense
            tone: "text2"
            wrapMode: Text.WrapAnywhere
            Accessible.ignored: true
        }
    }
}
