// What a test gave. Nothing before the first one.
import QtQuick
import QtQuick.Layouts
import Patchbay

ColumnLayout {
    id: result

    property bool running: false
    property bool ok: false
    property string text: ""
    property string hint: ""

    function start() {
        text = "";
        running = true;
    }
    function show(good: bool, words: string, advice: string) {
        running = false;
        ok = good;
        text = words;
        hint = advice;
    }

    visible: text.length > 0

    Rectangle {
        Layout.fillWidth: true
        visible: result.ok
        implicitHeight: good.implicitHeight + Theme.gap16
        radius: Theme.radius
        color: Theme.okTint
        Icon {
            x: Theme.gap12
            y: Theme.gap8
            name: "check"
            size: Theme.iconSmall
            color: Theme.ok
        }
        Label {
            id: good
            x: Theme.gap32
            y: Theme.gap8
            width: parent.width - x - Theme.gap8
            text: result.text
            wrapMode: Text.Wrap
        }
    }
    ErrorBanner {
        Layout.fillWidth: true
        visible: !result.ok
        message: result.text
        hint: result.hint
    }
}
