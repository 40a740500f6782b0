// The end of a reply: what can be done with it, its versions, and how it went. Stopped replies say so and go on.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

BlockRow {
    id: block

    required property string status
    required property var footer
    required property int feedback
    required property int versionIndex
    required property int versionCount

    // While nothing has come yet, the dots at the end of the timeline say so.
    readonly property bool waiting: status === "streaming"
    readonly property bool cut: status === "stopped" || status === "interrupted"
    readonly property bool active: context.hoveredId === messageId || index === 0
    readonly property var facts: footer ?? ({})

    readonly property string details: Words.joined([facts.time ? qsTr("Time: %1").arg(facts.time) : "",
        facts.finish ? qsTr("Ended: %1").arg(facts.finish) : "", metrics.truncated ? metrics.text : ""], "\n")

    gap: waiting ? 0 : Theme.gap4
    contentHeight: waiting ? 0 : Theme.px(30)

    Row {
        id: line
        visible: !block.waiting
        x: block.cut || block.versionCount > 1 ? 0 : -Theme.px(6)
        height: Theme.px(30)
        spacing: 0

        Badge {
            visible: block.cut
            anchors.verticalCenter: parent.verticalCenter
            tone: "warn"
            text: block.status === "stopped" ? qsTr("Stopped") : qsTr("Interrupted")
        }
        Item {
            visible: block.cut
            width: Theme.gap8
            height: 1
        }
        Button {
            visible: block.cut
            anchors.verticalCenter: parent.verticalCenter
            dense: true
            iconName: "continue"
            text: qsTr("Continue")
            onClicked: block.context.chat.continueReply(block.messageId)
        }
        Item {
            visible: block.cut
            width: Theme.gap8
            height: 1
        }
        VersionSwitcher {
            anchors.verticalCenter: parent.verticalCenter
            context: block.context
            messageId: block.messageId
            versionIndex: block.versionIndex
            versionCount: block.versionCount
        }
        ReplyActions {
            id: actions
            anchors.verticalCenter: parent.verticalCenter
            opacity: block.active || focusWithin ? 1 : 0
            context: block.context
            messageId: block.messageId
            feedback: block.feedback
        }
    }
    Label {
        id: metrics
        visible: !block.waiting
        anchors.right: parent.right
        height: Theme.px(30)
        width: Math.min(implicitWidth, Math.max(0, parent.width - line.width + (actions.opacity > 0 ? 0 : actions.width) - Theme.gap8))
        size: Theme.sizeCaption
        tone: "text3"
        text: Words.joined([block.facts.model, block.facts.tokens, block.context.showCost ? block.facts.cost : "", block.facts.firstToken, block.facts.speed], "  ·  ")

        HoverHandler { id: pointer }
        Loader {
            active: pointer.hovered && block.details.length > 0
            sourceComponent: ToolTip {
                parent: metrics
                text: block.details
                shown: true
            }
        }
    }
}
