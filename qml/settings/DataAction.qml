// Something to do with the data: what it is, the button, and what came of it.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: row

    required property DataController store
    required property string action
    property string label: ""
    property string help: ""
    property string buttonText: ""
    property bool danger: false

    signal triggered

    readonly property bool mine: store.running === action
    readonly property bool told: store.lastAction === action && store.running.length === 0

    Layout.fillWidth: true
    spacing: Theme.gap8

    FormRow {
        Layout.fillWidth: true
        stacked: false
        label: row.label
        help: row.help
        Button {
            text: row.buttonText
            kind: row.danger ? "danger" : "plain"
            busy: row.mine
            enabled: row.enabled && row.store.running.length === 0
            onClicked: row.triggered()
        }
    }
    ErrorBanner {
        Layout.fillWidth: true
        visible: row.told
        tone: row.store.failed ? "error" : "info"
        message: row.store.message
        hint: row.store.failed ? row.store.hint : row.store.made
        actionText: row.store.made.length > 0 ? qsTr("Show") : ""
        onAction: row.store.show(row.store.made)
    }
}
