// Paragraph, heading, list item, quote, and LaTeX made readable: all are one text with an indent.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

BlockRow {
    id: block

    required property string kind
    required property string html
    required property string plain
    required property int level
    required property string marker
    required property int quoteDepth
    required property bool streaming
    required property bool highlightedMatch

    readonly property bool heading: kind === "heading"
    readonly property bool item: kind === "list"
    readonly property real listStep: Theme.px(22)

    gap: first ? Theme.gap8 : heading ? Theme.px(level <= 2 ? 22 : 16) : item && marker.length > 0 ? Theme.px(6) : Theme.px(10)
    indent: (heading ? 0 : item ? Math.max(1, level) * listStep : level * listStep) + quoteDepth * Theme.gap16
    contentHeight: text.implicitHeight
    matched: highlightedMatch

    Repeater {
        model: block.quoteDepth
        Rectangle {
            required property int index
            x: -block.indent + index * Theme.gap16
            // Rows of one quote touch, so that its bar is one line.
            y: block.first ? 0 : -block.gap / 2
            width: Theme.px(3)
            height: block.contentHeight + block.gap / (block.first ? 2 : 1)
            color: Theme.tint(Theme.text, 0.18)
        }
    }
    Label {
        visible: block.marker.length > 0
        x: -width - Theme.px(7)
        y: text.slack
        text: block.marker
        lineHeightMode: Text.FixedHeight
        lineHeight: Theme.lineBody
        verticalAlignment: Text.AlignTop
        size: Theme.sizeBody
        color: block.marker === "☑" ? Theme.ok : Theme.text2
    }
    RichText {
        id: text
        width: parent.width
        context: block.context
        html: block.html.length > 0 ? block.html : block.plain
        plainText: block.html.length === 0
        streaming: block.streaming
        size: block.heading ? (block.level === 1 ? Theme.px(21) : block.level === 2 ? Theme.sizeTitle : Theme.px(16)) : Theme.sizeBody
        line: block.heading ? Math.round(size * 1.4) : Theme.lineBody
        weight: block.heading ? Font.DemiBold : Font.Normal
        color: block.quoteDepth > 0 ? Theme.text2 : Theme.text
        alignment: block.kind === "math" ? Text.AlignHCenter : Text.AlignLeft
        Accessible.role: block.heading ? Accessible.Heading : Accessible.StaticText
    }
}
