// The line that opens and closes a fold: icon, words, chevron.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Button {
    id: control

    property string iconName: ""
    property bool folded: true
    property bool busy: false

    implicitHeight: Theme.px(28)
    implicitWidth: row.implicitWidth + Theme.gap16
    focusPolicy: Qt.TabFocus
    Accessible.name: text
    Accessible.description: folded ? qsTr("Folded") : qsTr("Unfolded")
    Keys.onReturnPressed: clicked()

    contentItem: Item {
        Row {
            id: row
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap8
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: control.iconName
                size: Theme.iconSmall
                color: control.busy ? Theme.accent : Theme.text3
            }
            Label {
                anchors.verticalCenter: parent.verticalCenter
                text: control.text
                tone: control.hovered ? "text" : "text2"
                Accessible.ignored: true
            }
            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: control.folded ? "chevron-right" : "chevron-down"
                size: Theme.px(13)
                color: Theme.text3
            }
        }
    }
    background: Rectangle {
        x: -Theme.gap4
        width: parent.width
        radius: Theme.radius
        color: control.hovered ? Theme.hover : "transparent"
        FocusRing { shown: control.visualFocus; gap: 0 }
    }
}
