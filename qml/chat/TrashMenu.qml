// What can be done with a deleted chat.
import QtQuick
import Patchbay

Menu {
    id: menu

    required property ConversationListModel conversations
    property string target: ""
    property string targetTitle: ""

    signal purgeRequested(conversationId: string, title: string)

    function openFor(row: ConversationRow) {
        target = row.conversationId;
        targetTitle = row.title;
        popup();
    }

    MenuItem { iconName: "restore"; text: qsTr("Restore"); onTriggered: menu.conversations.restore(menu.target) }
    MenuItem {
        kind: "danger"
        iconName: "trash"
        text: qsTr("Delete for good…")
        onTriggered: menu.purgeRequested(menu.target, menu.targetTitle)
    }
}
