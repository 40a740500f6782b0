// An image that a reply refers to. It is never fetched: what is shown is its description and where it is.
import QtQuick
import Patchbay

BlockRow {
    id: block
    required property string plain
    required property string source
    readonly property string url: (/\((\S+?)(\s.*)?\)\s*$/.exec(source) ?? ["", ""])[1]

    contentHeight: chip.height
    Chip {
        id: chip
        iconName: "image"
        maximumWidth: block.bodyWidth
        text: block.plain.length > 0 ? qsTr("Image: %1").arg(block.plain) : qsTr("Image: %1").arg(block.url)
        Accessible.description: qsTr("Opens %1 in the browser").arg(block.url)
        onClicked: block.context.openLink(block.url)
    }
}
