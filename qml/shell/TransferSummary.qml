// How an import or export ended: one line that says it, what else happened, and what was skipped and why.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

ColumnLayout {
    id: summary

    /// TransferController.summary
    required property var result

    readonly property bool broken: (result.error ?? "").length > 0
    readonly property bool cancelled: result.cancelled ?? false
    readonly property var skips: result.skips ?? []

    spacing: Theme.gap12

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap12

        Icon {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: Theme.px(2)
            name: summary.broken || summary.cancelled ? "warning" : "check"
            size: Theme.iconSize
            color: summary.broken || summary.cancelled ? Theme.warn : Theme.ok
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: Theme.gap4

            Label {
                Layout.fillWidth: true
                text: summary.cancelled ? qsTr("Cancelled: %1").arg(summary.result.headline) : summary.result.headline ?? ""
                strong: true
                wrapMode: Text.Wrap
            }
            Repeater {
                model: summary.result.lines ?? []
                Label {
                    required property string modelData
                    Layout.fillWidth: true
                    text: modelData
                    tone: "text2"
                    wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                }
            }
        }
    }
    ErrorBanner {
        Layout.fillWidth: true
        visible: summary.broken
        message: summary.result.error ?? ""
        hint: summary.result.hint ?? ""
    }
    Rectangle {
        Layout.fillWidth: true
        visible: summary.skips.length > 0
        implicitHeight: Math.min(skipped.contentHeight + Theme.gap16, Theme.px(168))
        radius: Theme.radius
        color: Theme.sunken

        ListView {
            id: skipped
            anchors.fill: parent
            anchors.margins: Theme.gap8
            anchors.rightMargin: Theme.gap4
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            activeFocusOnTab: true
            keyNavigationEnabled: true
            spacing: Theme.gap4
            model: summary.skips
            T.ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Skipped entries")

            delegate: Label {
                required property var modelData
                width: skipped.width - Theme.gap12
                text: qsTr("%1 — %2").arg(modelData.what).arg(modelData.reason)
                size: Theme.sizeDense
                tone: "text2"
                wrapMode: Text.Wrap
            }
        }
    }
}
