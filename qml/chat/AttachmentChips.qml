// The files that will go with the message being written: thumbnails or icons, what is wrong with one, and a cross.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import Patchbay

Flow {
    id: chips

    required property Composer composer
    readonly property alias count: repeater.count

    visible: count > 0
    spacing: Theme.gap8

    Repeater {
        id: repeater
        model: chips.composer.attachments
        Rectangle {
            id: file
            required property int index
            required property string name
            required property string kind
            required property string sizeText
            required property url previewUrl
            required property string error
            required property bool loading
            readonly property bool pictured: String(previewUrl).length > 0

            width: Theme.px(44) + Math.min(Theme.px(180), Math.max(words.implicitWidth, note.implicitWidth)) + Theme.px(36)
            height: Theme.px(44)
            radius: Theme.radius
            color: error.length > 0 ? Theme.errorTint : Theme.tint(Theme.text, 0.05)
            Accessible.role: Accessible.ListItem
            Accessible.name: name
            Accessible.description: error.length > 0 ? error : sizeText

            Rectangle {
                x: Theme.gap4
                y: Theme.gap4
                width: Theme.px(36)
                height: width
                radius: Theme.px(4)
                color: Theme.tint(Theme.text, 0.06)
                clip: true
                Image {
                    anchors.fill: parent
                    visible: file.pictured
                    source: file.previewUrl
                    sourceSize.width: 2 * width
                    sourceSize.height: 2 * height
                    fillMode: Image.PreserveAspectCrop
                    asynchronous: true
                    Accessible.ignored: true
                }
                Icon {
                    anchors.centerIn: parent
                    visible: !file.pictured && !file.loading
                    name: file.error.length > 0 ? "error" : file.kind === "image" ? "image" : "document"
                    size: Theme.iconSize
                    color: file.error.length > 0 ? Theme.error : Theme.text2
                }
                Spinner {
                    anchors.centerIn: parent
                    visible: file.loading
                }
            }
            Column {
                x: Theme.px(48)
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - x - Theme.px(30)
                Label {
                    id: words
                    width: parent.width
                    text: file.name
                    size: Theme.sizeDense
                    Accessible.ignored: true
                }
                Label {
                    id: note
                    width: parent.width
                    text: file.error.length > 0 ? file.error : file.sizeText
                    size: Theme.sizeCaption
                    tone: file.error.length > 0 ? "error" : "text3"
                    Accessible.ignored: true
                }
            }
            HoverHandler { id: pointer }
            Loader {
                active: pointer.hovered && (note.truncated || words.truncated)
                sourceComponent: ToolTip {
                    parent: file
                    text: file.error.length > 0 ? file.name + "\n" + file.error : file.name
                    shown: true
                }
            }
            IconButton {
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap4
                anchors.verticalCenter: parent.verticalCenter
                side: Theme.px(24)
                glyph: Theme.px(12)
                iconName: "close"
                text: qsTr("Remove %1").arg(file.name)
                onClicked: chips.composer.removeAttachment(file.index)
            }
        }
    }
}
