// The small window for one question, over everything else: type, Enter, read; Esc closes it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

T.ApplicationWindow {
    id: window

    required property QuickAsk ask

    readonly property bool answering: ask.chat !== null && ask.chat.streaming
    readonly property bool asked: ask.timeline !== null && ask.timeline.count > 0

    /// Comes to the front with an empty line; what was answered last time stays in the list of chats.
    function appear(): void {
        if (!visible) {
            ask.prepare();
            field.clear();
            failure.text = "";
        }
        show();
        raise();
        requestActivate();
        field.forceActiveFocus();
    }

    width: Theme.px(560)
    height: field.implicitHeight + 2 + (asked ? Math.min(Theme.px(320), answer.contentHeight + Theme.px(84)) : failure.text.length > 0 ? Theme.px(96) : 0)
    x: Screen.virtualX + Math.round((Screen.width - width) / 2)
    y: Screen.virtualY + Math.round(Screen.height / 5)
    flags: Qt.Tool | Qt.FramelessWindowHint | Qt.WindowStaysOnTopHint
    objectName: "quickAsk"
    title: qsTr("Quick question")
    color: Theme.popup
    font.family: Theme.family
    font.pixelSize: Theme.sizeControl

    Shortcut {
        sequence: "Esc"
        onActivated: window.answering ? window.ask.chat.stop() : window.close()
    }
    Connections {
        target: window.ask.chat
        ignoreUnknownSignals: true
        function onFailed(message: string, hint: string): void {
            failure.text = message + (hint.length > 0 ? "\n" + hint : "");
        }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: 1
        spacing: 0

        PaletteField {
            id: field
            Layout.fillWidth: true
            iconName: "bolt"
            label: window.asked ? qsTr("Ask on") : qsTr("Ask anything")
            onChosen: {
                failure.text = "";
                window.ask.ask(text);
                clear();
            }
        }
        Separator {
            Layout.fillWidth: true
            visible: window.asked
        }
        QuickAnswer {
            id: answer
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: window.asked
            timeline: window.ask.timeline
        }
        Label {
            id: failure
            Layout.fillWidth: true
            Layout.margins: Theme.gap16
            visible: text.length > 0
            tone: "error"
            wrapMode: Text.Wrap
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.margins: Theme.gap8
            visible: window.asked
            spacing: Theme.gap8

            Label {
                Layout.fillWidth: true
                Layout.leftMargin: Theme.gap8
                text: window.ask.chat ? window.ask.chat.modelLabel : ""
                size: Theme.sizeDense
                tone: "text3"
            }
            Button {
                dense: true
                kind: "quiet"
                text: window.answering ? qsTr("Stop") : qsTr("Close")
                onClicked: window.answering ? window.ask.chat.stop() : window.close()
            }
            Button {
                dense: true
                text: qsTr("Open in Patchbay")
                enabled: !window.answering
                onClicked: {
                    window.ask.openInWindow();
                    window.close();
                }
            }
        }
    }
    Rectangle {
        anchors.fill: parent
        color: "transparent"
        border.width: 1
        border.color: Theme.tint(Theme.border, 0.7)
    }
}
