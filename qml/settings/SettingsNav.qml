// The list of sections; icons alone where there is little room.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

FocusScope {
    id: nav

    /// {id, title, icon}
    required property var sections
    required property string current
    property bool compact: false

    signal chosen(id: string)

    Column {
        anchors.fill: parent
        anchors.margins: Theme.gap8
        anchors.topMargin: Theme.gap16
        spacing: 2

        Label {
            visible: !nav.compact
            leftPadding: Theme.px(10)
            bottomPadding: Theme.gap12
            text: qsTr("Settings")
            size: Theme.sizeTitle
            strong: true
            Accessible.role: Accessible.Heading
        }
        Repeater {
            model: nav.sections
            ListRow {
                required property var modelData
                width: parent ? parent.width : 0
                text: modelData.title
                iconName: modelData.icon
                current: modelData.id === nav.current
                onClicked: nav.chosen(modelData.id)
            }
        }
    }
}
