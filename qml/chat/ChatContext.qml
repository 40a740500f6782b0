// What every part of the chat page needs: the controllers, the settings that concern it, and the state of the view that
// must outlive a delegate (what is being edited, which code wraps, which long message is open).
import QtQuick
import Patchbay

Item {
    id: context

    required property App app
    readonly property ChatController chat: app.chat

    // From the settings
    property bool codeWrap: app.settings.codeWrap
    property bool showCost: app.settings.showCost
    /// "enter" or "mod+enter"
    property string sendKey: app.settings.sendKey
    /// Action of the keyboard map to the key as people read it.
    property var shortcutTexts: app.shortcuts.texts
    /// No provider but the built-in playground is configured.
    property bool playgroundOnly: app.providers.count === 0

    // State of the view
    property bool following: true
    property string editingId: ""
    property string editingText: ""
    property string hoveredId: ""
    property var wrapped: ({})
    property var expanded: ({})

    /// The composer's text was replaced by a prompt to start with, or typing began elsewhere.
    signal composeRequested(text: string)
    signal rowFoldToggled
    /// Choose a model and ask for that reply again.
    signal regenerateWithRequested(messageId: string)

    visible: false

    function shortcut(action: string): string {
        return shortcutTexts[action] ?? "";
    }
    /// Only what a browser or a mail program opens.
    function openLink(url: string) {
        if (/^(https?|mailto):/i.test(url))
            Qt.openUrlExternally(url);
    }
    function copyText(text: string) {
        clipboard.text = text;
        clipboard.selectAll();
        clipboard.copy();
        clipboard.clear();
    }
    function startEditing(messageId: string, text: string) {
        editingText = text;
        editingId = messageId;
    }
    function stopEditing() {
        editingId = "";
        editingText = "";
    }
    function isWrapped(blockId: string): bool {
        return wrapped[blockId] ?? codeWrap;
    }
    function toggleWrap(blockId: string) {
        const changed = Object.assign({}, wrapped);
        changed[blockId] = !isWrapped(blockId);
        wrapped = changed;
    }
    function toggleExpanded(messageId: string) {
        const changed = Object.assign({}, expanded);
        changed[messageId] = !changed[messageId];
        rowFoldToggled();
        expanded = changed;
    }

    Binding {
        target: context.app.timeline
        property: "darkCode"
        value: Theme.dark
    }
    Binding {
        target: context.app.timeline
        property: "inlineCodeColor"
        value: Theme.inlineCode.toString()
    }
    TextEdit {
        id: clipboard
        visible: false
        textFormat: TextEdit.PlainText
    }
    Connections {
        target: context.chat
        function onConversationChanged() {
            context.stopEditing();
            context.hoveredId = "";
        }
    }
}
