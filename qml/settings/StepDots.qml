// Where one is in a short row of steps.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

Row {
    id: dots

    required property int count
    required property int current

    spacing: Theme.px(6)
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Step %1 of %2").arg(current + 1).arg(count)

    Repeater {
        model: dots.count
        Rectangle {
            required property int index
            width: index === dots.current ? Theme.px(18) : Theme.px(6)
            height: Theme.px(6)
            radius: height / 2
            color: index === dots.current ? Theme.accent : Theme.tint(Theme.border, 0.5)
        }
    }
}
