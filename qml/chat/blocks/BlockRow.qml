// The ground of every row of the timeline: the reading column, the gap above, and the message under the pointer.
import QtQuick
import Patchbay

Item {
    id: row

    required property ChatContext context
    required property int index
    required property string messageId
    required property string blockId
    required property bool first

    /// Height of what the block shows.
    property real contentHeight: 0
    property real gap: Theme.gap12
    /// What is indented at the left: lists and quotes.
    property real indent: 0
    property bool matched: false
    default property alias body: holder.data

    readonly property real columnWidth: Math.min(Theme.readingWidth, width - 2 * Theme.gap24)
    readonly property real bodyWidth: columnWidth - indent

    width: ListView.view ? ListView.view.width : 0
    height: Math.ceil(contentHeight + gap)

    ListView.onPooled: if (context.hoveredId === messageId) context.hoveredId = ""

    HoverHandler {
        onHoveredChanged: if (hovered) row.context.hoveredId = row.messageId
    }
    Rectangle {
        visible: row.matched
        x: holder.x - Theme.gap8
        y: row.gap - Theme.gap4
        width: row.bodyWidth + Theme.gap16
        height: row.contentHeight + Theme.gap8
        radius: Theme.radius
        color: Theme.match
        opacity: 0.55
    }
    Item {
        id: holder
        x: Math.round((row.width - row.columnWidth) / 2) + row.indent
        y: row.gap
        width: row.bodyWidth
        height: row.contentHeight
    }
}
