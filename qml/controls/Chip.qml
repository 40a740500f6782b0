// A small pill: text, icon, optionally a cross (`removable`, signal removed) and clickable. tone "plain", "accent", "error".
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Button {
    id: control

    property string iconName: ""
    property bool removable: false
    property string tone: "plain"
    property bool interactive: true
    /// Longest width before the text is cut.
    property real maximumWidth: Theme.px(260)

    signal removed

    readonly property color foreground: tone === "error" ? Theme.error : tone === "accent" ? Theme.accent : Theme.text2

    implicitHeight: Theme.px(26)
    implicitWidth: Math.min(maximumWidth, words.implicitWidth + leftPadding + rightPadding)
    leftPadding: iconName.length > 0 ? Theme.px(28) : Theme.px(10)
    rightPadding: removable ? Theme.px(26) : Theme.px(10)
    focusPolicy: interactive ? Qt.TabFocus : Qt.NoFocus
    hoverEnabled: interactive
    Accessible.name: text
    Keys.onDeletePressed: if (removable) removed()
    Keys.onReturnPressed: clicked()

    contentItem: Label {
        id: words
        text: control.text
        maximumLineCount: 1
        size: Theme.sizeDense
        color: control.foreground
        Accessible.ignored: true
    }
    background: Rectangle {
        radius: height / 2
        color: control.tone === "error" ? Theme.errorTint : control.tone === "accent" ? Theme.selected
             : control.down ? Theme.pressed : control.hovered ? Theme.tint(Theme.text, 0.1) : Theme.tint(Theme.text, 0.05)
        FocusRing { shown: control.visualFocus; corner: parent.radius; gap: 1 }
    }
    Icon {
        x: Theme.px(9)
        anchors.verticalCenter: parent.verticalCenter
        visible: control.iconName.length > 0
        name: control.iconName
        size: Theme.px(14)
        color: control.foreground
    }
    IconButton {
        visible: control.removable
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(3)
        anchors.verticalCenter: parent.verticalCenter
        side: Theme.px(20)
        glyph: Theme.px(11)
        iconName: "close"
        text: qsTr("Remove")
        onClicked: control.removed()
    }
}
