// A folder with its path, and a button that shows it in the file manager.
import QtQuick
import QtQuick.Layouts
import Patchbay

RowLayout {
    id: row

    property string label: ""
    property string path: ""
    property string detail: ""

    signal shown

    Layout.fillWidth: true
    spacing: Theme.gap12

    ColumnLayout {
        Layout.fillWidth: true
        spacing: 2
        Label {
            Layout.fillWidth: true
            text: row.label
        }
        Label {
            Layout.fillWidth: true
            text: row.path
            size: Theme.sizeDense
            tone: "text2"
            elide: Text.ElideMiddle
        }
        Label {
            Layout.fillWidth: true
            visible: text.length > 0
            text: row.detail
            size: Theme.sizeDense
            tone: "text3"
        }
    }
    Button {
        iconName: "folder"
        text: qsTr("Show")
        description: row.path
        enabled: row.path.length > 0
        onClicked: row.shown()
    }
}
