// Several lines of text in a frame that scrolls. The text edit itself is `edit`.
// TextArea { text: …; placeholderText: …; label: … ; onEdited: value => … }
import QtQuick
import QtQuick.Templates as T
import Patchbay

FocusScope {
    id: control

    property alias text: area.text
    property alias edit: area
    property alias readOnly: area.readOnly
    property alias placeholderText: area.placeholderText
    property bool mono: false
    property string label: placeholderText
    property string error: ""

    /// The person changed the text.
    signal edited(value: string)

    implicitWidth: Theme.px(320)
    implicitHeight: Theme.px(96)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surface
        border.width: area.activeFocus ? 2 : 1
        border.color: control.error.length > 0 ? Theme.error : area.activeFocus ? Theme.accent : Theme.tint(Theme.border, 0.7)
    }
    Flickable {
        id: view
        anchors.fill: parent
        anchors.margins: 2
        clip: true
        contentWidth: width
        boundsBehavior: Flickable.StopAtBounds
        T.ScrollBar.vertical: ScrollBar {}

        T.TextArea.flickable: T.TextArea {
            id: area
            focus: true
            implicitHeight: contentHeight + topPadding + bottomPadding
            padding: Theme.gap8
            wrapMode: TextEdit.Wrap
            selectByMouse: true
            cursorDelegate: Caret {}
            font: control.mono ? Theme.monoFont : Theme.controlFont
            color: Theme.text
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            textFormat: TextEdit.PlainText
            Accessible.name: control.label
            Accessible.description: control.error
            KeyNavigation.priority: KeyNavigation.BeforeItem
            KeyNavigation.tab: area.nextItemInFocusChain(true)
            onTextChanged: if (activeFocus) control.edited(text)

            Label {
                x: area.leftPadding
                y: area.topPadding
                width: area.width - area.leftPadding - area.rightPadding
                visible: area.length === 0 && area.preeditText.length === 0
                text: area.placeholderText
                font: area.font
                wrapMode: Text.Wrap
                tone: "text3"
                Accessible.ignored: true
            }
        }
    }
}
