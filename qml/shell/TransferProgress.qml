// How far an import or export is: a bar and a count. It moves only when there is news.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: progress

    required property real value
    required property string text
    /// What is going on, for screen readers.
    property string label: ""

    spacing: Theme.gap8
    Accessible.role: Accessible.ProgressBar
    Accessible.name: label
    Accessible.description: text

    Rectangle {
        Layout.fillWidth: true
        implicitHeight: Theme.px(6)
        radius: height / 2
        color: Theme.tint(Theme.text, 0.12)

        Rectangle {
            width: Math.max(height, Math.round(parent.width * Math.min(1, progress.value)))
            height: parent.height
            radius: height / 2
            color: Theme.accent
        }
    }
    RowLayout {
        Label {
            Layout.fillWidth: true
            text: progress.text
            tone: "text2"
            size: Theme.sizeDense
            Accessible.ignored: true
        }
        Label {
            text: qsTr("%1%").arg(Math.floor(progress.value * 100))
            tone: "text2"
            size: Theme.sizeDense
            Accessible.ignored: true
        }
    }
}
