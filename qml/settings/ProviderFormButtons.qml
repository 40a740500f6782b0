// What can be done with the form of a provider.
import QtQuick
import QtQuick.Layouts
import Patchbay

RowLayout {
    id: row

    required property bool testing
    required property bool saving

    signal testRequested
    signal cancelRequested
    signal saveRequested

    spacing: Theme.gap8

    Button {
        text: qsTr("Test")
        busy: row.testing
        description: qsTr("Asks a short question with what stands here; nothing is saved")
        onClicked: row.testRequested()
    }
    Item { Layout.fillWidth: true }
    Button {
        text: qsTr("Cancel")
        onClicked: row.cancelRequested()
    }
    Button {
        kind: "primary"
        text: qsTr("Save")
        busy: row.saving
        onClicked: row.saveRequested()
    }
}
