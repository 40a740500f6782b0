// The line above the messages: sidebar, title, model, context and cost, find, parameters, menu.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Item {
    id: header

    required property ChatContext context
    required property bool sidebarVisible
    required property bool inspectorVisible

    signal sidebarToggled
    signal inspectorToggled
    signal findRequested
    signal exportRequested(conversationId: string)
    signal providersRequested

    function rename() { titleField.start(); }
    function openModelPicker() { modelButton.openPicker(); }

    implicitHeight: Theme.headerHeight

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap12
        anchors.rightMargin: Theme.gap12
        spacing: Theme.gap4

        IconButton {
            iconName: "sidebar"
            text: header.sidebarVisible ? qsTr("Hide the list of chats") : qsTr("Show the list of chats")
            shortcutText: header.context.shortcut("view.sidebar")
            onClicked: header.sidebarToggled()
        }
        TitleField {
            id: titleField
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth
            Layout.minimumWidth: Theme.px(60)
            text: header.context.chat.title.length > 0 ? header.context.chat.title : qsTr("New chat")
            editable: header.context.chat.conversationId.length > 0
            onRenamed: text => header.context.app.conversations.rename(header.context.chat.conversationId, text)
        }
        ModelButton {
            id: modelButton
            Layout.minimumWidth: Theme.px(80)
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth
            context: header.context
            onProvidersRequested: header.providersRequested()
        }
        Item { Layout.fillWidth: true }
        ContextRing {
            Layout.rightMargin: Theme.gap8
            chat: header.context.chat
            showCost: header.context.showCost
        }
        IconButton {
            iconName: "search"
            text: qsTr("Find in this chat")
            shortcutText: header.context.shortcut("chat.find")
            enabled: !header.context.app.timeline.empty
            onClicked: header.findRequested()
        }
        IconButton {
            iconName: "sliders"
            text: qsTr("System prompt and parameters")
            checked: header.inspectorVisible
            onClicked: header.inspectorToggled()
        }
        IconButton {
            id: more
            iconName: "more"
            text: qsTr("More")
            enabled: header.context.chat.conversationId.length > 0
            onClicked: menu.popup(more, more.width - menu.implicitWidth, more.height + Theme.gap4)
        }
    }
    Menu {
        id: menu
        MenuItem { iconName: "edit"; text: qsTr("Rename"); onTriggered: header.rename() }
        MenuItem {
            iconName: "fork"
            text: qsTr("Duplicate")
            onTriggered: header.context.app.conversations.fork(header.context.chat.conversationId)
        }
        MenuItem {
            iconName: "export"
            text: qsTr("Export…")
            onTriggered: header.exportRequested(header.context.chat.conversationId)
        }
        MenuSeparator {}
        MenuItem {
            kind: "danger"
            iconName: "trash"
            text: qsTr("Delete")
            onTriggered: header.context.app.conversations.remove(header.context.chat.conversationId)
        }
    }
    Separator {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
