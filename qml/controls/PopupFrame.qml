// The ground of everything that floats: surface, hairline, soft shadow. Used as `background` of popups.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

Item {
    id: frame
    property real corner: Theme.radiusLarge

    Repeater {
        model: 5
        Rectangle {
            required property int index
            anchors.fill: parent
            anchors.margins: -2 * (index + 1)
            anchors.topMargin: -2 * (index + 1) + 4
            anchors.bottomMargin: -2 * (index + 1) - 4
            radius: frame.corner + 2 * (index + 1)
            color: Theme.tint(Theme.shadow, Theme.dark ? 0.075 : 0.022)
        }
    }
    Rectangle {
        anchors.fill: parent
        radius: frame.corner
        color: Theme.popup
        border.width: 1
        border.color: Theme.dark ? "#3A3E44" : "#DCDCD7"
    }
}
