// A button that is only an icon. `text` is its accessible name and tooltip; `shortcutText` ("Ctrl+N") is added to the
// tooltip. `checkable` buttons show their state as a tint. It does not take the focus when clicked.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Button {
    id: control

    required property string iconName
    property string shortcutText: ""
    /// Edge length; 28 for rows of actions, 32 in headers.
    property real side: Theme.controlHeight
    property real glyph: side > Theme.px(28) ? Theme.iconSize : Theme.iconSmall
    property color iconColor: checked ? Theme.accent : hovered || visualFocus ? Theme.text : Theme.text2
    property bool showToolTip: true

    focusPolicy: Qt.TabFocus
    hoverEnabled: enabled
    implicitWidth: side
    implicitHeight: side
    padding: 0
    opacity: enabled ? 1 : 0.4
    Accessible.name: text
    Accessible.description: shortcutText
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.iconName
            size: control.glyph
            color: control.iconColor
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down ? Theme.pressed : control.checked ? Theme.selected : control.hovered ? Theme.hover : "transparent"

        FocusRing {
            shown: control.visualFocus
            gap: 0
        }
    }

    Loader {
        active: control.showToolTip && control.text.length > 0 && (control.hovered || control.visualFocus) && !control.down
        sourceComponent: ToolTip {
            parent: control
            text: control.text
            shortcutText: control.shortcutText
            shown: true
        }
    }
}
