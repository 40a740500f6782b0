// What the Enter key does in the composer.
import QtQuick
import QtQuick.Layouts
import Patchbay

SettingsSection {
    id: section

    required property Settings settings

    readonly property bool mac: Qt.platform.os === "osx"
    readonly property string mod: mac ? "⌘" : qsTr("Ctrl")

    title: qsTr("Input")

    Card {
        Layout.fillWidth: true
        spacing: Theme.gap16
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Send with")
            help: section.settings.sendKey === "enter" ? qsTr("Shift+Enter begins a new line.")
                                                       : qsTr("Enter begins a new line.")
            SegmentedControl {
                label: qsTr("Send with")
                value: section.settings.sendKey
                options: [
                    { value: "enter", text: qsTr("Enter") },
                    { value: "mod+enter", text: section.mod + "+" + qsTr("Enter") }
                ]
                onChosen: value => section.settings.sendKey = value
            }
        }
        Label {
            Layout.fillWidth: true
            text: qsTr("While an input method composes, Enter belongs to it and never sends.")
            tone: "text3"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
        }
    }
}
