// < 2 / 3 >: goes through the versions of a message.
import QtQuick
import Patchbay

Row {
    id: switcher

    required property ChatContext context
    required property string messageId
    required property int versionIndex
    required property int versionCount

    visible: versionCount > 1
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Version %1 of %2").arg(versionIndex).arg(versionCount)

    IconButton {
        side: Theme.px(28)
        iconName: "chevron-left"
        text: qsTr("Previous version")
        shortcutText: switcher.context.shortcut("version.previous")
        enabled: switcher.versionIndex > 1
        onClicked: switcher.context.chat.selectVersion(switcher.messageId, -1)
    }
    Label {
        height: parent.height
        text: qsTr("%1 / %2").arg(switcher.versionIndex).arg(switcher.versionCount)
        size: Theme.sizeDense
        tone: "text2"
    }
    IconButton {
        side: Theme.px(28)
        iconName: "chevron-right"
        text: qsTr("Next version")
        shortcutText: switcher.context.shortcut("version.next")
        enabled: switcher.versionIndex < switcher.versionCount
        onClicked: switcher.context.chat.selectVersion(switcher.messageId, 1)
    }
}
