// A line across the column.
import QtQuick
import Patchbay

BlockRow {
    gap: Theme.gap12
    contentHeight: Theme.gap12
    Separator {
        y: Theme.px(5)
        width: parent.width
    }
}
