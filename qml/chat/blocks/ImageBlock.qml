// An image in a reply. Stored ones are shown; one that is only an address is never fetched: what is shown is its
// description, and a click opens it in the browser.
import QtQuick
import Patchbay

BlockRow {
    id: block

    required property string plain
    required property string source
    required property var attachments

    readonly property string stored: String(attachments?.[0]?.url ?? "")
    readonly property string words: plain.replace(/^\[(.*)\]$/, "$1")
    readonly property string url: (/\((\S+?)(\s.*)?\)\s*$/.exec(source) ?? ["", ""])[1]

    gap: first ? Theme.gap8 : Theme.gap12
    contentHeight: stored.length > 0 ? Theme.px(280) : chip.height

    Image {
        visible: block.stored.length > 0
        width: Math.min(parent.width, Theme.px(480))
        height: parent.height
        horizontalAlignment: Image.AlignLeft
        source: block.stored
        sourceSize.width: 2 * width
        sourceSize.height: 2 * height
        fillMode: Image.PreserveAspectFit
        asynchronous: true
        Accessible.name: block.words
    }
    Chip {
        id: chip
        visible: block.stored.length === 0
        iconName: "image"
        maximumWidth: block.bodyWidth
        text: qsTr("Image: %1").arg(block.words.length > 0 ? block.words : block.url)
        Accessible.description: qsTr("Opens %1 in the browser").arg(block.url)
        onClicked: block.context.openLink(block.url)
    }
}
