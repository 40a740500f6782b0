// One line of text. `error` (a sentence) turns the frame red and is read to screen readers; show it below with FormRow.
// `iconName` puts an icon at the left, `clearable` a cross at the right while there is text.
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.TextField {
    id: control

    property string error: ""
    property string iconName: ""
    property bool clearable: false
    property bool mono: false
    property bool dense: false
    /// Accessible name; the placeholder where none is given.
    property string label: placeholderText

    signal cleared

    implicitWidth: Theme.px(220)
    implicitHeight: dense ? Theme.px(28) : Theme.controlHeight
    leftPadding: iconName.length > 0 ? Theme.px(32) : Theme.px(10)
    rightPadding: clearable ? Theme.px(30) : Theme.px(10)
    topPadding: 0
    bottomPadding: 0
    verticalAlignment: TextInput.AlignVCenter
    font: mono ? Theme.monoFont : Theme.controlFont
    color: Theme.text
    placeholderTextColor: Theme.text3
    selectionColor: Theme.selection
    selectedTextColor: Theme.text
    selectByMouse: true
    cursorDelegate: Caret {}
    opacity: enabled ? 1 : 0.5
    Accessible.name: label
    Accessible.description: error

    background: Rectangle {
        radius: Theme.radius
        color: Theme.surface
        border.width: control.activeFocus ? 2 : 1
        border.color: control.error.length > 0 ? Theme.error : control.activeFocus ? Theme.accent : Theme.tint(Theme.border, 0.7)
    }

    Label {
        x: control.leftPadding
        width: control.width - control.leftPadding - control.rightPadding
        height: control.height
        visible: control.length === 0 && control.preeditText.length === 0
        text: control.placeholderText
        font: control.font
        tone: "text3"
        Accessible.ignored: true
    }
    Icon {
        visible: control.iconName.length > 0
        x: Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
        name: control.iconName
        size: Theme.iconSmall
        color: Theme.text3
    }
    IconButton {
        visible: control.clearable && control.length > 0
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(3)
        anchors.verticalCenter: parent.verticalCenter
        side: Theme.px(24)
        glyph: Theme.px(13)
        iconName: "close"
        text: qsTr("Clear")
        onClicked: {
            control.clear();
            control.cleared();
            control.forceActiveFocus();
        }
    }
}
