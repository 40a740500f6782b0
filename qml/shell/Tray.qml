// The icon beside the clock: shows the window, asks a quick question, quits. Where the desktop has no place for such
// icons, `shown` stays false and nothing else happens.
import QtQuick
import Qt.labs.platform as Platform
import Patchbay

QtObject {
    id: tray

    required property App app
    readonly property bool shown: icon.available

    readonly property Platform.SystemTrayIcon icon: Platform.SystemTrayIcon {
        visible: tray.shown
        tooltip: qsTr("Patchbay")
        icon.source: "qrc:/Patchbay/icons/patchbay.svg"
        onActivated: reason => {
            if (reason !== Platform.SystemTrayIcon.Context)
                tray.app.raise();
        }
        onMessageClicked: tray.app.notifier.open(tray.messageChat)

        menu: Platform.Menu {
            Platform.MenuItem {
                text: qsTr("Show Patchbay")
                onTriggered: tray.app.raise()
            }
            Platform.MenuItem {
                text: qsTr("Quick question…")
                onTriggered: tray.app.quickAsk.showRequested()
            }
            Platform.MenuSeparator {}
            Platform.MenuItem {
                text: qsTr("Quit")
                onTriggered: Qt.exit(0)
            }
        }
    }
    property string messageChat: ""

    readonly property Connections messages: Connections {
        target: tray.app.notifier
        function onTrayMessage(title: string, text: string, conversationId: string): void {
            tray.messageChat = conversationId;
            if (tray.shown && tray.icon.supportsMessages)
                tray.icon.showMessage(title, text);
        }
    }
}
