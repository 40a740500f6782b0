// The text being written. Enter sends and Shift+Enter breaks the line (or Mod+Enter sends, by setting); while an input
// method composes, every key belongs to it. Up in an empty field edits the last message.
import QtQuick
import QtQuick.Templates as T
import Patchbay

Flickable {
    id: field

    required property ChatContext context
    property real maximumHeight: Theme.px(280)
    readonly property alias edit: area
    readonly property Composer composer: context.app.composer

    signal sendRequested

    function insert(words: string) {
        area.insert(area.cursorPosition, words);
        area.forceActiveFocus();
    }
    /// True: the key sends. `composing`: an input method has the keyboard.
    function sends(key: int, modifiers: int, composing: bool): bool {
        if (composing || (key !== Qt.Key_Return && key !== Qt.Key_Enter))
            return false;
        const mod = (modifiers & Qt.ControlModifier) !== 0;
        return context.sendKey === "mod+enter" ? mod : mod || (modifiers & (Qt.ShiftModifier | Qt.AltModifier)) === 0;
    }

    implicitHeight: Math.min(maximumHeight, area.implicitHeight)
    clip: true
    contentWidth: width
    boundsBehavior: Flickable.StopAtBounds
    onHeightChanged: returnToBounds()
    onContentHeightChanged: returnToBounds()
    T.ScrollBar.vertical: ScrollBar {}

    T.TextArea.flickable: T.TextArea {
        id: area
        focus: true
        implicitHeight: contentHeight + topPadding + bottomPadding
        leftPadding: Theme.px(14)
        rightPadding: Theme.px(14)
        topPadding: Theme.gap12
        bottomPadding: Theme.gap4
        wrapMode: TextEdit.Wrap
        textFormat: TextEdit.PlainText
        selectByMouse: true
        cursorDelegate: Caret {}
        font.pixelSize: Theme.sizeBody
        color: Theme.text
        selectionColor: Theme.selection
        selectedTextColor: Theme.text
        Accessible.name: qsTr("Message")
        KeyNavigation.priority: KeyNavigation.BeforeItem
        KeyNavigation.tab: area.nextItemInFocusChain(true)
        Component.onCompleted: text = field.composer.text
        onTextChanged: if (field.composer.text !== text) field.composer.text = text

        Keys.onPressed: event => {
            const composing = inputMethodComposing || preeditText.length > 0;
            if (composing) {
                // Neither sent nor a new line, where the system passes on the key that took a candidate.
                event.accepted = event.key === Qt.Key_Return || event.key === Qt.Key_Enter;
                return;
            }
            if (field.sends(event.key, event.modifiers, composing)) {
                event.accepted = true;
                field.sendRequested();
            } else if (event.matches(StandardKey.Paste)) {
                event.accepted = field.composer.pasteImage();
            } else if (event.key === Qt.Key_Up && event.modifiers === Qt.NoModifier && length === 0) {
                event.accepted = true;
                field.context.chat.editLast();
            }
        }

        Label {
            x: area.leftPadding
            y: area.topPadding
            width: area.width - 2 * x
            visible: area.length === 0 && area.preeditText.length === 0
            text: field.context.chat.modelLabel.length > 0 ? qsTr("Message %1").arg(field.context.chat.modelLabel) : qsTr("Write a message")
            font: area.font
            tone: "text3"
            Accessible.ignored: true
        }
    }
    Connections {
        target: field.composer
        function onTextChanged() {
            if (area.text === field.composer.text)
                return;
            area.text = field.composer.text;
            area.cursorPosition = area.length;
        }
    }
    Connections {
        target: field.context.chat
        function onFocusComposer() { area.forceActiveFocus(); }
    }
    Connections {
        target: field.context
        function onComposeRequested(text: string) { field.insert(text); }
    }
}
