// The 56 px rail at the window's left edge: one button per page, the pages with `bottom` at its lower end.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

Rectangle {
    id: rail

    /// List of {id, title, icon, bottom}.
    required property var pages
    required property string currentPage

    signal chosen(pageId: string)

    implicitWidth: Theme.railWidth
    color: Theme.sunken
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Pages")

    component RailButton: T.Button {
        id: button

        required property var modelData
        readonly property bool on: modelData.id === rail.currentPage

        width: Theme.px(40)
        height: Theme.px(40)
        focusPolicy: Qt.TabFocus
        Accessible.role: Accessible.PageTab
        Accessible.name: modelData.title
        Accessible.selected: on
        onClicked: rail.chosen(modelData.id)
        Keys.onReturnPressed: clicked()

        contentItem: Item {
            Icon {
                anchors.centerIn: parent
                name: button.modelData.icon
                size: Theme.px(20)
                color: button.on ? Theme.accent : button.hovered ? Theme.text : Theme.text2
            }
        }
        background: Rectangle {
            radius: Theme.radius + 2
            color: button.on ? Theme.selected : button.down ? Theme.pressed : button.hovered ? Theme.hover : "transparent"
            FocusRing { shown: button.visualFocus; gap: 0; corner: parent.radius }
        }
        Loader {
            active: button.hovered || button.visualFocus
            sourceComponent: ToolTip {
                parent: button
                text: button.modelData.title
                x: button.width + Theme.gap8
                y: Math.round((button.height - height) / 2)
                shown: true
            }
        }
    }

    Column {
        anchors.top: parent.top
        anchors.topMargin: Theme.gap8
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.gap4
        Repeater {
            model: rail.pages.filter(page => !page.bottom)
            RailButton {}
        }
    }
    Column {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap8
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Theme.gap4
        Repeater {
            model: rail.pages.filter(page => page.bottom)
            RailButton {}
        }
    }
    Separator {
        vertical: true
        anchors.right: parent.right
        height: parent.height
    }
}
