// A row of the command palette: what it is, its name with the typed letters in bold, where it belongs, its key.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

T.ItemDelegate {
    id: row

    required property string kind
    required property string title
    required property string html
    required property string detail
    required property string keyText
    required property bool current

    /// The pointer moved onto the row (it did not just lie where the row appeared).
    signal pointed

    leftPadding: Theme.gap16
    rightPadding: Theme.gap16
    focusPolicy: Qt.NoFocus
    hoverEnabled: true
    Accessible.name: title
    Accessible.description: detail + (keyText.length > 0 ? ", " + keyText : "")
    Accessible.selected: current

    HoverHandler {
        onPointChanged: row.pointed()
    }

    contentItem: RowLayout {
        spacing: Theme.gap12

        Icon {
            name: row.kind === "chat" ? "chat" : row.kind === "model" ? "brain" : row.kind === "page" ? "sidebar" : "command"
            size: Theme.iconSmall
            color: row.current ? Theme.accent : Theme.text3
        }
        Label {
            Layout.fillWidth: true
            text: row.html
            textFormat: Text.StyledText
            maximumLineCount: 1
            Accessible.ignored: true
        }
        Label {
            Layout.maximumWidth: row.width / 3
            text: row.detail
            size: Theme.sizeDense
            tone: "text3"
            Accessible.ignored: true
        }
        KeyHint {
            text: row.keyText
            Accessible.ignored: true
        }
    }
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.leftMargin: Theme.gap8
            anchors.rightMargin: Theme.gap8
            radius: Theme.radius
            color: row.down ? Theme.pressed : row.current ? Theme.selected : "transparent"
        }
    }
}
