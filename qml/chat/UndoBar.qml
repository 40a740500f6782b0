// "Chat deleted. Undo": stands above the composer for some seconds after a deletion.
import QtQuick
import Patchbay

Item {
    id: bar

    required property ConversationListModel conversations

    implicitWidth: toast.implicitWidth
    implicitHeight: toast.implicitHeight
    visible: conversations.undoAvailable

    Toast {
        id: toast
        anchors.fill: parent
        text: bar.conversations.undoText
        actionText: qsTr("Undo")
        onAction: bar.conversations.undoRemove()
        onClosed: bar.conversations.dismissUndo()
    }
    Timer {
        running: bar.visible
        interval: 10000
        onTriggered: bar.conversations.dismissUndo()
    }
}
