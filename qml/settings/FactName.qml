// The left column of a small table of facts.
import QtQuick
import QtQuick.Layouts
import Patchbay

Label {
    Layout.alignment: Qt.AlignTop
    Layout.preferredWidth: Theme.px(64)
    tone: "text3"
    size: Theme.sizeDense
}
