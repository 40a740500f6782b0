// A chat in the list: title (a field while it is renamed), a dot while it streams or has news, and its menu.
pragma ComponentBehavior: Bound
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.ItemDelegate {
    id: row

    required property ChatContext context
    required property int index
    required property string conversationId
    required property string title
    required property bool pinned
    required property string folder
    required property bool streaming
    required property bool unread
    required property bool draft
    required property bool current
    property bool trash: false
    property bool renaming: false

    signal menuRequested

    function rename() {
        renaming = true;
        field.text = title;
        field.selectAll();
        field.forceActiveFocus();
    }
    function finish(take: bool) {
        if (!renaming)
            return;
        renaming = false;
        const changed = field.text.trim();
        if (take && changed.length > 0 && changed !== title)
            context.app.conversations.rename(conversationId, changed);
    }

    width: ListView.view ? ListView.view.width : 0
    height: Theme.px(34)
    leftPadding: Theme.px(10)
    rightPadding: Theme.gap4
    focusPolicy: Qt.TabFocus
    ListView.onPooled: renaming = false
    Accessible.name: title
    Accessible.description: Words.joined([streaming ? qsTr("Reply running") : "", unread ? qsTr("Unread") : "", pinned ? qsTr("Pinned") : "", draft ? qsTr("Draft") : ""], ", ")
    onClicked: if (!trash) context.chat.open(conversationId)
    onDoubleClicked: if (!trash) rename()
    Keys.onReturnPressed: clicked()
    Keys.onMenuPressed: menuRequested()
    Keys.onPressed: event => {
        if (trash || renaming)
            return;
        if (event.key === Qt.Key_F2)
            rename();
        else if (event.key === Qt.Key_Delete)
            context.app.conversations.remove(conversationId);
    }

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: row.menuRequested()
    }

    contentItem: Item {
        Label {
            anchors.fill: parent
            anchors.rightMargin: marks.width + Theme.gap4
            visible: !row.renaming
            text: row.title.length > 0 ? row.title : qsTr("Untitled")
            strong: row.unread
            tone: row.trash ? "text2" : "text"
            Accessible.ignored: true
        }
        Row {
            id: marks
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: !row.renaming
            spacing: Theme.gap4

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: row.draft && !row.current && !more.visible
                name: "edit"
                size: Theme.px(13)
                color: Theme.text3
            }
            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: row.streaming || row.unread
                width: Theme.px(8)
                height: width
                radius: width / 2
                color: row.streaming ? "transparent" : Theme.accent
                border.width: row.streaming ? 2 : 0
                border.color: Theme.accent
            }
            Item {
                width: Theme.gap4
                height: 1
                visible: !more.visible
            }
            IconButton {
                id: more
                visible: row.hovered || activeFocus
                side: Theme.px(26)
                iconName: "more"
                text: qsTr("More")
                showToolTip: false
                onClicked: row.menuRequested()
            }
        }
        TextField {
            id: field
            anchors.left: parent.left
            anchors.leftMargin: -Theme.gap8
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: row.renaming
            dense: true
            leftPadding: Theme.gap8
            label: qsTr("Title")
            maximumLength: 200
            onAccepted: row.finish(true)
            onActiveFocusChanged: if (!activeFocus) row.finish(true)
            Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
            Keys.onEscapePressed: row.finish(false)
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: row.current ? Theme.selected : row.down ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
        FocusRing { shown: row.visualFocus; gap: -1 }
    }
}
