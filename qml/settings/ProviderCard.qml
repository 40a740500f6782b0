// One provider: name, state in words, address, key, and what can be done with it.
import QtQuick
import QtQuick.Layouts
import Patchbay

Card {
    id: card

    required property string providerId
    required property string label
    required property string formatTitle
    required property string resolvedUrl
    required property string keyPlace
    required property string maskedKey
    required property string keyProblem
    required property bool hasKey
    required property string status
    required property string statusText
    required property bool fromFile
    required property string origin
    required property bool local
    // "enabled" is Item's own
    required property var model

    readonly property bool on: model.enabled

    signal testRequested
    signal editRequested
    signal removeRequested
    signal enabledRequested(on: bool)

    spacing: Theme.gap12
    Accessible.role: Accessible.Grouping
    Accessible.name: label

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap8
        Icon {
            name: card.local ? "local" : "globe"
            size: Theme.iconSize
            color: card.on ? Theme.text2 : Theme.text3
        }
        Label {
            text: card.label
            size: Theme.sizeBody
            strong: true
            tone: card.on ? "text" : "text2"
            Layout.maximumWidth: Math.max(Theme.px(80), card.width * 0.4)
        }
        StatusWord {
            Layout.fillWidth: true
            status: !card.on ? "off" : card.keyProblem.length > 0 ? "keyless" : card.status
        }
        Switch {
            label: qsTr("%1 is on").arg(card.label)
            checked: card.on
            onToggled: card.enabledRequested(checked)
        }
    }
    Column {
        Layout.fillWidth: true
        spacing: Theme.gap4
        FactRow {
            name: qsTr("Address")
            text: card.resolvedUrl
            mono: true
        }
        FactRow {
            name: qsTr("Format")
            text: card.formatTitle
        }
        FactRow {
            name: qsTr("Key")
            text: !card.hasKey ? (card.local ? qsTr("none needed") : qsTr("none"))
                               : Words.joined([card.maskedKey, card.keyPlace], " · ")
        }
    }
    ErrorBanner {
        Layout.fillWidth: true
        visible: card.on && card.keyProblem.length > 0
        tone: "warn"
        message: qsTr("The key cannot be read.")
        hint: card.keyProblem
    }
    Label {
        Layout.fillWidth: true
        visible: card.on && card.keyProblem.length === 0 && text.length > 0 && card.status !== "testing"
        text: card.statusText
        tone: card.status === "error" ? "error" : "text2"
        size: Theme.sizeDense
        wrapMode: Text.Wrap
    }
    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap8
        Button {
            dense: true
            text: qsTr("Test")
            description: qsTr("Asks it a short question")
            busy: card.status === "testing"
            enabled: card.on && card.status !== "testing"
            onClicked: card.testRequested()
        }
        Button {
            visible: !card.fromFile
            dense: true
            text: qsTr("Edit")
            onClicked: card.editRequested()
        }
        Button {
            visible: !card.fromFile
            dense: true
            kind: "danger"
            text: qsTr("Remove")
            onClicked: card.removeRequested()
        }
        Label {
            Layout.fillWidth: true
            visible: card.fromFile
            text: card.origin === "environment" ? qsTr("From an environment variable; it can be switched off here.")
                                                : qsTr("From your own configuration file; it can be switched off here.")
            tone: "text3"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
        }
    }
}
