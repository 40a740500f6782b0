// A turning arc. It turns only while it is visible; with reduced motion it stands still.
import QtQuick
import Patchbay

Item {
    id: spinner

    property real size: Theme.iconSmall
    property color color: Theme.text2

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.Animation
    Accessible.name: qsTr("Busy")

    ProgressRing {
        anchors.fill: parent
        size: spinner.size
        value: 0.28
        color: spinner.color
        trackColor: Theme.tint(spinner.color, 0.18)
        Accessible.ignored: true

        RotationAnimator on rotation {
            running: spinner.visible && !Theme.reducedMotion
            from: 0
            to: 360
            duration: 900
            loops: Animation.Infinite
        }
    }
}
