// A row of a list: icon, title, second line, and what is put into it at the right (default property).
// `current` tints it. Signals of T.ItemDelegate: clicked, pressAndHold; `menuRequested` on a right click or the menu key.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

T.ItemDelegate {
    id: control

    property string iconName: ""
    property string subtitle: ""
    property bool current: false
    property bool strong: false
    default property alias trailing: trailingRow.data

    signal menuRequested

    implicitHeight: subtitle.length > 0 ? Theme.px(48) : Theme.rowHeight
    leftPadding: Theme.px(10)
    rightPadding: Theme.gap8
    focusPolicy: Qt.TabFocus
    font.pixelSize: Theme.sizeControl
    Accessible.name: text
    Accessible.description: subtitle
    Keys.onMenuPressed: menuRequested()
    Keys.onReturnPressed: clicked()

    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: control.menuRequested()
    }

    contentItem: RowLayout {
        spacing: Theme.gap8

        Icon {
            visible: control.iconName.length > 0
            name: control.iconName
            size: Theme.iconSmall
            color: control.current ? Theme.accent : Theme.text2
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1
            Label {
                Layout.fillWidth: true
                text: control.text
                strong: control.strong
                Accessible.ignored: true
            }
            Label {
                Layout.fillWidth: true
                visible: text.length > 0
                text: control.subtitle
                size: Theme.sizeDense
                tone: "text3"
                Accessible.ignored: true
            }
        }
        Row {
            id: trailingRow
            spacing: Theme.gap4
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.current ? Theme.selected : control.down ? Theme.pressed : control.hovered ? Theme.hover : "transparent"
        FocusRing { shown: control.visualFocus; gap: 0 }
    }
}
