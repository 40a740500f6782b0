// Step three: the first question, chosen or written.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: step

    required property FirstRun run

    readonly property var ideas: [
        qsTr("Explain in three sentences how a refrigerator works."),
        qsTr("Write a polite message that moves a meeting to Thursday."),
        qsTr("What can I ask you for?")
    ]

    spacing: Theme.gap16

    FirstRunHead {
        title: step.run.model.length > 0 ? qsTr("Ready for a first question") : qsTr("That is all")
        message: step.run.model.length > 0 ? qsTr("New chats ask %1. The model can be changed in every chat.").arg(step.run.model)
                                           : qsTr("Providers and everything else can be set up later, in Providers and Settings.")
    }
    Label {
        Layout.fillWidth: true
        visible: text.length > 0 && !step.run.failed
        text: step.run.message
        tone: "ok"
        wrapMode: Text.Wrap
    }
    Card {
        Layout.fillWidth: true
        visible: step.run.model.length > 0
        spacing: Theme.gap8
        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap8
            TextField {
                id: question
                Layout.fillWidth: true
                label: qsTr("Your question")
                placeholderText: qsTr("Ask something…")
                focus: true
                Keys.onReturnPressed: if (!inputMethodComposing && text.trim().length > 0) step.run.finish(text)
            }
            Button {
                kind: "primary"
                iconName: "send"
                text: qsTr("Ask")
                enabled: question.text.trim().length > 0
                onClicked: step.run.finish(question.text)
            }
        }
        Repeater {
            model: step.ideas
            Chip {
                required property string modelData
                Layout.maximumWidth: step.width - 2 * Theme.gap16
                maximumWidth: step.width - 2 * Theme.gap16
                text: modelData
                onClicked: step.run.finish(modelData)
            }
        }
    }
}
