// What the model thought: folded, with a live time while it thinks. A click is remembered.
import QtQuick
import Patchbay

BlockRow {
    id: block

    required property string plain
    required property bool folded
    required property string elapsedText
    required property bool streaming

    signal fold(on: bool)

    gap: first ? Theme.gap8 : Theme.gap8
    contentHeight: head.height + (folded ? 0 : text.implicitHeight + Theme.gap8)

    FoldHeader {
        id: head
        iconName: "brain"
        folded: block.folded
        busy: block.streaming
        text: block.elapsedText
        onClicked: block.fold(!block.folded)
    }
    Rectangle {
        visible: !block.folded
        x: Theme.gap8
        y: head.height + Theme.gap4
        width: 2
        height: text.height
        color: Theme.separator
    }
    RichText {
        id: text
        visible: !block.folded
        x: Theme.gap24
        y: head.height + Theme.gap4
        width: parent.width - x
        context: block.context
        html: block.folded ? "" : block.plain
        plainText: true
        streaming: block.streaming
        size: Theme.sizeControl
        line: Theme.px(20)
        color: Theme.text2
    }
}
