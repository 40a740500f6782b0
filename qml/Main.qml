import QtQuick
import QtQuick.Controls.Basic

ApplicationWindow {
    id: window

    required property App app

    width: 1100
    height: 760
    visible: true
    title: qsTr("Patchbay")
    color: Theme.background

    Text {
        anchors.centerIn: parent
        color: Theme.text
        text: window.app.ready ? qsTr("Ready") : qsTr("Starting…")
    }
}
