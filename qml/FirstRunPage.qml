// The first minutes, in three steps that can all be skipped.
// qmllint disable unqualified
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Rectangle {
    id: page

    required property App app
    readonly property FirstRun run: app.firstRun

    color: Theme.background
    focus: true
    Accessible.name: qsTr("Welcome to Patchbay")

    Flickable {
        id: view
        anchors.fill: parent
        contentWidth: width
        contentHeight: Math.max(height, card.height + 2 * Theme.gap32)
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ScrollBar {}

        ColumnLayout {
            id: card
            x: Math.round((view.width - width) / 2)
            y: Math.max(Theme.gap32, Math.round((view.contentHeight - height) * 0.38))
            width: Math.min(Theme.px(520), view.width - 2 * Theme.gap24)
            spacing: Theme.gap24

            Loader {
                Layout.fillWidth: true
                sourceComponent: page.run.step === 0 ? look : page.run.step === 1 ? provider : reply
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap8
                StepDots {
                    count: 3
                    current: page.run.step
                }
                Item { Layout.fillWidth: true }
                Button {
                    visible: page.run.step > 0
                    kind: "quiet"
                    text: qsTr("Back")
                    onClicked: page.run.back()
                }
                Button {
                    kind: page.run.step === 0 ? "primary" : "plain"
                    text: page.run.step === 0 ? qsTr("Continue") : page.run.step === 1 ? qsTr("Skip") : qsTr("Open the chat")
                    onClicked: page.run.next()
                }
            }
        }
    }
    Button {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap16
        visible: page.run.step < 2
        kind: "quiet"
        dense: true
        text: qsTr("Skip all")
        onClicked: page.run.skipAll()
    }

    Component {
        id: look
        FirstRunLook { settings: page.app.settings }
    }
    Component {
        id: provider
        FirstRunProvider {
            run: page.run
            providers: page.app.providers
        }
    }
    Component {
        id: reply
        FirstRunReply { run: page.run }
    }
}
