// The heading of a step.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: head

    property string title: ""
    property string message: ""

    Layout.fillWidth: true
    Layout.bottomMargin: Theme.gap8
    spacing: Theme.gap8
    Label {
        Layout.fillWidth: true
        text: head.title
        size: Theme.sizeDisplay
        strong: true
        wrapMode: Text.Wrap
        Accessible.role: Accessible.Heading
    }
    Label {
        Layout.fillWidth: true
        text: head.message
        size: Theme.sizeBody
        tone: "text2"
        wrapMode: Text.Wrap
        lineHeight: 1.25
    }
}
