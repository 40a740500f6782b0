// The program's own picture, in its own colours.
import QtQuick

Image {
    required property real size

    source: "qrc:/Patchbay/icons/patchbay.svg"
    sourceSize.width: size
    sourceSize.height: size
    Accessible.ignored: true
}
