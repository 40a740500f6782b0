// Whom Patchbay can ask: a card per provider, with its exact address, its key's place, and a test that really asks.
// qmllint disable unqualified
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Item {
    id: page

    required property App app
    /// Opens the form for a new provider; for pictures: "new", or the id of a provider.
    property string editing: ""
    onEditingChanged: if (editing === "new") form.openNew(""); else if (editing.length > 0) form.openFor(editing)

    readonly property ProvidersController providers: app.providers
    property string noteText: ""
    property string noteHint: ""
    property bool noteIsError: false

    function closePopups() {
        form.close();
        question.close();
    }
    function note(text: string, hint: string, bad: bool) {
        noteText = text;
        noteHint = hint;
        noteIsError = bad;
    }

    Connections {
        target: page.providers
        function onSaved(id, note) {
            page.note(note, "", false);
        }
        function onRemoved(id) {
            page.note(qsTr("“%1” was removed and its key forgotten.").arg(id), "", false);
        }
        function onSaveFailed(id, message, hint) {
            if (!form.opened)
                page.note(message, hint, true);
        }
    }

    Flickable {
        id: view
        anchors.fill: parent
        contentWidth: width
        contentHeight: body.y + body.height + Theme.gap32
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: body
            readonly property real gutter: page.width < Theme.px(600) ? Theme.gap16 : Theme.gap32
            x: Math.max(gutter, Math.round((view.width - width) / 2))
            y: Theme.gap24
            width: Math.min(Theme.px(760), view.width - 2 * gutter)
            spacing: Theme.gap16

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap16
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: Theme.gap4
                    Label {
                        text: qsTr("Providers")
                        size: Theme.sizeTitle
                        strong: true
                        Accessible.role: Accessible.Heading
                    }
                    Label {
                        Layout.fillWidth: true
                        visible: text.length > 0
                        text: page.providers.newKeyPlace
                        tone: "text2"
                        wrapMode: Text.Wrap
                        lineHeight: 1.2
                    }
                }
                Button {
                    Layout.alignment: Qt.AlignTop
                    kind: "primary"
                    iconName: "plus"
                    text: qsTr("Add provider")
                    onClicked: form.openNew("")
                }
            }
            ErrorBanner {
                Layout.fillWidth: true
                visible: page.noteText.length > 0
                tone: page.noteIsError ? "error" : "info"
                message: page.noteText
                hint: page.noteHint
                closable: true
                onClosed: page.noteText = ""
            }
            Repeater {
                model: page.providers
                ProviderCard {
                    Layout.fillWidth: true
                    onTestRequested: page.providers.test(page.providers.get(providerId))
                    onEditRequested: form.openFor(providerId)
                    onRemoveRequested: question.openFor(providerId, label)
                    onEnabledRequested: on => page.providers.setEnabled(providerId, on)
                }
            }
            Item {
                Layout.fillWidth: true
                visible: page.providers.count === 0
                implicitHeight: Theme.px(220)
                EmptyState {
                    anchors.centerIn: parent
                    iconName: "key"
                    title: qsTr("No provider yet")
                    message: qsTr("Add one with a key, or a server on this machine such as Ollama. Until then the built-in playground answers.")
                }
            }
        }
    }

    ProviderDialog {
        id: form
        providers: page.providers
        onClosed: page.editing = ""
    }
    Dialog {
        id: question
        property string providerId: ""
        function openFor(id: string, label: string) {
            providerId = id;
            title = qsTr("Remove %1?").arg(label);
            open();
        }
        message: qsTr("Its key is forgotten. Chats that used it stay.")
        acceptText: qsTr("Remove")
        danger: true
        onAccepted: page.providers.remove(providerId)
    }
}
