// A setting that is on or off.
import QtQuick
import QtQuick.Layouts
import Patchbay

FormRow {
    id: row

    property bool checked: false

    signal toggled(on: bool)

    Layout.fillWidth: true
    stacked: false

    Switch {
        label: row.label
        checked: row.checked
        onToggled: row.toggled(checked)
    }
}
