// A number with its name.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: figure

    property string title: ""
    property string text: ""

    Layout.fillWidth: true
    Layout.preferredWidth: 1
    spacing: 2

    Label {
        Layout.fillWidth: true
        text: figure.text
        size: Theme.sizeTitle
        Accessible.ignored: true
    }
    Label {
        Layout.fillWidth: true
        text: figure.title
        tone: "text2"
        size: Theme.sizeDense
        wrapMode: Text.Wrap
        Accessible.name: figure.title + ": " + figure.text
    }
}
