// Where messages are written: queue, files, text, and a line with attach, model, estimate and Send or Stop.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Layouts
import QtQuick.Dialogs
import Patchbay

Item {
    id: panel

    required property ChatContext context
    property real maximumFieldHeight: Theme.px(280)
    readonly property ChatController chat: context.chat
    readonly property Composer composer: context.app.composer

    readonly property alias field: field

    signal providersRequested

    function focusField() { field.edit.forceActiveFocus(); }
    function attach() {
        files.active = true;
        (files.item as FileDialog).open();
    }

    implicitHeight: column.implicitHeight + Theme.gap16

    ColumnLayout {
        id: column
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Theme.readingWidth + Theme.gap32, parent.width - Theme.gap32)
        spacing: Theme.gap8

        QueueChips {
            Layout.fillWidth: true
            composer: panel.composer
        }
        Rectangle {
            Layout.fillWidth: true
            implicitHeight: inner.implicitHeight
            radius: Theme.radiusLarge + 2
            color: Theme.surface
            border.width: 1
            border.color: field.edit.activeFocus ? Theme.accent : Theme.tint(Theme.border, 0.6)

            ColumnLayout {
                id: inner
                anchors.fill: parent
                spacing: 0

                AttachmentChips {
                    Layout.fillWidth: true
                    Layout.margins: Theme.px(10)
                    Layout.bottomMargin: 0
                    composer: panel.composer
                }
                ComposerField {
                    id: field
                    Layout.fillWidth: true
                    Layout.preferredHeight: implicitHeight
                    context: panel.context
                    maximumHeight: panel.maximumFieldHeight
                    onSendRequested: panel.chat.send()
                }
                RowLayout {
                    Layout.fillWidth: true
                    Layout.margins: Theme.px(6)
                    Layout.topMargin: Theme.gap2
                    spacing: Theme.gap2
                    IconButton {
                        iconName: "attach"
                        text: qsTr("Attach images, text or PDF files")
                        shortcutText: panel.context.shortcut("composer.attach")
                        onClicked: panel.attach()
                    }
                    ModelButton {
                        Layout.fillWidth: true
                        Layout.maximumWidth: implicitWidth
                        dense: true
                        context: panel.context
                        onProvidersRequested: panel.providersRequested()
                    }
                    Item { Layout.fillWidth: true }
                    Label {
                        Layout.rightMargin: Theme.gap8
                        visible: !panel.composer.empty
                        text: Words.joined([panel.composer.tokenEstimate > 0 ? qsTr("~%n token(s)", "", panel.composer.tokenEstimate) : "",
                               panel.context.showCost ? panel.chat.estimateText : ""], "  ·  ")
                        size: Theme.sizeCaption
                        tone: "text3"
                    }
                    SendButton {
                        visible: panel.chat.streaming
                        iconName: "stop"
                        quiet: true
                        text: qsTr("Stop")
                        shortcutText: panel.context.shortcut("escape")
                        onClicked: panel.chat.stop()
                    }
                    SendButton {
                        visible: !panel.chat.streaming || !panel.composer.empty
                        iconName: "send"
                        text: panel.chat.streaming ? qsTr("Send after this reply") : qsTr("Send")
                        shortcutText: panel.context.sendKey === "enter" ? qsTr("Enter") : qsTr("Ctrl+Enter")
                        enabled: panel.chat.canSend
                        onClicked: panel.chat.send()
                    }
                }
            }
        }
    }
    Loader {
        id: files
        active: false
        sourceComponent: FileDialog {
            title: qsTr("Attach files")
            fileMode: FileDialog.OpenFiles
            onAccepted: panel.composer.addFiles(selectedFiles)
        }
    }
}
