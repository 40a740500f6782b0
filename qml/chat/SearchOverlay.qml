// Full-text search over every chat: newest first, the hit in its line. Up, Down, Enter; Esc closes.
pragma ComponentBehavior: Bound
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

Popup {
    id: overlay

    required property SearchModel search

    function take(row: int) {
        if (row < 0 || row >= list.count)
            return;
        close();
        search.openRow(row);
    }

    title: qsTr("Search all chats")
    parent: T.Overlay.overlay
    modal: true
    padding: 0
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round(Math.min(Theme.px(96), parent.height / 10)) : 0
    width: Math.min(Theme.px(660), parent ? parent.width - Theme.gap32 : Theme.px(660))
    height: field.height + 1 + (field.length > 0 && list.count > 0
        ? Math.min(list.contentHeight + Theme.gap16, Theme.px(460), parent ? parent.height - y - field.height - Theme.gap32 : Theme.px(460)) : Theme.px(72))
    onOpened: {
        field.forceActiveFocus();
        field.selectAll();
    }

    contentItem: FocusScope {
        TextField {
            id: field
            width: parent.width
            height: Theme.px(52)
            focus: true
            leftPadding: Theme.px(46)
            font.pixelSize: Theme.sizeBody
            placeholderText: qsTr("Search all chats")
            background: Item {
                Icon {
                    x: Theme.gap16
                    anchors.verticalCenter: parent.verticalCenter
                    name: "search"
                    size: Theme.px(20)
                    color: Theme.text3
                }
            }
            onTextChanged: {
                overlay.search.query = text;
                list.currentIndex = 0;
            }
            Keys.onUpPressed: list.decrementCurrentIndex()
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onReturnPressed: if (preeditText.length === 0) overlay.take(Math.max(0, list.currentIndex))
            Keys.onEnterPressed: if (preeditText.length === 0) overlay.take(Math.max(0, list.currentIndex))
            Label {
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap16
                anchors.verticalCenter: parent.verticalCenter
                visible: field.length > 0 && overlay.search.totalText.length > 0
                text: overlay.search.totalText
                size: Theme.sizeDense
                tone: "text3"
            }
        }
        Separator {
            y: field.height
            width: parent.width
        }
        ListView {
            id: list
            anchors.fill: parent
            anchors.margins: Theme.gap8
            anchors.topMargin: field.height + 1 + Theme.gap8
            clip: true
            visible: field.length > 0
            model: overlay.search
            reuseItems: true
            highlightMoveDuration: 0
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: ScrollBar {}
            delegate: SearchRow {
                highlighted: ListView.isCurrentItem
                onClicked: overlay.take(index)
            }
        }
        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            y: field.height + Theme.gap24
            visible: text.length > 0
            tone: overlay.search.errorText.length > 0 ? "error" : "text3"
            text: overlay.search.errorText.length > 0 ? overlay.search.errorText
                : field.length === 0 ? qsTr("Words of any message, in any chat")
                : list.count === 0 && !overlay.search.busy ? qsTr("Nothing found") : ""
        }
    }
}
