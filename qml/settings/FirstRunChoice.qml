// One thing to begin with.
import QtQuick
import QtQuick.Layouts
import Patchbay

RowLayout {
    id: choice

    property string iconName: ""
    property string text: ""
    property string detail: ""
    property string buttonText: ""
    property bool busy: false

    signal chosen

    Layout.fillWidth: true
    spacing: Theme.gap12

    Icon {
        name: choice.iconName
        size: Theme.iconSize
        color: Theme.text2
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 1
        Label {
            Layout.fillWidth: true
            text: choice.text
        }
        Label {
            Layout.fillWidth: true
            text: choice.detail
            tone: "text2"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
        }
    }
    Button {
        text: choice.buttonText
        description: choice.text
        enabled: !choice.busy
        onClicked: choice.chosen()
    }
}
