// Find in the open chat: the newest match first; Enter goes to older ones, Shift+Enter back, Esc closes.
import QtQuick
import QtQuick.Layouts
import Patchbay

Rectangle {
    id: bar

    required property FindInChat find

    signal closed

    function open() {
        visible = true;
        field.forceActiveFocus();
        field.selectAll();
    }
    function close() {
        if (!visible)
            return;
        visible = false;
        find.query = "";
        closed();
    }

    visible: false
    implicitHeight: visible ? Theme.px(44) : 0
    color: Theme.surface
    onVisibleChanged: if (visible) find.query = field.text

    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap16
        anchors.rightMargin: Theme.gap12
        spacing: Theme.gap4
        TextField {
            id: field
            Layout.fillWidth: true
            Layout.maximumWidth: Theme.px(420)
            dense: true
            iconName: "search"
            clearable: true
            placeholderText: qsTr("Find in this chat")
            onTextChanged: if (bar.visible) bar.find.query = text
            Keys.onReturnPressed: event => event.modifiers & Qt.ShiftModifier ? bar.find.previous() : bar.find.next()
            Keys.onEscapePressed: bar.close()
        }
        Label {
            Layout.minimumWidth: Theme.px(72)
            Layout.leftMargin: Theme.gap8
            text: field.length === 0 ? "" : bar.find.count > 0 ? qsTr("%1 of %2").arg(bar.find.position).arg(bar.find.count) : bar.find.busy ? "" : qsTr("Not found")
            size: Theme.sizeDense
            tone: bar.find.count > 0 || bar.find.busy ? "text2" : "error"
        }
        IconButton {
            side: Theme.px(28)
            iconName: "chevron-up"
            text: qsTr("Older match")
            enabled: bar.find.count > 0
            onClicked: bar.find.next()
        }
        IconButton {
            side: Theme.px(28)
            iconName: "chevron-down"
            text: qsTr("Newer match")
            enabled: bar.find.count > 0
            onClicked: bar.find.previous()
        }
        Item { Layout.fillWidth: true }
        IconButton {
            side: Theme.px(28)
            iconName: "close"
            text: qsTr("Close")
            onClicked: bar.close()
        }
    }
    Separator {
        anchors.bottom: parent.bottom
        width: parent.width
    }
}
