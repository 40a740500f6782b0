// What can be done with a chat of the list, or of the trash.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml
import Patchbay

Menu {
    id: menu

    required property ConversationListModel conversations
    property ConversationRow row: null
    readonly property string conversationId: row ? row.conversationId : ""
    readonly property bool trash: row ? row.trash : false
    // Kept while the menu is open: the row may be reused for another chat.
    property string target: ""

    signal exportRequested(conversationId: string)
    signal newFolderRequested(conversationId: string)
    signal purgeRequested(conversationId: string, title: string)

    function openFor(wanted: ConversationRow) {
        row = wanted;
        target = wanted.conversationId;
        popup();
    }

    MenuItem { visible: !menu.trash; iconName: "edit"; text: qsTr("Rename"); shortcutText: "F2"; onTriggered: if (menu.row) menu.row.rename() }
    MenuItem {
        visible: !menu.trash
        iconName: "pin"
        text: menu.row && menu.row.pinned ? qsTr("Unpin") : qsTr("Pin")
        onTriggered: menu.conversations.setPinned(menu.target, !(menu.row && menu.row.pinned))
    }
    Menu {
        id: folders
        title: qsTr("Move to folder")
        enabled: !menu.trash
        MenuItem { text: qsTr("New folder…"); iconName: "plus"; onTriggered: menu.newFolderRequested(menu.target) }
        MenuItem {
            visible: menu.row !== null && menu.row.folder.length > 0
            text: qsTr("Out of the folder")
            onTriggered: menu.conversations.moveToFolder(menu.target, "")
        }
        MenuSeparator { visible: menu.conversations.folders.length > 0 }
        Instantiator {
            model: menu.conversations.folders
            delegate: MenuItem {
                required property string modelData
                text: modelData
                iconName: "folder"
                onTriggered: menu.conversations.moveToFolder(menu.target, modelData)
            }
            onObjectAdded: (index, object) => folders.addItem(object as Item)
            onObjectRemoved: (index, object) => folders.removeItem(object as Item)
        }
    }
    MenuItem { visible: !menu.trash; iconName: "fork"; text: qsTr("Duplicate"); onTriggered: menu.conversations.fork(menu.target) }
    MenuItem { visible: !menu.trash; iconName: "export"; text: qsTr("Export…"); onTriggered: menu.exportRequested(menu.target) }
    MenuSeparator { visible: !menu.trash }
    MenuItem { visible: !menu.trash; kind: "danger"; iconName: "trash"; text: qsTr("Delete"); onTriggered: menu.conversations.remove(menu.target) }
    MenuItem { visible: menu.trash; iconName: "restore"; text: qsTr("Restore"); onTriggered: menu.conversations.restore(menu.target) }
    MenuItem {
        visible: menu.trash
        kind: "danger"
        iconName: "trash"
        text: qsTr("Delete for good…")
        onTriggered: menu.purgeRequested(menu.target, menu.row ? menu.row.title : "")
    }
}
