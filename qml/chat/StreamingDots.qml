// Three dots that breathe while a reply runs; still with reduced motion.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

Row {
    id: dots

    spacing: Theme.px(5)
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("The reply is being written")

    Repeater {
        model: 3
        Rectangle {
            id: dot
            required property int index
            width: Theme.px(6)
            height: width
            radius: width / 2
            color: Theme.text3

            SequentialAnimation on opacity {
                running: dots.visible && !Theme.reducedMotion
                loops: Animation.Infinite
                PauseAnimation { duration: dot.index * 160 }
                NumberAnimation { from: 1; to: 0.25; duration: 420 }
                NumberAnimation { from: 0.25; to: 1; duration: 420 }
                PauseAnimation { duration: (2 - dot.index) * 160 }
            }
        }
    }
}
