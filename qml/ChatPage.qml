// The Chat page: list of chats, the open chat, and its inspector. Actions of the keyboard map come in by perform().
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

Item {
    id: page

    required property App app
    property alias playgroundOnly: context.playgroundOnly
    property bool sidebarVisible: true
    /// Too narrow for two columns: the list takes the place of the chat while it shows.
    readonly property bool compact: width < Theme.px(600)
    property bool inspectorVisible: false
    readonly property alias context: context
    readonly property alias pane: pane

    signal exportRequested(conversationId: string)
    signal importRequested
    signal providersRequested

    /// Does what an action of the keyboard map says; false where it is not the chat's.
    function perform(action: string): bool {
        const chat = app.chat;
        switch (action) {
        case "chat.new": chat.newChat(); pane.composer.focusField(); return true;
        case "chat.next": chat.nextChat(); return true;
        case "chat.previous": chat.previousChat(); return true;
        case "chat.find": pane.findBar.open(); return true;
        case "chat.searchAll": openSearch(); return true;
        case "chat.model": pane.header.openModelPicker(); return true;
        case "chat.rename": pane.header.rename(); return true;
        case "chat.pin": if (chat.conversationId) app.conversations.setPinned(chat.conversationId, !currentPinned()); return true;
        case "chat.fork": if (chat.conversationId) app.conversations.fork(chat.conversationId); return true;
        case "chat.delete": if (chat.conversationId) app.conversations.remove(chat.conversationId); return true;
        case "chat.export": if (chat.conversationId) exportRequested(chat.conversationId); return true;
        case "chat.import": importRequested(); return true;
        case "composer.focus": pane.composer.focusField(); return true;
        case "composer.attach": pane.composer.attach(); return true;
        case "message.regenerate": chat.regenerateLast(); return true;
        case "version.previous": chat.selectLastVersion(-1); return true;
        case "version.next": chat.selectLastVersion(1); return true;
        case "reply.copy": chat.copyLastReply(); return true;
        case "code.copy": chat.copyLastCodeBlock(); return true;
        case "view.end": pane.timeline.jumpToEnd(); return true;
        case "view.pageUp": pane.timeline.pageBy(-1); return true;
        case "view.pageDown": pane.timeline.pageBy(1); return true;
        case "view.sidebar": sidebarVisible = !sidebarVisible; return true;
        case "escape": return stopOrClose();
        }
        return false;
    }
    function openSearch() {
        search.active = true;
        (search.item as SearchOverlay).open();
    }
    function currentPinned(): bool {
        const list = app.conversations;
        return list.currentRow >= 0 && list.data(list.index(list.currentRow, 0), ConversationListModel.PinnedRole);
    }
    /// Stops the reply, else closes what is open.
    function stopOrClose(): bool {
        if (context.editingId.length > 0)
            context.stopEditing();
        else if (pane.findBar.visible)
            pane.findBar.close();
        else if (app.chat.streaming)
            app.chat.stop();
        else if (inspectorVisible)
            inspectorVisible = false;
        else
            return false;
        return true;
    }

    ChatContext {
        id: context
        app: page.app
        onRegenerateWithRequested: messageId => {
            otherModel.messageId = messageId;
            otherModel.active = true;
            (otherModel.item as ModelPicker).open();
        }
    }
    T.SplitView {
        id: split
        anchors.fill: parent
        orientation: Qt.Horizontal
        handle: Item {
            implicitWidth: 1
            implicitHeight: 1
            containmentMask: Item {
                x: -Theme.gap4
                width: Theme.gap8
                height: split.height
            }
        }
        ConversationPane {
            visible: page.sidebarVisible
            T.SplitView.fillWidth: page.compact
            T.SplitView.preferredWidth: Theme.px(264)
            T.SplitView.minimumWidth: Theme.px(240)
            T.SplitView.maximumWidth: page.compact ? Infinity : Theme.px(320)
            context: page.context
            onSearchRequested: page.openSearch()
            onExportRequested: id => page.exportRequested(id)
            onImportRequested: page.importRequested()
        }
        ChatPane {
            id: pane
            visible: !page.compact || !page.sidebarVisible
            T.SplitView.fillWidth: true
            T.SplitView.minimumWidth: Theme.px(280)
            context: page.context
            sidebarVisible: page.sidebarVisible
            inspectorVisible: page.inspectorVisible
            onSidebarToggled: page.sidebarVisible = !page.sidebarVisible
            onInspectorToggled: page.inspectorVisible = !page.inspectorVisible
            onExportRequested: id => page.exportRequested(id)
            onProvidersRequested: page.providersRequested()
        }
        Loader {
            active: page.inspectorVisible && (!page.compact || !page.sidebarVisible)
            visible: active
            T.SplitView.preferredWidth: Theme.px(300)
            T.SplitView.minimumWidth: Theme.px(260)
            T.SplitView.maximumWidth: Theme.px(420)
            sourceComponent: Inspector {
                context: page.context
                onClosed: page.inspectorVisible = false
            }
        }
    }
    Loader {
        id: search
        active: false
        sourceComponent: SearchOverlay { search: page.app.search }
    }
    Loader {
        id: otherModel
        property string messageId: ""
        active: false
        sourceComponent: ModelPicker {
            parent: T.Overlay.overlay
            anchors.centerIn: parent
            modal: true
            models: page.app.models
            current: page.app.chat.model
            onChosen: name => page.app.chat.regenerateWith(otherModel.messageId, name)
            onProvidersRequested: page.providersRequested()
        }
    }
    onCompactChanged: sidebarVisible = !compact
    Component.onCompleted: pane.composer.focusField()

    Connections {
        target: page.app.chat
        function onConversationChanged() {
            if (page.compact)
                page.sidebarVisible = false;
        }
    }
}
