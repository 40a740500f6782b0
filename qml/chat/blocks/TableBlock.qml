// A table; scrolls sideways when it is wider than the column. While it streams it is laid out anew a few times a second
// only, since every cell may change the width of its column.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

BlockRow {
    id: block

    required property var table
    required property string source
    required property int level
    required property int quoteDepth
    required property bool streaming
    required property bool highlightedMatch

    property var shown: ({ header: [], rows: [], align: [] })
    readonly property int columns: Math.max(1, shown.header?.length ?? 1)

    gap: first ? Theme.gap8 : Theme.gap12
    indent: level * Theme.px(22) + quoteDepth * Theme.gap16
    contentHeight: frame.height
    matched: highlightedMatch
    onTableChanged: {
        if (!streaming)
            shown = table;
        else if (!later.running)
            later.start();
    }
    onStreamingChanged: if (!streaming) shown = table
    Component.onCompleted: shown = table

    Timer {
        id: later
        interval: 150
        onTriggered: block.shown = block.table
    }

    component Cell: Item {
        id: cell
        required property string html
        required property int column
        property bool heading: false
        readonly property string align: String(block.shown.align?.[column] ?? "")

        Layout.fillWidth: true
        Layout.fillHeight: true
        implicitWidth: Math.min(Theme.px(320), measure.implicitWidth) + 2 * Theme.gap12
        implicitHeight: words.implicitHeight + 2 * Theme.px(7)

        // The width a cell would like, without its wrapping.
        Text {
            id: measure
            visible: false
            text: words.html
            textFormat: Text.StyledText
            font.pixelSize: Theme.px(14)
            font.weight: cell.heading ? Font.DemiBold : Font.Normal
        }
        RichText {
            id: words
            x: Theme.gap12
            y: Theme.px(7)
            width: parent.width - 2 * Theme.gap12
            context: block.context
            html: cell.html
            size: Theme.px(14)
            line: Theme.px(21)
            weight: cell.heading ? Font.DemiBold : Font.Normal
            streaming: block.streaming
            alignment: cell.align === "right" ? Text.AlignRight : cell.align === "center" ? Text.AlignHCenter : Text.AlignLeft
        }
        Separator {
            visible: cell.y + cell.height < grid.height - 1
            anchors.bottom: parent.bottom
            width: parent.width
            color: cell.heading ? Theme.tint(Theme.border, 0.6) : Theme.separator
        }
    }

    Rectangle {
        id: frame
        width: Math.min(parent.width, grid.width + 2)
        height: grid.implicitHeight + 2
        radius: Theme.radius
        color: "transparent"
        border.width: 1
        border.color: Theme.separator

        Flickable {
            anchors.fill: parent
            anchors.margins: 1
            clip: contentWidth > width
            contentWidth: grid.width
            contentHeight: height
            flickableDirection: Flickable.HorizontalFlick
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentWidth > width
            T.ScrollBar.horizontal: ScrollBar {}

            GridLayout {
                id: grid
                columns: block.columns
                columnSpacing: 0
                rowSpacing: 0
                Repeater {
                    model: block.shown.header
                    Cell {
                        required property string modelData
                        required property int index
                        html: modelData
                        column: index
                        heading: true
                    }
                }
                Repeater {
                    model: [].concat(...(block.shown.rows ?? []))
                    Cell {
                        required property string modelData
                        required property int index
                        html: modelData
                        column: index % block.columns
                    }
                }
            }
        }
        CopyButton {
            visible: block.context.hoveredId === block.messageId && !block.streaming
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: Theme.px(3)
            idleText: qsTr("Copy table")
            onCopy: block.context.copyText(block.source)
            Rectangle {
                anchors.fill: parent
                z: -1
                radius: Theme.radius
                color: Theme.background
            }
        }
    }
}
