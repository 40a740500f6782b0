// Every colour, gap and font of the window.
pragma Singleton
import QtQuick

QtObject {
    property bool dark: false
    readonly property color background: dark ? "#17181A" : "#FBFBFA"
    readonly property color text: dark ? "#E8E9EB" : "#1C1D1F"
}
