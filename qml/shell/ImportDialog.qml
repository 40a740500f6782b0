// Takes over the conversations of another program: choose or drop its export, watch, read what happened.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Dialog {
    id: dialog

    required property TransferController transfer
    readonly property bool running: transfer.activity === "import"
    readonly property bool finished: !running && Object.keys(outcome).length > 0
    readonly property var outcome: transfer.summary

    function choose() {
        picker.active = true;
        (picker.item as FileDialog).open();
    }

    title: running ? qsTr("Importing…") : qsTr("Import conversations")
    acceptText: ""
    rejectText: ""
    closePolicy: running ? T.Popup.NoAutoClose : T.Popup.CloseOnEscape
    width: Math.min(Theme.px(480), parent ? parent.width - Theme.gap32 : Theme.px(480))
    onAboutToShow: transfer.reset()
    onFinishedChanged: if (finished) closeButton.forceActiveFocus(Qt.OtherFocusReason)

    ColumnLayout {
        width: parent.width
        spacing: Theme.gap16

        ImportDropZone {
            Layout.fillWidth: true
            visible: !dialog.running && !dialog.finished
            onDropped: file => dialog.transfer.importFile(file)
            onChooseRequested: dialog.choose()
        }
        ErrorBanner {
            Layout.fillWidth: true
            visible: !dialog.running && message.length > 0
            message: dialog.transfer.errorText
            hint: dialog.transfer.errorHint
        }
        TransferProgress {
            Layout.fillWidth: true
            visible: dialog.running
            label: dialog.title
            value: dialog.transfer.progress
            text: dialog.transfer.progressText
        }
        TransferSummary {
            Layout.fillWidth: true
            visible: dialog.finished
            result: dialog.outcome
        }
        RowLayout {
            Layout.topMargin: Theme.gap4
            spacing: Theme.gap8

            Item { Layout.fillWidth: true }
            Button {
                id: closeButton
                objectName: "closeButton"
                text: dialog.running || !dialog.finished ? qsTr("Cancel") : qsTr("Close")
                kind: dialog.finished ? "primary" : "plain"
                onClicked: {
                    if (dialog.running)
                        dialog.transfer.cancel();
                    else
                        dialog.close();
                }
            }
            Button {
                objectName: "chooseButton"
                visible: !dialog.running && !dialog.finished
                text: qsTr("Choose file…")
                kind: "primary"
                focus: true
                onClicked: dialog.choose()
            }
        }
    }

    Loader {
        id: picker
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Choose an export of ChatGPT or Claude")
            nameFilters: [qsTr("Exports (*.zip *.json)"), qsTr("All files (*)")]
            onAccepted: dialog.transfer.importFile(selectedFile)
        }
    }
}
