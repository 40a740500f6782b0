// System prompt and parameters of the open chat. An empty field means the provider's default.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Rectangle {
    id: inspector

    required property ChatContext context
    readonly property ChatController chat: context.chat
    readonly property var parameters: chat.parameters

    signal closed

    color: Theme.background
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("System prompt and parameters")

    Flickable {
        anchors.fill: parent
        contentHeight: column.implicitHeight + 2 * Theme.gap16
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: column
            x: Theme.gap16
            y: Theme.gap12
            width: parent.width - 2 * Theme.gap16
            spacing: Theme.gap12

            RowLayout {
                Layout.fillWidth: true
                Label {
                    Layout.fillWidth: true
                    text: qsTr("This chat")
                    strong: true
                    size: Theme.sizeBody
                }
                IconButton {
                    side: Theme.px(28)
                    iconName: "close"
                    text: qsTr("Close")
                    onClicked: inspector.closed()
                }
            }
            Label {
                text: qsTr("System prompt")
                tone: "text2"
            }
            TextArea {
                id: prompt
                Layout.fillWidth: true
                Layout.preferredHeight: Theme.px(150)
                label: qsTr("System prompt")
                placeholderText: qsTr("How the model should behave in this chat")
                text: inspector.chat.systemPrompt
                edit.onEditingFinished: inspector.chat.setSystemPrompt(text)
                onActiveFocusChanged: if (!activeFocus && text !== inspector.chat.systemPrompt) inspector.chat.setSystemPrompt(text)
            }
            Separator { Layout.fillWidth: true }
            ParameterField { chat: inspector.chat; name: "temperature"; label: qsTr("Temperature"); help: qsTr("0 to 2; low is steady, high is varied"); from: 0; to: 2 }
            ParameterField { chat: inspector.chat; name: "top_p"; label: qsTr("Top P"); help: qsTr("0 to 1; how much of the likely words is kept"); from: 0; to: 1 }
            ParameterField { chat: inspector.chat; name: "max_output_tokens"; label: qsTr("Longest reply"); help: qsTr("Tokens"); from: 1; to: 10000000; integer: true }
            ParameterField { chat: inspector.chat; name: "seed"; label: qsTr("Seed"); help: qsTr("The same seed may give the same reply"); from: 0; to: 2147483647; integer: true }
            FormRow {
                Layout.fillWidth: true
                stacked: false
                label: qsTr("Reasoning")
                ComboBox {
                    id: effort
                    readonly property var values: ["", "low", "medium", "high"]
                    implicitWidth: Theme.px(110)
                    label: qsTr("Reasoning")
                    model: [qsTr("Default"), qsTr("Low"), qsTr("Medium"), qsTr("High")]
                    currentIndex: Math.max(0, values.indexOf(inspector.parameters["reasoning_effort"] ?? ""))
                    onActivated: index => inspector.chat.setParameter("reasoning_effort", values[index])
                }
            }
            Label {
                text: qsTr("Stop at")
            }
            TextField {
                Layout.fillWidth: true
                label: qsTr("Stop at")
                placeholderText: qsTr("Words, separated by commas")
                text: (inspector.parameters["stop"] ?? []).join(", ")
                onEditingFinished: inspector.chat.setParameter("stop", text.split(",").map(part => part.trim()).filter(part => part.length > 0))
            }
        }
    }
    Separator {
        vertical: true
        height: parent.height
    }
}
