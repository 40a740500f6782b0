// What a test gave. Nothing before the first one.
import QtQuick
import Patchbay

Item {
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
    implicitHeight: ok ? good.implicitHeight + Theme.gap16 : bad.implicitHeight

    Rectangle {
        anchors.fill: parent
        visible: result.ok
        radius: Theme.radius
        color: Theme.okTint
        Icon {
            id: tick
            x: Theme.gap12
            y: Theme.gap8
            name: "check"
            size: Theme.iconSmall
            color: Theme.ok
        }
        Label {
            id: good
            anchors.left: tick.right
            anchors.right: parent.right
            anchors.margins: Theme.gap8
            anchors.verticalCenter: parent.verticalCenter
            text: result.text
            wrapMode: Text.Wrap
        }
    }
    ErrorBanner {
        id: bad
        anchors.left: parent.left
        anchors.right: parent.right
        visible: !result.ok
        message: result.text
        hint: result.hint
    }
}
