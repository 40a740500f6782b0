// An IconButton that says "Copied" for a moment after its signal `copy`.
import QtQuick
import Patchbay

IconButton {
    id: control

    property string idleText: qsTr("Copy")

    signal copy

    side: Theme.px(28)
    iconName: done.running ? "check" : "copy"
    text: done.running ? qsTr("Copied") : idleText
    onClicked: {
        copy();
        done.restart();
    }

    Timer {
        id: done
        interval: 1500
    }
}
