// Chooses a model: search, groups, abilities, context size and price. Keyboard: type, Up and Down, Enter.
// open() shows it under its parent; chosen(name) is what was taken.
// qmllint disable deferred-property-id
// Section delegates of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

Popup {
    id: picker

    required property ModelListModel models
    property string current: ""

    signal chosen(name: string)
    signal providersRequested

    function take(index: int) {
        const item = list.itemAtIndex(index) as ModelRow;
        if (!item)
            return;
        chosen(item.name);
        close();
    }

    title: qsTr("Choose a model")
    padding: Theme.gap8
    width: Math.min(Theme.px(460), T.Overlay.overlay ? T.Overlay.overlay.width - Theme.gap32 : Theme.px(460))
    height: Math.min(Math.max(Theme.px(200), search.height + list.contentHeight + Theme.gap24 + Theme.gap8), Theme.px(480),
                     T.Overlay.overlay ? T.Overlay.overlay.height - Theme.px(96) : Theme.px(480))
    onAboutToShow: {
        search.text = "";
        models.filter = "";
        list.currentIndex = Math.max(0, models.rowOf(current));
        list.positionViewAtIndex(list.currentIndex, ListView.Center);
    }
    onOpened: search.forceActiveFocus()
    onClosed: models.filter = ""

    contentItem: FocusScope {
        TextField {
            id: search
            width: parent.width - refresh.width - Theme.gap4
            focus: true
            iconName: "search"
            clearable: true
            placeholderText: qsTr("Search models")
            onTextChanged: {
                picker.models.filter = text;
                list.currentIndex = picker.models.count > 0 ? 0 : -1;
            }
            Keys.onUpPressed: list.decrementCurrentIndex()
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onReturnPressed: picker.take(list.currentIndex)
            Keys.onEnterPressed: picker.take(list.currentIndex)
        }
        IconButton {
            id: refresh
            anchors.right: parent.right
            iconName: "refresh"
            text: qsTr("Ask the providers for their models again")
            enabled: !picker.models.busy
            onClicked: picker.models.refresh()
        }
        ListView {
            id: list
            anchors.fill: parent
            anchors.topMargin: search.height + Theme.gap8
            clip: true
            model: picker.models
            boundsBehavior: Flickable.StopAtBounds
            reuseItems: true
            highlightMoveDuration: 0
            section.property: "group"
            section.delegate: SectionHeader {
                required property string section
                text: section
            }
            T.ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: picker.title
            delegate: ModelRow {
                current: name === picker.current
                highlighted: ListView.isCurrentItem
                onClicked: picker.take(index)
            }
        }
        Spinner {
            anchors.centerIn: list
            visible: picker.models.busy && picker.models.count === 0
        }
        EmptyState {
            anchors.centerIn: list
            visible: picker.models.count === 0 && !picker.models.busy
            title: search.text.length > 0 ? qsTr("No model of that name") : qsTr("No models yet")
            message: search.text.length > 0 ? "" : qsTr("Add a provider, or start a local server such as Ollama.")
            actionText: search.text.length > 0 ? "" : qsTr("Providers")
            onAction: {
                picker.close();
                picker.providersRequested();
            }
        }
    }
}
