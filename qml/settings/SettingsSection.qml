// The frame of a section: its name, a sentence, and cards below each other (default property).
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: section

    property string title: ""
    property string message: ""

    spacing: Theme.gap16

    ColumnLayout {
        Layout.fillWidth: true
        spacing: Theme.gap4
        Label {
            Layout.fillWidth: true
            text: section.title
            size: Theme.sizeTitle
            strong: true
            Accessible.role: Accessible.Heading
        }
        Label {
            Layout.fillWidth: true
            visible: text.length > 0
            text: section.message
            tone: "text2"
            wrapMode: Text.Wrap
            lineHeight: 1.2
        }
    }
}
