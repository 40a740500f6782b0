// The date between messages of different days.
import QtQuick
import Patchbay

BlockRow {
    id: block
    required property string plain

    gap: Theme.gap24
    contentHeight: Theme.px(20)
    Label {
        anchors.horizontalCenter: parent.horizontalCenter
        height: parent.height
        text: block.plain
        size: Theme.sizeDense
        tone: "text3"
    }
}
