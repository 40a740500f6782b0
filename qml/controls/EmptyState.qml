// What a page says when it has nothing to show: icon, title, a sentence, and up to one action.
import QtQuick
import Patchbay

Item {
    id: empty

    property string iconName: ""
    property string title: ""
    property string message: ""
    property string actionText: ""

    signal action

    implicitWidth: Theme.px(360)
    implicitHeight: column.height
    width: parent ? Math.min(implicitWidth, parent.width - Theme.gap32) : implicitWidth

    Column {
        id: column
        width: parent.width
        spacing: Theme.gap8

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: empty.iconName.length > 0
            name: empty.iconName
            size: Theme.px(28)
            color: Theme.text3
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: empty.title
            size: Theme.sizeBody
            strong: true
            wrapMode: Text.Wrap
        }
        Label {
            width: parent.width
            visible: text.length > 0
            horizontalAlignment: Text.AlignHCenter
            text: empty.message
            tone: "text2"
            wrapMode: Text.Wrap
            lineHeight: 1.25
        }
        Item {
            width: 1
            height: Theme.gap4
            visible: empty.actionText.length > 0
        }
        Button {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: empty.actionText.length > 0
            text: empty.actionText
            onClicked: empty.action()
        }
    }
}
