// The window's keys: one Shortcut per action of the map. What an action does is the window's business. While a popup is
// open that Esc closes, Qt keeps these keys from working outside of it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQml
import Patchbay

Item {
    id: root

    required property ShortcutMap map

    signal triggered(action: string)

    Instantiator {
        model: root.map

        delegate: Shortcut {
            required property string action
            required property bool repeats
            required property bool inWindow
            required sequence

            enabled: root.enabled && inWindow && sequence !== ""
            autoRepeat: repeats
            onActivated: root.triggered(action)
            onActivatedAmbiguously: root.triggered(action)
        }
    }
}
