// Saves the open conversation, or all of them, as Markdown, JSON or HTML.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Dialog {
    id: dialog

    required property TransferController transfer
    /// Empty = there is only "all" to choose.
    property string conversationId: ""
    property string conversationTitle: ""
    property string scope: conversationId.length > 0 ? "one" : "all"
    property string format: "md"

    readonly property bool running: transfer.activity === "export" || transfer.activity === "exportAll"
    readonly property bool finished: !running && Object.keys(outcome).length > 0
    readonly property var outcome: transfer.summary
    readonly property var explanations: ({
        md: qsTr("Readable in any editor. The branch that is shown."),
        json: qsTr("Everything, with all branches and figures; for other programs and as a backup."),
        html: qsTr("One page for a browser or for printing. The branch that is shown, with its pictures.")
    })

    function choose() {
        if (scope === "one") {
            filePicker.active = true;
            const picker = filePicker.item as FileDialog;
            picker.defaultSuffix = format;
            picker.nameFilters = [format === "md" ? qsTr("Markdown (*.md)") : format === "json" ? qsTr("JSON (*.json)") : qsTr("HTML (*.html)")];
            picker.selectedFile = transfer.suggestedFile(conversationTitle, format);
            picker.open();
        } else {
            folderPicker.active = true;
            (folderPicker.item as FolderDialog).open();
        }
    }

    title: running ? qsTr("Exporting…") : qsTr("Export")
    acceptText: ""
    rejectText: ""
    closePolicy: running ? T.Popup.NoAutoClose : T.Popup.CloseOnEscape
    width: Math.min(Theme.px(480), parent ? parent.width - Theme.gap32 : Theme.px(480))
    onAboutToShow: transfer.reset()
    onFinishedChanged: if (finished) closeButton.forceActiveFocus(Qt.OtherFocusReason)

    ColumnLayout {
        width: parent.width
        spacing: Theme.gap16

        ColumnLayout {
            Layout.fillWidth: true
            visible: !dialog.running && !dialog.finished
            spacing: Theme.gap12

            SegmentedControl {
                Layout.fillWidth: true
                visible: dialog.conversationId.length > 0
                label: qsTr("What to export")
                options: [{ value: "one", text: qsTr("This conversation") }, { value: "all", text: qsTr("All conversations") }]
                value: dialog.scope
                onChosen: value => dialog.scope = value
            }
            SegmentedControl {
                Layout.fillWidth: true
                label: qsTr("Format")
                options: [{ value: "md", text: "Markdown" }, { value: "json", text: "JSON" }, { value: "html", text: "HTML" }]
                value: dialog.format
                onChosen: value => dialog.format = value
            }
            Label {
                Layout.fillWidth: true
                text: dialog.explanations[dialog.format]
                      + (dialog.scope === "all" ? "\n" + qsTr("Each conversation becomes a file in a new folder. What is in the trash is left out.") : "")
                tone: "text2"
                size: Theme.sizeDense
                lineHeight: 1.25
                wrapMode: Text.Wrap
            }
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
                visible: dialog.finished && (dialog.outcome.written ?? 0) > 0
                text: qsTr("Show in folder")
                iconName: "folder"
                onClicked: Qt.openUrlExternally(dialog.transfer.localUrl(dialog.outcome.folder))
            }
            Button {
                id: closeButton
                objectName: "closeButton"
                text: dialog.finished ? qsTr("Close") : qsTr("Cancel")
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
                text: dialog.scope === "one" ? qsTr("Save as…") : qsTr("Choose folder…")
                kind: "primary"
                focus: true
                onClicked: dialog.choose()
            }
        }
    }

    Loader {
        id: filePicker
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Save the conversation")
            fileMode: FileDialog.SaveFile
            onAccepted: dialog.transfer.exportConversation(dialog.conversationId, dialog.format, selectedFile)
        }
    }
    Loader {
        id: folderPicker
        active: false
        sourceComponent: FolderDialog {
            title: qsTr("Choose a folder for the export")
            onAccepted: dialog.transfer.exportAll(selectedFolder, dialog.format)
        }
    }
}
