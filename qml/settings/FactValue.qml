// The right column of a small table of facts; addresses are cut in the middle.
import QtQuick
import QtQuick.Layouts
import Patchbay

Label {
    property bool mono: false

    Layout.fillWidth: true
    size: Theme.sizeDense
    tone: "text2"
    font.family: mono ? Theme.monoFamily : Theme.family
    elide: Text.ElideMiddle
}
