// A line between groups of a Menu.
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.MenuSeparator {
    implicitHeight: visible ? Theme.gap8 + 1 : 0
    contentItem: Item {
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: 1
            color: Theme.separator
        }
    }
}
