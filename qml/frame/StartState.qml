// What the window shows before the core runs, and instead of everything when it cannot start.
import QtQuick
import Patchbay

Item {
    id: state

    /// Why the core could not start: message, then what to do on the next line; empty while it starts.
    required property string startError

    signal retryRequested

    Spinner {
        anchors.centerIn: parent
        visible: state.startError.length === 0 && waited.elapsed
        size: Theme.px(24)
    }
    // A quick start shows nothing rather than a flash of a spinner.
    Timer {
        id: waited
        property bool elapsed: false
        running: true
        interval: 400
        onTriggered: elapsed = true
    }
    Column {
        anchors.centerIn: parent
        visible: state.startError.length > 0
        width: Math.min(Theme.px(480), parent.width - Theme.gap32)
        spacing: Theme.gap16

        EmptyState {
            anchors.horizontalCenter: parent.horizontalCenter
            iconName: "warning"
            title: qsTr("Patchbay could not start")
        }
        ErrorBanner {
            width: parent.width
            message: state.startError.split("\n")[0]
            hint: state.startError.split("\n").slice(1).join("\n")
            actionText: qsTr("Try again")
            onAction: state.retryRequested()
        }
        Button {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Quit")
            onClicked: Qt.exit(1)
        }
    }
}
