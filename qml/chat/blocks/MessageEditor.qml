// A sent message being changed. Sending makes a new version and asks again; the old one stays.
import QtQuick
import QtQuick.Templates as T
import Patchbay

Rectangle {
    id: editor

    required property ChatContext context
    required property string messageId

    implicitHeight: area.implicitHeight + buttons.height + Theme.gap12
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: 2
    border.color: Theme.accent

    function send() {
        const text = area.text.trim();
        if (text.length === 0)
            return;
        const id = messageId;
        const chat = context.chat;
        context.stopEditing();
        chat.edit(id, text);
    }

    T.TextArea {
        id: area
        width: parent.width
        implicitHeight: contentHeight + topPadding + bottomPadding
        padding: Theme.px(14)
        bottomPadding: Theme.gap8
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        font.pixelSize: Theme.sizeBody
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        selectByMouse: true
        cursorDelegate: Caret {}
        Accessible.name: qsTr("Edit the message")
        Component.onCompleted: {
            text = editor.context.editingText;
            cursorPosition = length;
            forceActiveFocus();
        }
        onTextChanged: if (activeFocus) editor.context.editingText = text
        Keys.onPressed: event => {
            if (inputMethodComposing || preeditText.length > 0) {
                event.accepted = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                return;
            }
            if (event.key === Qt.Key_Escape) {
                editor.context.stopEditing();
                event.accepted = true;
            } else if ((event.key === Qt.Key_Return || event.key === Qt.Key_Enter) && !(event.modifiers & Qt.ShiftModifier)
                       && (editor.context.sendKey === "enter" || event.modifiers & Qt.ControlModifier)) {
                editor.send();
                event.accepted = true;
            }
        }
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.gap8
        spacing: Theme.gap8
        Button {
            dense: true
            kind: "quiet"
            text: qsTr("Cancel")
            onClicked: editor.context.stopEditing()
        }
        Button {
            dense: true
            kind: "primary"
            text: qsTr("Send")
            enabled: area.text.trim().length > 0
            onClicked: editor.send()
        }
    }
}
