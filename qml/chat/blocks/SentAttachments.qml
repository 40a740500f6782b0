// The files of a sent message: pictures as thumbnails, all else as chips. `attachments` is a list of {name, kind, url}.
pragma ComponentBehavior: Bound
import QtQuick
import Patchbay

Flow {
    id: files

    property var attachments: []

    visible: attachments.length > 0
    spacing: Theme.gap8
    layoutDirection: Qt.RightToLeft

    Repeater {
        model: files.attachments
        Item {
            id: file
            required property var modelData
            readonly property bool picture: modelData.kind === "image" && String(modelData.url ?? "").length > 0

            implicitWidth: picture ? Theme.px(96) : chip.implicitWidth
            implicitHeight: picture ? Theme.px(96) : chip.implicitHeight
            width: implicitWidth
            height: implicitHeight

            Rectangle {
                anchors.fill: parent
                visible: file.picture
                radius: Theme.radius
                color: Theme.sunken
                border.width: 1
                border.color: Theme.separator
                Image {
                    anchors.fill: parent
                    anchors.margins: 1
                    source: file.picture ? file.modelData.url : ""
                    sourceSize.width: 2 * width
                    sourceSize.height: 2 * height
                    fillMode: Image.PreserveAspectCrop
                    asynchronous: true
                    Accessible.name: String(file.modelData.name ?? "")
                }
            }
            Chip {
                id: chip
                visible: !file.picture
                interactive: false
                iconName: file.modelData.kind === "image" ? "image" : "document"
                text: String(file.modelData.name ?? "")
            }
        }
    }
}
