// One action and its key. While it records, keys come here first; what cannot be used is said below.
import QtQuick
import QtQuick.Layouts
import Patchbay

Item {
    id: row

    required property ShortcutMap map
    required property string action
    required property string label
    required property string keyText
    required property bool custom

    property bool recording: false
    property string problem: ""

    implicitHeight: Math.max(Theme.px(36), line.implicitHeight)

    function record() {
        problem = "";
        recording = true;
        catcher.forceActiveFocus();
    }
    function take(key: int, modifiers: int) {
        const sequence = map.recorded(key, modifiers);
        if (sequence === "")
            return;
        problem = map.problemWith(action, sequence);
        const holder = map.holderOf(action, sequence);
        if (problem.length > 0 && holder === "")
            return;
        problem = "";
        map.rebind(action, sequence);
        recording = false;
    }

    RowLayout {
        id: line
        anchors.fill: parent
        spacing: Theme.gap8
        Label {
            Layout.fillWidth: true
            text: row.label
        }
        Label {
            visible: row.problem.length > 0
            Layout.maximumWidth: Theme.px(240)
            text: row.problem
            tone: "error"
            size: Theme.sizeDense
            wrapMode: Text.Wrap
        }
        IconButton {
            visible: row.custom && !row.recording
            side: Theme.px(24)
            iconName: "restore"
            text: qsTr("Back to the default key")
            onClicked: row.map.reset(row.action)
        }
        Button {
            id: catcher
            dense: true
            kind: row.recording ? "primary" : "quiet"
            text: row.recording ? qsTr("Press a key…") : row.keyText.length > 0 ? row.keyText : qsTr("none")
            description: row.label
            onClicked: row.recording ? row.recording = false : row.record()
            onActiveFocusChanged: if (!activeFocus) row.recording = false
            Keys.priority: Keys.BeforeItem
            Keys.onShortcutOverride: event => event.accepted = row.recording
            Keys.onPressed: event => {
                if (!row.recording)
                    return;
                event.accepted = true;
                if (event.key === Qt.Key_Escape) {
                    row.recording = false;
                } else if (event.key === Qt.Key_Backspace && event.modifiers === Qt.NoModifier) {
                    row.map.rebind(row.action, "");
                    row.recording = false;
                } else {
                    row.take(event.key, event.modifiers);
                }
            }
        }
    }
}
