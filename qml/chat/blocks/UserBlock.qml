// A message of the person: in a soft tint at the right, attachments above, actions below that show under the pointer.
// While it is edited, the text becomes a field.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import Patchbay

BlockRow {
    id: block

    required property string plain
    required property var attachments
    required property int versionIndex
    required property int versionCount
    required property bool highlightedMatch

    readonly property bool editing: context.editingId === messageId
    readonly property bool active: context.hoveredId === messageId || actions.focusWithin
    readonly property int longLines: 14
    readonly property bool open: context.expanded[messageId] ?? false

    gap: Theme.gap24
    contentHeight: editing ? editor.height + Theme.gap12 : column.height + actions.height

    Column {
        id: column
        visible: !block.editing
        anchors.right: parent.right
        width: Math.min(block.bodyWidth, Math.max(bubble.width, files.implicitWidth))
        spacing: Theme.gap4

        SentAttachments {
            id: files
            anchors.right: parent.right
            width: Math.min(implicitWidth, block.bodyWidth)
            attachments: block.attachments ?? []
        }
        Rectangle {
            id: bubble
            anchors.right: parent.right
            visible: block.plain.length > 0
            width: Math.min(block.bodyWidth * 0.86, words.naturalWidth + 2 * Theme.px(14))
            height: words.implicitHeight + 2 * Theme.px(9) + (more.visible ? more.height : 0)
            radius: Theme.radiusLarge
            color: Theme.userTint
            border.width: block.highlightedMatch ? 2 : 0
            border.color: Theme.warn

            RichText {
                id: words
                x: Theme.px(14)
                y: Theme.px(9)
                width: parent.width - 2 * x
                context: block.context
                html: block.plain
                plainText: true
                maximumLineCount: block.open ? 100000 : block.longLines
            }
            Button {
                id: more
                x: Theme.px(6)
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.gap4
                visible: words.truncated || block.open
                kind: "quiet"
                dense: true
                text: block.open ? qsTr("Show less") : qsTr("Show all")
                onClicked: block.context.toggleExpanded(block.messageId)
            }
        }
    }
    UserActions {
        id: actions
        anchors.right: parent.right
        y: column.height
        height: Theme.px(30)
        visible: !block.editing
        active: block.active
        context: block.context
        messageId: block.messageId
        plain: block.plain
        versionIndex: block.versionIndex
        versionCount: block.versionCount
    }
    Loader {
        id: editor
        width: parent.width
        active: block.editing
        height: (item as MessageEditor)?.implicitHeight ?? 0
        sourceComponent: MessageEditor {
            context: block.context
            messageId: block.messageId
        }
    }
}
