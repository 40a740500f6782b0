// Step one: language and theme, shown at once.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: step

    required property Settings settings

    spacing: Theme.gap16

    ProgramIcon { size: Theme.px(44) }
    FirstRunHead {
        title: qsTr("Welcome to Patchbay")
        message: qsTr("One window for the models you use, in the cloud or on this machine. Your chats stay here.")
    }
    Card {
        Layout.fillWidth: true
        spacing: Theme.gap16
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Language")
            SegmentedControl {
                label: qsTr("Language")
                value: step.settings.language
                options: [
                    { value: "system", text: qsTr("System") },
                    { value: "en", text: "English" },
                    { value: "zh_CN", text: "简体中文" }
                ]
                onChosen: value => step.settings.language = value
            }
        }
        Separator { Layout.fillWidth: true }
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Theme")
            SegmentedControl {
                label: qsTr("Theme")
                value: step.settings.theme
                options: [
                    { value: "system", text: qsTr("System") },
                    { value: "light", text: qsTr("Light") },
                    { value: "dark", text: qsTr("Dark") }
                ]
                onChosen: value => step.settings.theme = value
            }
        }
    }
}
