// Where a vendor's keys are made: shown as text, opened only by a click.
import QtQuick
import QtQuick.Layouts
import Patchbay

RowLayout {
    id: link

    required property string url

    spacing: Theme.gap8
    Label {
        text: qsTr("Keys are made at")
        tone: "text2"
        size: Theme.sizeDense
    }
    Label {
        Layout.fillWidth: true
        text: link.url
        size: Theme.sizeDense
        tone: "text2"
        elide: Text.ElideMiddle
    }
    Button {
        dense: true
        kind: "quiet"
        iconName: "link"
        text: qsTr("Open")
        description: link.url
        onClicked: Qt.openUrlExternally(link.url)
    }
}
