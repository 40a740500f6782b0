// Version, the program's figures about itself, and what it is made of.
import QtQuick
import QtQuick.Layouts
import Patchbay

SettingsSection {
    id: section

    required property SelfMeasurements measurements

    title: qsTr("About")
    Component.onCompleted: measurements.refresh()

    Card {
        Layout.fillWidth: true
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap16
            ProgramIcon { size: Theme.px(40) }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2
                Label {
                    text: qsTr("Patchbay %1").arg(section.measurements.version)
                    size: Theme.sizeBody
                    strong: true
                }
                Label {
                    Layout.fillWidth: true
                    text: qsTr("Qt %1 · free software").arg(section.measurements.qtVersion)
                    tone: "text2"
                    size: Theme.sizeDense
                }
            }
        }
    }
    Card {
        Layout.fillWidth: true
        title: qsTr("Measured in this window")
        Column {
            Layout.fillWidth: true
            spacing: Theme.gap4
            FactRow {
                nameWidth: Theme.px(220)
                name: qsTr("Start to first frame")
                text: section.measurements.startMs > 0 ? qsTr("%1 ms").arg(Math.round(section.measurements.startMs)) : "–"
            }
            FactRow {
                nameWidth: Theme.px(220)
                name: qsTr("Memory")
                text: section.measurements.memoryMiB > 0 ? qsTr("%1 MiB").arg(Math.round(section.measurements.memoryMiB)) : "–"
            }
            FactRow {
                nameWidth: Theme.px(220)
                name: qsTr("Frame time, 99th percentile")
                text: section.measurements.frameP99Ms > 0 ? qsTr("%1 ms").arg(section.measurements.frameP99Ms.toFixed(1)) : "–"
            }
        }
        Button {
            dense: true
            iconName: "refresh"
            text: qsTr("Measure again")
            onClicked: section.measurements.refresh()
        }
    }
    LicenceList { Layout.fillWidth: true }
}
