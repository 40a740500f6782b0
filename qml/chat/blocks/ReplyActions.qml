// What can be done with a reply: copy (a menu chooses the form), ask again (with another model), fork, thumbs.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

Row {
    id: actions

    required property ChatContext context
    required property string messageId
    required property int feedback
    readonly property bool focusWithin: menu.active || copy.activeFocus || again.activeFocus || good.activeFocus || bad.activeFocus || more.activeFocus

    CopyButton {
        id: copy
        idleText: qsTr("Copy the reply")
        onCopy: actions.context.chat.copyMessage(actions.messageId, "markdown")
    }
    IconButton {
        id: again
        side: Theme.px(28)
        iconName: "refresh"
        text: qsTr("Ask again")
        shortcutText: actions.context.shortcut("message.regenerate")
        onClicked: actions.context.chat.regenerate(actions.messageId)
    }
    IconButton {
        id: good
        side: Theme.px(28)
        iconName: "thumb-up"
        text: qsTr("Good reply")
        checked: actions.feedback === 1
        onClicked: actions.context.chat.setFeedback(actions.messageId, actions.feedback === 1 ? 0 : 1)
    }
    IconButton {
        id: bad
        side: Theme.px(28)
        iconName: "thumb-down"
        text: qsTr("Bad reply")
        checked: actions.feedback === -1
        onClicked: actions.context.chat.setFeedback(actions.messageId, actions.feedback === -1 ? 0 : -1)
    }
    IconButton {
        id: more
        side: Theme.px(28)
        iconName: "more"
        text: qsTr("More")
        onClicked: menu.active = true

        Loader {
            id: menu
            active: false
            onLoaded: (item as T.Menu).popup(more, 0, more.height + Theme.gap4)
            sourceComponent: Menu {
                onClosed: menu.active = false
                MenuItem {
                    iconName: "copy"
                    text: qsTr("Copy as Markdown")
                    onTriggered: actions.context.chat.copyMessage(actions.messageId, "markdown")
                }
                MenuItem {
                    text: qsTr("Copy with formatting")
                    onTriggered: actions.context.chat.copyMessage(actions.messageId, "rich")
                }
                MenuItem {
                    text: qsTr("Copy as plain text")
                    onTriggered: actions.context.chat.copyMessage(actions.messageId, "text")
                }
                MenuSeparator {}
                MenuItem {
                    iconName: "refresh"
                    text: qsTr("Ask another model…")
                    onTriggered: actions.context.regenerateWithRequested(actions.messageId)
                }
                MenuItem {
                    iconName: "fork"
                    text: qsTr("Continue in a new chat from here")
                    onTriggered: actions.context.chat.fork(actions.messageId)
                }
            }
        }
    }
}
