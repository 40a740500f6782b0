// One group of the shortcut sheet: a heading and a row per action.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: group

    /// {name, rows: [{label, text}]}
    required property var modelData

    spacing: 0

    Label {
        Layout.bottomMargin: Theme.gap4
        text: group.modelData.name
        size: Theme.sizeDense
        tone: "text2"
        strong: true
        Accessible.role: Accessible.Heading
    }
    Repeater {
        model: group.modelData.rows

        RowLayout {
            id: row
            required property var modelData

            Layout.fillWidth: true
            Layout.preferredHeight: Theme.px(30)
            spacing: Theme.gap12

            Label {
                Layout.fillWidth: true
                text: row.modelData.label
            }
            KeyHint { text: row.modelData.text }
        }
    }
}
