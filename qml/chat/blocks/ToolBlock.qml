// A call of a tool: its name, and unfolded what went in and what came out.
import QtQuick
import Patchbay

BlockRow {
    id: block

    required property string toolName
    required property string toolArguments
    required property string toolResult
    required property bool folded
    required property bool streaming

    signal fold(on: bool)

    gap: first ? Theme.gap8 : Theme.gap8
    contentHeight: head.height + (folded ? 0 : parts.height + Theme.gap4)

    component Part: Column {
        id: part
        property string title: ""
        property string words: ""
        required property ChatContext context
        visible: words.length > 0
        width: parent ? parent.width : 0
        spacing: Theme.gap4
        Label {
            text: part.title
            size: Theme.sizeCaption
            tone: "text3"
            strong: true
        }
        RichText {
            width: parent.width
            context: part.context
            html: part.words
            plainText: true
            mono: true
            size: Theme.sizeDense
            line: Theme.px(18)
            maximumLineCount: 200
        }
    }

    FoldHeader {
        id: head
        iconName: "tool"
        folded: block.folded
        busy: block.streaming
        text: block.streaming ? qsTr("Calls %1…").arg(block.toolName) : qsTr("Called %1").arg(block.toolName)
        onClicked: block.fold(!block.folded)
    }
    Rectangle {
        id: parts
        visible: !block.folded
        y: head.height + Theme.gap4
        width: parent.width
        height: visible ? column.height + Theme.gap24 : 0
        radius: Theme.radius
        color: Theme.codeGround
        border.width: 1
        border.color: Theme.separator
        Column {
            id: column
            x: Theme.gap12
            y: Theme.gap12
            width: parent.width - Theme.gap24
            spacing: Theme.gap8
            Part { context: block.context; title: qsTr("Arguments"); words: block.folded ? "" : block.toolArguments }
            Part { context: block.context; title: qsTr("Result"); words: block.folded ? "" : block.toolResult }
        }
    }
}
