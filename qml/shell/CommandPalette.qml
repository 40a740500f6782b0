// Mod+K: type a few letters of an action, page, chat or model, Enter runs it. What fits and in which order is the
// model's business; it tells by activated(kind, id) what was chosen.
// A ListView of Qt 6.4 makes no headings of bound components.
// qmllint disable unqualified deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

Popup {
    id: commandPalette

    required property CommandModel model
    /// The key that opens it closes it too.
    required property string toggleKey

    readonly property real rowHeight: Theme.px(36)

    title: qsTr("Command palette")
    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round(Math.min(Theme.px(96), parent.height / 10)) : 0
    width: Math.min(Theme.px(620), parent ? parent.width - Theme.gap32 : Theme.px(620))
    padding: 0
    modal: true

    function run(row: int): void {
        close();
        model.run(row);
    }

    onAboutToShow: {
        field.clear();
        model.query = "";
        model.refresh();
        list.currentIndex = 0;
    }
    onOpened: {
        field.forceActiveFocus();
        list.positionViewAtBeginning(); // with the heading above the first row
    }

    contentItem: Column {
        Shortcut {
            // While it is closed this would make the key ambiguous.
            enabled: commandPalette.opened
            sequence: commandPalette.toggleKey
            onActivated: commandPalette.close()
        }

        PaletteField {
            id: field
            width: parent.width
            label: qsTr("Type a command, a chat or a model")
            onTextEdited: {
                commandPalette.model.query = text;
                list.currentIndex = 0;
            }
            onStepped: delta => {
                const last = list.count - 1;
                const next = list.currentIndex + delta;
                // One step past an end goes round; a page stops there.
                if (Math.abs(delta) === 1)
                    list.currentIndex = next < 0 ? last : next > last ? 0 : next;
                else
                    list.currentIndex = Math.max(0, Math.min(last, next));
            }
            onChosen: commandPalette.run(list.currentIndex)
        }
        Separator { width: parent.width }
        ListView {
            id: list
            width: parent.width
            height: Math.min(contentHeight + topMargin + bottomMargin,
                             Math.max(commandPalette.rowHeight * 3, Math.min(commandPalette.rowHeight * 11, commandPalette.parent ? commandPalette.parent.height - commandPalette.y - Theme.px(130) : 0)))
            visible: count > 0
            clip: true
            topMargin: Theme.gap4
            bottomMargin: Theme.gap8
            model: commandPalette.model
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            // So that a heading above the row that is chosen stays in sight.
            highlightRangeMode: ListView.ApplyRange
            preferredHighlightBegin: commandPalette.rowHeight
            preferredHighlightEnd: height - commandPalette.rowHeight
            keyNavigationEnabled: false
            section.property: commandPalette.model.query.length > 0 ? "" : "section"
            section.delegate: SectionHeader {
                required property string section
                leftPadding: Theme.gap16
                text: section
            }
            T.ScrollBar.vertical: ScrollBar {}
            Accessible.role: Accessible.List
            Accessible.name: commandPalette.title

            delegate: PaletteRow {
                required property int index
                width: list.width
                height: commandPalette.rowHeight
                current: list.currentIndex === index
                onPointed: list.currentIndex = index
                onClicked: commandPalette.run(index)
            }
        }
        Label {
            visible: list.count === 0
            width: parent.width
            height: commandPalette.rowHeight * 3
            horizontalAlignment: Text.AlignHCenter
            tone: "text2"
            text: qsTr("Nothing fits “%1”").arg(commandPalette.model.query)
        }
    }
}
