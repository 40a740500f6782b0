// A hairline; `vertical` for one between columns.
import QtQuick
import Patchbay

Rectangle {
    property bool vertical: false
    implicitWidth: 1
    implicitHeight: 1
    color: Theme.separator
    Accessible.ignored: true
}
