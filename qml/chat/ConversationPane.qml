// The list of chats: search in titles, new chat, groups, the trash, and the offer to undo a deletion.
// Section delegates of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Rectangle {
    id: pane

    required property ChatContext context
    readonly property ConversationListModel conversations: context.app.conversations

    signal searchRequested
    signal exportRequested(conversationId: string)
    signal importRequested

    color: Theme.sunken
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Chats")

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.gap8
            Layout.bottomMargin: Theme.gap4
            Layout.preferredHeight: Theme.headerHeight - Theme.gap16
            spacing: Theme.gap4
            TextField {
                id: filter
                Layout.fillWidth: true
                iconName: "search"
                clearable: true
                placeholderText: pane.conversations.showTrash ? qsTr("Search the trash") : qsTr("Search titles")
                onTextChanged: pane.conversations.filter = text
                Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
                Keys.onEscapePressed: event => {
                    event.accepted = length > 0;
                    clear();
                }
                Keys.onDownPressed: list.forceActiveFocus()
            }
            IconButton {
                iconName: "search-all"
                text: qsTr("Search all chats")
                shortcutText: pane.context.shortcut("chat.searchAll")
                onClicked: pane.searchRequested()
            }
            IconButton {
                iconName: "new-chat"
                text: qsTr("New chat")
                shortcutText: pane.context.shortcut("chat.new")
                onClicked: pane.context.chat.newChat()
            }
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            ListView {
                id: list
                objectName: "conversations"
                anchors.fill: parent
                anchors.leftMargin: Theme.gap8
                anchors.rightMargin: Theme.gap8
                clip: true
                model: pane.conversations
                reuseItems: true
                spacing: 1
                boundsBehavior: Flickable.StopAtBounds
                currentIndex: pane.conversations.currentRow
                highlightMoveDuration: 0
                highlightFollowsCurrentItem: true
                bottomMargin: Theme.gap8
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Chats")
                section.property: "section"
                section.delegate: SectionHeader {
                    required property string section
                    text: section
                }
                T.ScrollBar.vertical: ScrollBar {
                    parent: list.parent
                    anchors.right: parent.right
                    height: list.height
                }
                delegate: ConversationRow {
                    id: row
                    context: pane.context
                    trash: pane.conversations.showTrash
                    onMenuRequested: trash ? trashMenu.openFor(row) : menu.openFor(row)
                }
            }
            EmptyState {
                anchors.centerIn: parent
                visible: list.count === 0 && !pane.conversations.loading
                width: parent.width - Theme.gap32
                title: filter.length > 0 ? qsTr("Nothing found") : pane.conversations.showTrash ? qsTr("The trash is empty") : qsTr("No chats yet")
                message: filter.length > 0 ? qsTr("Titles only. The other search looks into every message.") : pane.conversations.showTrash ? qsTr("Deleted chats stay here for 30 days.") : qsTr("Write below to begin one.")
                actionText: filter.length > 0 && !pane.conversations.showTrash ? qsTr("Search messages") : ""
                onAction: pane.searchRequested()
            }
        }
        Separator { Layout.fillWidth: true }
        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.gap4
            Layout.leftMargin: Theme.gap8
            spacing: 0
            Button {
                kind: "quiet"
                dense: true
                iconName: pane.conversations.showTrash ? "chevron-left" : "trash"
                text: pane.conversations.showTrash ? qsTr("Back to the chats") : qsTr("Trash")
                onClicked: pane.conversations.showTrash = !pane.conversations.showTrash
            }
            Item { Layout.fillWidth: true }
            IconButton {
                side: Theme.px(28)
                iconName: "import"
                text: qsTr("Import chats")
                onClicked: pane.importRequested()
            }
        }
    }
    Separator {
        anchors.right: parent.right
        vertical: true
        height: parent.height
    }

    ConversationMenu {
        id: menu
        conversations: pane.conversations
        onExportRequested: id => pane.exportRequested(id)
        onNewFolderRequested: id => {
            folderDialog.target = id;
            folderDialog.open();
        }
    }
    TrashMenu {
        id: trashMenu
        conversations: pane.conversations
        onPurgeRequested: (id, title) => {
            purgeDialog.target = id;
            purgeDialog.name = title;
            purgeDialog.open();
        }
    }
    Dialog {
        id: folderDialog
        property string target: ""
        title: qsTr("New folder")
        acceptText: qsTr("Move there")
        acceptEnabled: folderName.text.trim().length > 0
        onOpened: {
            folderName.clear();
            folderName.forceActiveFocus();
        }
        onAccepted: pane.conversations.moveToFolder(target, folderName.text.trim())
        TextField {
            id: folderName
            width: parent.width
            placeholderText: qsTr("Name")
            maximumLength: 60
            onAccepted: if (folderDialog.acceptEnabled) folderDialog.accept()
        }
    }
    Dialog {
        id: purgeDialog
        property string target: ""
        property string name: ""
        title: qsTr("Delete this chat for good?")
        message: qsTr("“%1” and all its messages will be gone. This cannot be undone.").arg(name)
        acceptText: qsTr("Delete for good")
        danger: true
        onAccepted: pane.conversations.purge(target)
    }
}
