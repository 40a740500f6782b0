// A hint under the pointer's item. Made by a Loader while the item is hovered: ToolTip { text: …; shown: true }
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.ToolTip {
    id: control

    property string shortcutText: ""
    property bool shown: false

    delay: Theme.toolTipDelay
    visible: shown
    x: parent ? Math.round((parent.width - implicitWidth) / 2) : 0
    y: parent ? parent.height + Theme.gap4 : 0
    margins: Theme.gap4
    padding: Theme.gap4
    leftPadding: Theme.gap8
    rightPadding: Theme.gap8
    implicitWidth: Math.min(contentItem.implicitWidth, Theme.px(360)) + leftPadding + rightPadding
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent | T.Popup.CloseOnReleaseOutsideParent

    contentItem: Row {
        spacing: Theme.gap8
        Label {
            text: control.text
            size: Theme.sizeDense
            color: Theme.background
            width: Math.min(implicitWidth, Theme.px(340))
            wrapMode: Text.Wrap
        }
        Label {
            visible: text.length > 0
            text: control.shortcutText
            size: Theme.sizeDense
            color: Theme.dark ? "#55585E" : "#B3B7BE"
        }
    }
    background: Rectangle {
        radius: Theme.px(4)
        color: Theme.text
    }
}
