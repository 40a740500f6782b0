// A line of a form: label (and help below it) at the left, the control (default property) at the right; where there is
// little room the control goes under the label. A control with Layout.fillWidth takes the whole right column. `error`
// is shown in red under the control.
import QtQuick
import QtQuick.Layouts
import Patchbay

Item {
    id: row

    property string label: ""
    property string help: ""
    property string error: ""
    property bool stacked: width < Theme.px(440)
    default property alias control: holder.data

    readonly property real rightWidth: stacked ? width : right.wide ? Math.round(width * 0.58) : Math.min(width * 0.7, Math.ceil(holder.implicitWidth))

    implicitWidth: Theme.px(360)
    implicitHeight: stacked ? words.height + Theme.gap4 + right.height : Math.max(words.height, right.height)

    Column {
        id: words
        y: row.stacked ? 0 : Math.max(0, Math.round((Math.max(Theme.controlHeight, right.height) - height) / 2))
        width: row.stacked ? row.width : row.width - row.rightWidth - Theme.gap24
        spacing: 2
        Label {
            width: parent.width
            text: row.label
            wrapMode: Text.Wrap
        }
        Label {
            width: parent.width
            visible: text.length > 0
            text: row.help
            tone: "text3"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
            lineHeight: 1.15
        }
    }
    Column {
        id: right
        readonly property bool wide: holder.children.length > 0 && holder.children[0].Layout.fillWidth

        x: row.stacked ? 0 : row.width - width
        y: row.stacked ? words.height + Theme.gap4 : Math.max(0, Math.round((words.height - height) / 2))
        width: row.rightWidth
        spacing: Theme.gap4
        RowLayout {
            id: holder
            width: right.wide ? parent.width : Math.min(parent.width, implicitWidth)
            spacing: Theme.gap8
        }
        Label {
            width: parent.width
            visible: text.length > 0
            text: row.error
            tone: "error"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
        }
    }
}
