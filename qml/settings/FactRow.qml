// A fact with its name at the left; addresses are cut in the middle.
import QtQuick
import Patchbay

Item {
    id: row

    property string name: ""
    property string text: ""
    property bool mono: false
    property real nameWidth: Theme.px(72)

    width: parent ? parent.width : 0
    implicitHeight: Theme.px(18)
    Accessible.role: Accessible.StaticText
    Accessible.name: name + ": " + text

    Label {
        id: left
        width: row.nameWidth
        height: parent.height
        text: row.name
        tone: "text3"
        size: Theme.sizeDense
        Accessible.ignored: true
    }
    Label {
        anchors.left: left.right
        anchors.right: parent.right
        height: parent.height
        text: row.text
        tone: "text2"
        size: Theme.sizeDense
        font.family: row.mono ? Theme.monoFamily : Theme.family
        elide: Text.ElideMiddle
        Accessible.ignored: true
    }
}
