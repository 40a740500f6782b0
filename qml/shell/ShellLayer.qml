// What floats over every page: the keys, the command palette, the sheet of shortcuts; beside the window the tray icon
// and the small window for a quick question. Keys and palette rows become triggered(action), which the window acts on.
import QtQuick
import Patchbay

Item {
    id: layer

    required property App app
    /// A tray icon was asked for in the settings.
    property bool trayWanted: false
    readonly property bool trayShown: tray.item !== null && (tray.item as Tray).shown
    readonly property alias palette: palette
    readonly property alias sheet: sheet

    signal triggered(action: string)
    signal pageRequested(page: string)

    function run(action: string): void {
        if (action === "palette")
            palette.open();
        else if (action === "shortcuts")
            sheet.open();
        else
            triggered(action);
    }

    function closePopups(): void {
        palette.close();
        sheet.close();
    }

    Shortcuts {
        map: layer.app.shortcuts
        onTriggered: action => layer.run(action)
    }
    CommandPalette {
        id: palette
        model: layer.app.palette
        toggleKey: layer.app.shortcuts.keys["palette"] ?? ""
    }
    ShortcutsOverlay {
        id: sheet
        map: layer.app.shortcuts
        toggleKey: layer.app.shortcuts.keys["shortcuts"] ?? ""
        onSettingsRequested: layer.pageRequested("settings")
    }
    Connections {
        target: layer.app.palette
        function onActivated(kind: string, id: string): void {
            if (kind === "action") {
                layer.run(id);
            } else if (kind === "page") {
                layer.pageRequested(id);
            } else {
                if (kind === "chat")
                    layer.app.chat.open(id);
                else
                    layer.app.chat.setModel(id);
                layer.pageRequested("chat");
            }
        }
    }
    Connections {
        target: layer.app
        function onChatShown(): void {
            layer.pageRequested("chat");
        }
    }
    Connections {
        target: layer.app.quickAsk
        function onShowRequested(): void {
            quickAsk.active = true;
            (quickAsk.item as QuickAskWindow).appear();
        }
    }
    Loader {
        id: quickAsk
        active: false
        sourceComponent: QuickAskWindow { ask: layer.app.quickAsk }
    }
    Loader {
        id: tray
        active: layer.trayWanted
        sourceComponent: Tray { app: layer.app }
    }
}
