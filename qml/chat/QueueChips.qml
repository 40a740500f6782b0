// Messages that wait for the running reply, in the order in which they will go out. A click takes one back to edit it.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

Flow {
    id: chips

    required property Composer composer
    readonly property alias count: repeater.count

    visible: count > 0
    spacing: Theme.px(6)

    Label {
        height: Theme.px(26)
        text: qsTr("Next:")
        size: Theme.sizeDense
        tone: "text3"
    }
    Repeater {
        id: repeater
        model: chips.composer.queue
        Chip {
            id: chip
            required property int index
            required text
            removable: true
            iconName: "clock"
            Accessible.description: qsTr("Waits for the reply; click to edit")
            onClicked: chips.composer.editQueued(index)
            onRemoved: chips.composer.removeQueued(index)
        }
    }
}
