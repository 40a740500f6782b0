// Step two: a key, a server on this machine, or the playground.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: step

    required property FirstRun run
    required property ProvidersController providers

    readonly property var presets: providers.presets
    readonly property var keyed: presets.filter(entry => !entry.local && entry.baseUrl.length > 0)
    readonly property var preset: vendors.currentIndex < 0 ? null : keyed[vendors.currentIndex]

    spacing: Theme.gap16

    FirstRunHead {
        title: qsTr("Whom shall Patchbay ask?")
        message: step.run.providerCount > 0 ? qsTr("%n providers are set up already. You may add another one here.", "", step.run.providerCount)
                                            : qsTr("Paste a key of a vendor you have an account with, or use what runs on this machine.")
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("A key")
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap8
            ComboBox {
                id: vendors
                Layout.preferredWidth: Theme.px(170)
                label: qsTr("Vendor")
                textRole: "title"
                valueRole: "vendor"
                model: step.keyed
            }
            KeyField {
                id: key
                Layout.fillWidth: true
                placeholderText: qsTr("Paste the key")
                onEdited: {
                    const at = step.keyed.findIndex(entry => entry.vendor === step.providers.vendorOfKey(text));
                    if (at >= 0)
                        vendors.currentIndex = at;
                }
                onAccepted: connectButton.clicked()
            }
        }
        KeyPageLink {
            Layout.fillWidth: true
            url: step.preset ? step.preset.keyPage : ""
        }
        RowLayout {
            Layout.fillWidth: true
            Label {
                Layout.fillWidth: true
                text: step.providers.newKeyPlace
                tone: "text3"
                size: Theme.sizeDense
                wrapMode: Text.Wrap
            }
            Button {
                id: connectButton
                kind: "primary"
                text: qsTr("Connect")
                busy: step.run.connecting
                enabled: key.text.trim().length > 0 && !step.run.connecting
                onClicked: if (enabled) step.run.useKey(step.preset.vendor, key.text)
            }
        }
        ErrorBanner {
            Layout.fillWidth: true
            visible: step.run.failed
            message: step.run.message
            hint: step.run.hint
            actionText: step.run.canSaveAnyway ? qsTr("Save anyway") : ""
            onAction: step.run.saveAnyway()
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("On this machine")
        spacing: Theme.gap8
        Repeater {
            model: step.run.localServers
            FirstRunChoice {
                required property var modelData
                required property int index
                iconName: "local"
                text: modelData.title
                detail: qsTr("Runs at %1").arg(modelData.baseUrl)
                buttonText: qsTr("Use")
                busy: step.run.connecting
                onChosen: step.run.useLocalServer(index)
            }
        }
        Label {
            Layout.fillWidth: true
            visible: step.run.localServers.length === 0
            text: step.run.searching ? qsTr("Looking for local servers…")
                                     : qsTr("No local server answers (Ollama, llama.cpp and LM Studio at their usual ports).")
            tone: "text2"
            wrapMode: Text.Wrap
        }
        Separator {
            Layout.fillWidth: true
            visible: step.run.playgroundAvailable
        }
        FirstRunChoice {
            visible: step.run.playgroundAvailable
            iconName: "play"
            text: qsTr("Playground")
            detail: qsTr("Built in, repeats what you write. No key, no network.")
            buttonText: qsTr("Try")
            onChosen: step.run.usePlayground()
        }
    }
}
