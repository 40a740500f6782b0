// A push button: text, optionally an icon. kind: "plain" (outlined), "primary" (accent, one per view), "danger",
// "quiet" (no frame until hovered). `busy` shows a spinner and takes no clicks.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Button {
    id: control

    property string kind: "plain"
    property string iconName: ""
    property bool busy: false
    property bool dense: false
    property string description: ""

    readonly property color foreground: kind === "primary" ? Theme.accentText : kind === "danger" ? Theme.error : Theme.text
    readonly property color ground: {
        if (kind === "primary")
            return down ? Theme.accentPressed : hovered ? Theme.accentHover : Theme.accent;
        if (kind === "danger")
            return down || hovered ? Theme.errorTint : "transparent";
        return down || checked ? Theme.pressed : hovered ? Theme.hover : "transparent";
    }

    focusPolicy: Qt.TabFocus
    hoverEnabled: enabled
    enabled: !busy
    implicitHeight: dense ? Theme.px(28) : Theme.controlHeight
    implicitWidth: Math.max(dense ? 0 : Theme.px(72), implicitContentWidth + leftPadding + rightPadding)
    leftPadding: dense ? Theme.px(10) : Theme.px(14)
    rightPadding: leftPadding
    font.pixelSize: dense ? Theme.sizeDense : Theme.sizeControl
    font.weight: kind === "primary" ? Font.DemiBold : Font.Medium
    opacity: enabled || busy ? 1 : 0.45
    Accessible.name: text
    Accessible.description: description
    Keys.onReturnPressed: clicked()
    Keys.onEnterPressed: clicked()

    contentItem: Item {
        implicitWidth: Math.ceil(words.implicitWidth) + (row.marked ? Theme.px(22) : 0)
        implicitHeight: row.implicitHeight

        Row {
            id: row
            readonly property bool marked: control.iconName.length > 0 || control.busy
            anchors.centerIn: parent
            spacing: Theme.px(6)

            Spinner {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.busy
                size: Theme.px(14)
                color: control.foreground
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.iconName.length > 0 && !control.busy
                name: control.iconName
                size: Theme.iconSmall
                color: control.foreground
            }
            Label {
                id: words
                anchors.verticalCenter: parent.verticalCenter
                visible: text.length > 0
                width: Math.min(Math.ceil(implicitWidth), Math.max(0, control.availableWidth - (row.marked ? Theme.px(22) : 0)))
                text: control.text
                font: control.font
                color: control.foreground
            }
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.ground
        border.width: control.kind === "plain" || control.kind === "danger" ? 1 : 0
        border.color: control.kind === "danger" ? Theme.error : Theme.tint(Theme.border, 0.7)

        FocusRing { shown: control.visualFocus }
    }
}
