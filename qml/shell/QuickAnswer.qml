// The rows of a quick answer, plainly: the whole page with tables and code colours is one click away.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Patchbay

ListView {
    id: list

    required property TimelineModel timeline

    model: timeline
    verticalLayoutDirection: ListView.BottomToTop
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    topMargin: Theme.gap12
    bottomMargin: Theme.gap12
    T.ScrollBar.vertical: ScrollBar {}
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Answer")

    delegate: Item {
        id: row

        required property string kind
        required property string html
        required property string plain
        required property string code
        required property string marker
        required property string errorText
        required property bool first

        readonly property bool isCode: kind === "code"
        readonly property bool ofUser: kind === "user"
        readonly property bool shown: kind !== "footer" && kind !== "reasoning" && kind !== "day"

        width: ListView.view.width
        height: shown ? body.implicitHeight + Theme.gap8 + (first ? Theme.gap8 : 0) : 0
        visible: shown

        Rectangle {
            anchors.fill: body
            anchors.margins: -Theme.gap4
            visible: row.isCode || row.ofUser
            radius: Theme.radius
            color: row.ofUser ? Theme.userTint : Theme.codeGround
        }
        Text {
            id: body
            x: Theme.gap16
            y: row.first ? Theme.gap12 : Theme.gap4
            width: row.width - 2 * Theme.gap16
            text: row.isCode ? row.code
                : row.kind === "error" ? row.errorText
                : row.ofUser || row.html.length === 0 ? row.plain
                : (row.marker.length > 0 ? row.marker + " " : "") + row.html
            textFormat: row.isCode || row.ofUser || row.kind === "error" || row.html.length === 0 ? Text.PlainText : Text.StyledText
            wrapMode: Text.Wrap
            color: row.kind === "error" ? Theme.error : Theme.text
            linkColor: Theme.accent
            font.family: row.isCode ? Theme.monoFamily : Theme.family
            font.pixelSize: row.isCode ? Theme.sizeDense : Theme.sizeControl
            lineHeight: 1.35
            Accessible.role: Accessible.StaticText
            Accessible.name: row.plain
        }
    }
}
