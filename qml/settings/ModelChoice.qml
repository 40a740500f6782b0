// A model's name to type or to choose from those that are listed; empty = the configuration's default.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Patchbay

Item {
    id: choice

    required property ModelListModel models
    required property string value

    signal chosen(name: string)

    implicitWidth: Theme.px(260)
    implicitHeight: field.implicitHeight

    TextField {
        id: field
        width: parent.width - more.width - Theme.gap4
        label: qsTr("Model")
        text: choice.value
        placeholderText: qsTr("provider/model")
        onEditingFinished: if (text.trim() !== choice.value) choice.chosen(text.trim())
    }
    IconButton {
        id: more
        anchors.right: parent.right
        iconName: "chevron-down"
        text: qsTr("Choose a model")
        onClicked: menu.opened ? menu.close() : menu.open()
    }
    Popup {
        id: menu
        y: choice.height + Theme.gap4
        width: choice.width
        height: Math.min(Theme.px(280), list.contentHeight + topPadding + bottomPadding + 2)
        padding: Theme.gap4
        onOpened: list.forceActiveFocus()

        ListView {
            id: list
            anchors.fill: parent
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: choice.models
            T.ScrollBar.vertical: ScrollBar {}
            delegate: ListRow {
                required property string name
                required property string label
                required property string provider
                width: ListView.view.width
                text: label
                subtitle: provider
                current: name === choice.value
                onClicked: {
                    menu.close();
                    choice.chosen(name);
                }
            }
            Label {
                visible: list.count === 0
                width: parent.width
                padding: Theme.gap8
                text: qsTr("No models are listed yet.")
                tone: "text2"
                wrapMode: Text.Wrap
            }
        }
    }
}
