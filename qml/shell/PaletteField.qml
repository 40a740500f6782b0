// The palette's line of text: the keys that move in the list below stay with the list.
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.TextField {
    id: field

    required property string label
    property string iconName: "search"

    /// Up and down by rows; a page is 8.
    signal stepped(delta: int)
    signal chosen

    implicitHeight: Theme.px(48)
    leftPadding: Theme.px(44)
    rightPadding: Theme.gap16
    verticalAlignment: TextInput.AlignVCenter
    font.pixelSize: Theme.sizeBody
    color: Theme.text
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    Accessible.name: label
    Accessible.searchEdit: true

    Keys.onUpPressed: stepped(-1)
    Keys.onDownPressed: stepped(1)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageUp || event.key === Qt.Key_PageDown) {
            stepped(event.key === Qt.Key_PageUp ? -8 : 8);
            event.accepted = true;
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            // While an input method composes, Enter is its own.
            if (!inputMethodComposing && preeditText.length === 0)
                chosen();
            event.accepted = true;
        }
    }

    Icon {
        x: Theme.gap16
        anchors.verticalCenter: parent.verticalCenter
        name: field.iconName
        size: Theme.iconSize
        color: Theme.text3
    }
    Label {
        x: field.leftPadding
        width: field.width - field.leftPadding - field.rightPadding
        height: field.height
        visible: field.length === 0 && field.preeditText.length === 0
        text: field.label
        font: field.font
        tone: "text3"
        Accessible.ignored: true
    }
}
