// One chat: header, find bar, messages or the greeting, composer. Files can be dropped anywhere on it.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Layouts
import Patchbay

Item {
    id: pane

    required property ChatContext context
    required property bool sidebarVisible
    required property bool inspectorVisible
    readonly property alias header: header
    readonly property alias findBar: findBar
    readonly property alias timeline: timeline
    readonly property alias composer: composer

    signal sidebarToggled
    signal inspectorToggled
    signal exportRequested(conversationId: string)
    signal providersRequested

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        ChatHeader {
            id: header
            Layout.fillWidth: true
            context: pane.context
            sidebarVisible: pane.sidebarVisible
            inspectorVisible: pane.inspectorVisible
            onSidebarToggled: pane.sidebarToggled()
            onInspectorToggled: pane.inspectorToggled()
            onFindRequested: findBar.open()
            onExportRequested: id => pane.exportRequested(id)
            onProvidersRequested: pane.providersRequested()
        }
        FindBar {
            id: findBar
            Layout.fillWidth: true
            find: pane.context.app.find
            onClosed: composer.focusField()
        }
        ErrorBanner {
            Layout.fillWidth: true
            Layout.margins: Theme.gap8
            visible: message.length > 0
            message: pane.context.chat.historyError
            closable: true
            onClosed: pane.context.chat.dismissHistoryError()
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true

            Timeline {
                id: timeline
                anchors.fill: parent
                context: pane.context
            }
            Loader {
                anchors.fill: parent
                active: timeline.view.count === 0 && !pane.context.app.timeline.loading && !pane.context.chat.sending
                sourceComponent: NewChat {
                    context: pane.context
                    onProvidersRequested: pane.providersRequested()
                }
            }
            Column {
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.gap8
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.gap8
                ErrorBanner {
                    id: failure
                    width: Math.min(Theme.readingWidth, pane.width - Theme.gap32)
                    visible: message.length > 0
                    closable: true
                    onClosed: message = ""
                    Rectangle {
                        anchors.fill: parent
                        z: -1
                        radius: parent.radius
                        color: Theme.background
                    }
                }
                UndoBar {
                    anchors.horizontalCenter: parent.horizontalCenter
                    conversations: pane.context.app.conversations
                }
            }
        }
        MessageComposer {
            id: composer
            Layout.fillWidth: true
            context: pane.context
            maximumFieldHeight: Math.max(Theme.px(72), pane.height * 0.4)
            onProvidersRequested: pane.providersRequested()
        }
    }
    DropArea {
        id: drop
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: event => {
            if (event.hasUrls) {
                pane.context.app.composer.addFiles(event.urls);
                event.accept(Qt.CopyAction);
            }
        }
        Rectangle {
            anchors.fill: parent
            anchors.margins: Theme.gap12
            visible: drop.containsDrag
            radius: Theme.radiusLarge
            color: Theme.tint(Theme.background, 0.92)
            border.width: 2
            border.color: Theme.accent
            EmptyState {
                anchors.centerIn: parent
                iconName: "attach"
                title: qsTr("Drop to attach")
                message: qsTr("Images, text and PDF files")
            }
        }
    }
    Connections {
        target: pane.context.chat
        function onFailed(message: string, hint: string) {
            failure.hint = hint;
            failure.message = message;
        }
        function onSent() { failure.message = ""; }
        function onConversationChanged() {
            failure.message = "";
            findBar.close();
        }
    }
}
