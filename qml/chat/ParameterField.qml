// One number among a chat's parameters; empty = the default.
import QtQuick
import QtQuick.Layouts
import Patchbay

FormRow {
    id: row

    required property ChatController chat
    required property string name
    property real from: 0
    property real to: 1
    property bool integer: false

    readonly property var parameters: chat.parameters
    readonly property var stored: parameters[name]

    Layout.fillWidth: true
    stacked: false

    function take() {
        const words = field.text.trim().replace(",", ".");
        const number = Number(words);
        const valid = words.length === 0 || (Number.isFinite(number) && number >= from && number <= to && (!integer || Number.isInteger(number)));
        error = valid ? "" : qsTr("From %1 to %2").arg(from).arg(to);
        if (valid)
            chat.setParameter(name, words.length === 0 ? undefined : number);
    }

    TextField {
        id: field
        implicitWidth: Theme.px(110)
        label: row.label
        placeholderText: qsTr("Default")
        error: row.error
        text: row.stored === undefined ? "" : String(row.stored)
        inputMethodHints: Qt.ImhFormattedNumbersOnly
        onEditingFinished: row.take()
    }
}
