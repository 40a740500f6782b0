// A hit of the full-text search: title, the line with the hit, and when.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.ItemDelegate {
    id: row

    required property int index
    required property string title
    required property string snippet
    required property date when
    required property string role

    width: ListView.view ? ListView.view.width : 0
    height: snippet.length > 0 ? Theme.px(56) : Theme.px(40)
    focusPolicy: Qt.NoFocus
    Accessible.name: title
    Accessible.description: snippet.replace(/<[^>]*>/g, "")

    contentItem: Item {
        Icon {
            id: glyph
            x: Theme.gap8
            y: Theme.px(11)
            name: row.snippet.length === 0 ? "chat" : row.role === "user" ? "edit" : "quote"
            size: Theme.iconSmall
            color: Theme.text3
        }
        Label {
            x: Theme.px(34)
            y: Theme.px(9)
            width: parent.width - x - day.width - Theme.gap16
            text: row.title
            strong: true
            Accessible.ignored: true
        }
        Label {
            id: day
            anchors.right: parent.right
            anchors.rightMargin: Theme.gap8
            y: Theme.px(10)
            text: isNaN(row.when.getTime()) ? "" : row.when.toLocaleDateString(Qt.locale(), Locale.ShortFormat)
            size: Theme.sizeCaption
            tone: "text3"
        }
        Label {
            x: Theme.px(34)
            y: Theme.px(30)
            width: parent.width - x - Theme.gap8
            visible: row.snippet.length > 0
            textFormat: Text.StyledText
            text: row.snippet
            maximumLineCount: 1
            elide: Text.ElideRight
            size: Theme.sizeDense
            tone: "text2"
            Accessible.ignored: true
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: row.highlighted ? Theme.selected : row.hovered ? Theme.hover : "transparent"
    }
}
