// A question in the middle of the window. title, message (optional), own content below, acceptText/rejectText.
// `danger` paints the accept button red; an empty text leaves its button out (own buttons in the content then).
// Signals: accepted, rejected.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

T.Dialog {
    id: control

    property string message: ""
    property string acceptText: qsTr("OK")
    property string rejectText: qsTr("Cancel")
    property bool danger: false
    property bool acceptEnabled: true
    default property alias body: holder.data

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round((parent.height - height) / 3) : 0
    width: Math.min(Theme.px(440), parent ? parent.width - Theme.gap32 : Theme.px(440))
    margins: Theme.gap16
    padding: Theme.px(20)
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    implicitHeight: column.implicitHeight + topPadding + bottomPadding
    background: PopupFrame {
        Accessible.role: Accessible.Dialog
        Accessible.name: control.title
    }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick } }
    T.Overlay.modal: Rectangle { color: Theme.shade }
    onOpened: if (!holder.children.length) acceptButton.forceActiveFocus(Qt.TabFocusReason)

    contentItem: ColumnLayout {
        id: column
        spacing: Theme.gap12

        Label {
            Layout.fillWidth: true
            text: control.title
            size: Theme.sizeTitle
            strong: true
            wrapMode: Text.Wrap
        }
        Label {
            Layout.fillWidth: true
            visible: text.length > 0
            text: control.message
            tone: "text2"
            wrapMode: Text.Wrap
            lineHeight: 1.25
        }
        Item {
            id: holder
            Layout.fillWidth: true
            visible: children.length > 0
            implicitHeight: children.length > 0 ? children[0].implicitHeight : 0
        }
        RowLayout {
            Layout.topMargin: Theme.gap8
            visible: control.acceptText.length > 0 || control.rejectText.length > 0
            spacing: Theme.gap8
            Item { Layout.fillWidth: true }
            Button {
                visible: text.length > 0
                text: control.rejectText
                onClicked: control.reject()
            }
            Button {
                id: acceptButton
                visible: text.length > 0
                text: control.acceptText
                kind: control.danger ? "danger" : "primary"
                enabled: control.acceptEnabled
                onClicked: control.accept()
            }
        }
    }
}
