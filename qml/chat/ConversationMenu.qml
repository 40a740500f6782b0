// What can be done with a chat of the list.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml
import Patchbay

Menu {
    id: menu

    required property ConversationListModel conversations
    property ConversationRow row: null
    // As they were when the menu opened: the row may be reused for another chat meanwhile.
    property string target: ""
    property bool pinned: false
    property string folder: ""

    signal exportRequested(conversationId: string)
    signal newFolderRequested(conversationId: string)

    function openFor(wanted: ConversationRow) {
        row = wanted;
        target = wanted.conversationId;
        pinned = wanted.pinned;
        folder = wanted.folder;
        popup();
    }

    MenuItem {
        iconName: "edit"
        text: qsTr("Rename")
        shortcutText: "F2"
        onTriggered: if (menu.row && menu.row.conversationId === menu.target) menu.row.rename()
    }
    MenuItem {
        iconName: "pin"
        text: menu.pinned ? qsTr("Unpin") : qsTr("Pin")
        onTriggered: menu.conversations.setPinned(menu.target, !menu.pinned)
    }
    Menu {
        id: folders
        title: qsTr("Move to folder")
        MenuItem { text: qsTr("New folder…"); iconName: "plus"; onTriggered: menu.newFolderRequested(menu.target) }
        MenuItem {
            visible: menu.folder.length > 0
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
    MenuItem { iconName: "fork"; text: qsTr("Duplicate"); onTriggered: menu.conversations.fork(menu.target) }
    MenuItem { iconName: "export"; text: qsTr("Export…"); onTriggered: menu.exportRequested(menu.target) }
    MenuSeparator {}
    MenuItem { kind: "danger"; iconName: "trash"; text: qsTr("Delete"); onTriggered: menu.conversations.remove(menu.target) }
}
