// A ring filled to `value` (0 to 1); drawn once per value, no animation.
import QtQuick
import QtQuick.Shapes
import Patchbay

Shape {
    id: ring

    property real value: 0
    property real size: Theme.iconSize
    property real thickness: Math.max(2, size / 8)
    property color color: Theme.accent
    property color trackColor: Theme.tint(Theme.text, 0.15)

    implicitWidth: size
    implicitHeight: size
    Accessible.role: Accessible.ProgressBar

    ShapePath {
        strokeColor: ring.trackColor
        strokeWidth: ring.thickness
        fillColor: "transparent"
        PathAngleArc {
            centerX: ring.width / 2
            centerY: ring.height / 2
            radiusX: (ring.width - ring.thickness) / 2
            radiusY: radiusX
            startAngle: 0
            sweepAngle: 360
        }
    }
    ShapePath {
        strokeColor: ring.value > 0 ? ring.color : "transparent"
        strokeWidth: ring.thickness
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        PathAngleArc {
            centerX: ring.width / 2
            centerY: ring.height / 2
            radiusX: (ring.width - ring.thickness) / 2
            radiusY: radiusX
            startAngle: -90
            sweepAngle: 360 * Math.max(0, Math.min(1, ring.value))
        }
    }
}
