// Language, start, notifications, and what a new chat asks.
import QtQuick
import QtQuick.Layouts
import Patchbay

SettingsSection {
    id: section

    required property Settings settings
    required property ModelListModel models

    signal providersRequested

    title: qsTr("General")

    Card {
        Layout.fillWidth: true
        spacing: Theme.gap16
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Language")
            SegmentedControl {
                label: qsTr("Language")
                value: section.settings.language
                options: [
                    { value: "system", text: qsTr("System") },
                    { value: "en", text: "English" },
                    { value: "zh_CN", text: "简体中文" }
                ]
                onChosen: value => section.settings.language = value
            }
        }
        Separator { Layout.fillWidth: true }
        SwitchRow {
            label: qsTr("Open where I left off")
            help: qsTr("The last chat and page come back at the start.")
            checked: section.settings.restoreSession
            onToggled: on => section.settings.restoreSession = on
        }
        Separator { Layout.fillWidth: true }
        SwitchRow {
            label: qsTr("Notifications")
            help: qsTr("When a long reply ends while the window is in the background.")
            checked: section.settings.notifications
            onToggled: on => section.settings.notifications = on
        }
        Separator { Layout.fillWidth: true }
        SwitchRow {
            label: qsTr("Icon in the tray")
            help: qsTr("Quick questions from the tray, and the window may be closed while it stays.")
            checked: section.settings.trayIcon
            onToggled: on => section.settings.trayIcon = on
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("New chats")
        spacing: Theme.gap16
        FormRow {
            Layout.fillWidth: true
            label: qsTr("Model")
            help: section.settings.defaultModel.length > 0 ? qsTr("Every new chat begins with it.")
                                                           : qsTr("New chats begin with the model of the configuration.")
            ModelChoice {
                Layout.fillWidth: true
                models: section.models
                value: section.settings.defaultModel
                onChosen: name => section.settings.defaultModel = name
            }
        }
        Separator { Layout.fillWidth: true }
        SwitchRow {
            label: qsTr("Show what replies cost")
            checked: section.settings.showCost
            onToggled: on => section.settings.showCost = on
        }
        Separator { Layout.fillWidth: true }
        FormRow {
            Layout.fillWidth: true
            stacked: false
            label: qsTr("Providers and keys")
            Button {
                text: qsTr("Open")
                onClicked: section.providersRequested()
            }
        }
    }
}
