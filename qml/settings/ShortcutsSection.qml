// The keyboard map, by group; a click on a key records another one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Patchbay

SettingsSection {
    id: section

    required property ShortcutMap map

    title: qsTr("Shortcuts")
    message: qsTr("Choose a key to record another one. Escape cancels, Backspace removes the key.")

    component Entry: ColumnLayout {
        id: entry

        required property int index
        required property string action
        required property string label
        required property string group
        required property string text
        required property bool custom
        property string groupBefore: ""

        spacing: 0
        SectionHeader {
            leftPadding: 0
            visible: entry.group !== entry.groupBefore
            text: entry.group
        }
        ShortcutRow {
            Layout.fillWidth: true
            map: section.map
            action: entry.action
            label: entry.label
            keyText: entry.text
            custom: entry.custom
        }
    }

    Card {
        Layout.fillWidth: true
        spacing: 0
        Repeater {
            model: section.map
            Entry {
                Layout.fillWidth: true
            }
        }
    }
    Button {
        visible: section.map.customized
        text: qsTr("Reset all shortcuts")
        onClicked: section.map.resetAll()
    }
}
