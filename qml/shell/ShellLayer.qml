// What floats over every page: the keys, the command palette, the sheet of shortcuts; beside the window the tray icon
// and the small window for a quick question. Keys and palette rows become triggered(action), which the window acts on.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import Patchbay

Item {
    id: shell

    required property App app
    /// A tray icon was asked for in the settings.
    property bool trayWanted: false
    readonly property bool trayShown: tray.item !== null && (tray.item as Tray).shown
    readonly property var keys: app.shortcuts.keys
    readonly property alias commandPalette: commandPalette
    readonly property alias sheet: sheet

    onTrayShownChanged: app.setStaysInTray(trayShown)

    signal triggered(action: string)
    signal pageRequested(page: string)

    function run(action: string): void {
        if (action === "palette")
            commandPalette.open();
        else if (action === "shortcuts")
            sheet.open();
        else
            triggered(action);
    }

    function openImport(): void {
        transferDialogs.active = true;
        (transferDialogs.item as TransferDialogs).importing.open();
    }
    function openExport(conversationId: string): void {
        transferDialogs.active = true;
        const dialog = (transferDialogs.item as TransferDialogs).exporting;
        dialog.conversationId = conversationId;
        dialog.open();
    }
    Shortcuts {
        map: shell.app.shortcuts
        onTriggered: action => shell.run(action)
    }
    CommandPalette {
        id: commandPalette
        model: shell.app.palette
        toggleKey: shell.keys.palette ?? ""
    }
    ShortcutsOverlay {
        id: sheet
        map: shell.app.shortcuts
        toggleKey: shell.keys.shortcuts ?? ""
        onSettingsRequested: shell.pageRequested("settings")
    }
    Connections {
        target: shell.app.palette
        function onActivated(kind: string, id: string): void {
            if (kind === "action") {
                shell.run(id);
            } else if (kind === "page") {
                shell.pageRequested(id);
            } else {
                if (kind === "chat")
                    shell.app.chat.open(id);
                else
                    shell.app.chat.setModel(id);
                shell.pageRequested("chat");
            }
        }
    }
    Connections {
        target: shell.app
        function onChatShown(): void {
            shell.pageRequested("chat");
        }
    }
    Connections {
        target: shell.app.quickAsk
        function onShowRequested(): void {
            quickAsk.active = true;
            (quickAsk.item as QuickAskWindow).appear();
        }
    }
    Loader {
        id: transferDialogs
        active: false
        sourceComponent: TransferDialogs { app: shell.app }
    }
    Loader {
        id: quickAsk
        active: false
        sourceComponent: QuickAskWindow { ask: shell.app.quickAsk }
    }
    Loader {
        id: tray
        active: shell.trayWanted && shell.app.trayAvailable
        sourceComponent: Tray { app: shell.app }
    }
}
