// A line of a form: label (and help below it) at the left, the control (default property, one item) at the right;
// below `stacked` width the control goes under the label. `error` is shown in red under the control.
import QtQuick
import QtQuick.Layouts
import Patchbay

GridLayout {
    id: row

    property string label: ""
    property string help: ""
    property string error: ""
    property bool stacked: width < Theme.px(440)
    default property alias control: holder.data

    columns: stacked ? 1 : 2
    columnSpacing: Theme.gap24
    rowSpacing: Theme.gap4

    ColumnLayout {
        Layout.fillWidth: true
        Layout.preferredWidth: 1
        Layout.alignment: Qt.AlignVCenter
        spacing: 2
        Label {
            Layout.fillWidth: true
            text: row.label
            wrapMode: Text.Wrap
        }
        Label {
            Layout.fillWidth: true
            visible: text.length > 0
            text: row.help
            tone: "text3"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
            lineHeight: 1.15
        }
    }
    ColumnLayout {
        Layout.fillWidth: row.stacked || holder.wide
        Layout.preferredWidth: row.stacked || holder.wide ? 1.4 : -1
        Layout.alignment: Qt.AlignVCenter | (row.stacked ? Qt.AlignLeft : Qt.AlignRight)
        spacing: Theme.gap4
        RowLayout {
            id: holder
            /// A control with Layout.fillWidth takes the whole right column.
            readonly property bool wide: children.length > 0 && children[0].Layout.fillWidth
            Layout.fillWidth: wide
            spacing: Theme.gap8
        }
        Label {
            Layout.fillWidth: true
            visible: text.length > 0
            text: row.error
            tone: "error"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
        }
    }
}
