// A title that becomes a field when it is clicked. Enter and leaving it take the new text, Esc the old one.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

Item {
    id: control

    property string text: ""
    property bool editable: true
    property int size: Theme.sizeBody

    signal renamed(text: string)

    function start() {
        if (!editable)
            return;
        field.text = text;
        field.visible = true;
        field.selectAll();
        field.forceActiveFocus();
    }
    function finish(take: bool) {
        if (!field.visible)
            return;
        field.visible = false;
        const changed = field.text.trim();
        if (take && changed.length > 0 && changed !== text)
            renamed(changed);
    }

    implicitHeight: Theme.controlHeight
    implicitWidth: Math.max(field.visible ? Theme.px(280) : 0, Math.min(label.implicitWidth + Theme.gap16, Theme.px(480)))

    T.Button {
        id: button
        visible: !field.visible
        anchors.fill: parent
        enabled: control.editable
        focusPolicy: Qt.TabFocus
        Accessible.name: control.text
        Accessible.description: control.editable ? qsTr("Click to rename") : ""
        onClicked: control.start()
        Keys.onReturnPressed: control.start()
        contentItem: Label {
            id: label
            leftPadding: Theme.gap8
            text: control.text
            size: control.size
            strong: true
            Accessible.ignored: true
        }
        background: Rectangle {
            radius: Theme.radius
            color: button.hovered ? Theme.hover : "transparent"
            FocusRing { shown: button.visualFocus; gap: 0 }
        }
    }
    TextField {
        id: field
        anchors.fill: parent
        visible: false
        label: qsTr("Title")
        leftPadding: Theme.gap8
        maximumLength: 200
        onAccepted: control.finish(true)
        onActiveFocusChanged: if (!activeFocus) control.finish(true)
        Keys.onShortcutOverride: event => event.accepted = event.key === Qt.Key_Escape
        Keys.onEscapePressed: control.finish(false)
    }
}
