// Three dots, one of them lit in turn, while a reply runs. In steps, so that it costs three frames a second and not
// sixty; still with reduced motion.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

Row {
    id: dots

    property int step: 0

    spacing: Theme.px(5)
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("The reply is being written")

    Repeater {
        model: 3
        Rectangle {
            required property int index
            width: Theme.px(6)
            height: width
            radius: width / 2
            color: Theme.text3
            opacity: Theme.reducedMotion ? 0.7 : index === dots.step ? 1 : 0.35
        }
    }
    Timer {
        running: dots.visible && !Theme.reducedMotion
        interval: 320
        repeat: true
        onTriggered: dots.step = (dots.step + 1) % 3
    }
}
