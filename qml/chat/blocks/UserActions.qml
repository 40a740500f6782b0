// What can be done with a message of the person: copy, edit, fork; and its versions, which always show.
import QtQuick
import Patchbay

Row {
    id: actions

    required property ChatContext context
    required property string messageId
    required property string plain
    required property int versionIndex
    required property int versionCount
    property bool active: false
    readonly property bool focusWithin: copy.activeFocus || edit.activeFocus || fork.activeFocus

    topPadding: Theme.gap2
    Row {
        opacity: actions.active ? 1 : 0
        CopyButton {
            id: copy
            onCopy: actions.context.copyText(actions.plain)
        }
        IconButton {
            id: edit
            side: Theme.px(28)
            iconName: "edit"
            text: qsTr("Edit")
            onClicked: actions.context.startEditing(actions.messageId, actions.plain)
        }
        IconButton {
            id: fork
            side: Theme.px(28)
            iconName: "fork"
            text: qsTr("Continue in a new chat from here")
            onClicked: actions.context.chat.fork(actions.messageId)
        }
    }
    VersionSwitcher {
        context: actions.context
        messageId: actions.messageId
        versionIndex: actions.versionIndex
        versionCount: actions.versionCount
    }
}
