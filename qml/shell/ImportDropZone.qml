// Says what can be imported and where to get it; takes a dropped file.
import QtQuick
import QtQuick.Layouts
import Patchbay

Rectangle {
    id: zone

    signal dropped(file: url)
    signal chooseRequested

    implicitHeight: column.implicitHeight + Theme.gap32
    radius: Theme.radiusLarge
    color: area.containsDrag ? Theme.selected : Theme.sunken
    border.width: 1
    border.color: area.containsDrag ? Theme.accent : Theme.separator
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Drop the export here")

    ColumnLayout {
        id: column
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.margins: Theme.gap16
        spacing: Theme.gap8

        Icon {
            Layout.alignment: Qt.AlignHCenter
            name: "import"
            size: Theme.px(24)
            color: area.containsDrag ? Theme.accent : Theme.text3
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            strong: true
            text: qsTr("Drop an export of ChatGPT or Claude here")
        }
        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            lineHeight: 1.2
            tone: "text2"
            size: Theme.sizeDense
            text: qsTr("The .zip as you got it, or its conversations.json. All branches come along. Importing a newer export again adds only what is new.")
        }
        Label {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap4
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            lineHeight: 1.2
            tone: "text3"
            size: Theme.sizeDense
            text: qsTr("ChatGPT: Settings, Data controls, Export data.\nClaude: Settings, Privacy, Export data.")
        }
    }
    TapHandler {
        onTapped: zone.chooseRequested()
    }
    DropArea {
        id: area
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            if (drop.urls.length > 0)
                zone.dropped(drop.urls[0]);
        }
    }
}
