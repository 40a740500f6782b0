// Smaller, the value, larger. A click on the value goes back to 100%.
import QtQuick
import Patchbay

Row {
    id: stepper

    required property real value

    signal chosen(value: real)

    spacing: Theme.gap4

    IconButton {
        iconName: "minus"
        text: qsTr("Smaller")
        enabled: stepper.value > 0.8
        onClicked: stepper.chosen(stepper.value - 0.1)
    }
    Button {
        kind: "quiet"
        width: Theme.px(72)
        text: qsTr("%1%").arg(Math.round(stepper.value * 100))
        description: qsTr("Back to 100%")
        onClicked: stepper.chosen(1)
    }
    IconButton {
        iconName: "plus"
        text: qsTr("Larger")
        enabled: stepper.value < 2
        onClicked: stepper.chosen(stepper.value + 0.1)
    }
}
