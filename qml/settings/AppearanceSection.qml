// Theme, size and motion. Changes show at once.
import QtQuick
import QtQuick.Layouts
import Patchbay

SettingsSection {
    id: section

    required property Settings settings

    title: qsTr("Appearance")

    Card {
        Layout.fillWidth: true
        spacing: Theme.gap16
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Theme")
            SegmentedControl {
                label: qsTr("Theme")
                value: section.settings.theme
                options: [
                    { value: "system", text: qsTr("System") },
                    { value: "light", text: qsTr("Light") },
                    { value: "dark", text: qsTr("Dark") }
                ]
                onChosen: value => section.settings.theme = value
            }
        }
        Separator { Layout.fillWidth: true }
        FormRow {
            Layout.fillWidth: true
            stacked: false
            label: qsTr("Size")
            help: qsTr("Text and controls together, from 80% to 200%.")
            ZoomStepper {
                value: section.settings.zoom
                onChosen: value => section.settings.zoom = value
            }
        }
        Separator { Layout.fillWidth: true }
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Reduce motion")
            help: qsTr("Without fades and slides.")
            SegmentedControl {
                label: qsTr("Reduce motion")
                value: section.settings.reducedMotion
                options: [
                    { value: "system", text: qsTr("System") },
                    { value: "on", text: qsTr("On") },
                    { value: "off", text: qsTr("Off") }
                ]
                onChosen: value => section.settings.reducedMotion = value
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Replies")
        SwitchRow {
            label: qsTr("Wrap long lines of code")
            checked: section.settings.codeWrap
            onToggled: on => section.settings.codeWrap = on
        }
    }
    Button {
        text: qsTr("Reset all settings")
        onClicked: question.open()
    }
    Dialog {
        id: question
        title: qsTr("Reset all settings?")
        message: qsTr("Language, theme, size, send key and the other choices of these pages go back to their defaults. Providers, keys, shortcuts and chats stay.")
        acceptText: qsTr("Reset")
        danger: true
        onAccepted: section.settings.reset()
    }
}
