// A framed group of rows, stacked with 12 px between them; `title` above it inside the frame.
import QtQuick
import QtQuick.Layouts
import Patchbay

Rectangle {
    id: card

    property string title: ""
    property real padding: Theme.gap16
    property alias spacing: column.spacing
    default property alias body: column.data

    implicitWidth: column.implicitWidth + 2 * padding
    implicitHeight: column.implicitHeight + 2 * padding
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: 1
    border.color: Theme.separator

    ColumnLayout {
        id: column
        x: card.padding
        y: card.padding
        width: card.width - 2 * card.padding
        spacing: Theme.gap12

        Label {
            Layout.fillWidth: true
            visible: text.length > 0
            text: card.title
            strong: true
            Accessible.role: Accessible.Heading
        }
    }
}
