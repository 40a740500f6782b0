// A menu of MenuItem, MenuSeparator and further Menus. popup() opens it at the pointer.
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Menu {
    id: control

    implicitWidth: Math.max(Theme.px(180), implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    margins: Theme.gap4
    padding: Theme.gap4
    overlap: 1

    delegate: MenuItem {}
    contentItem: ListView {
        implicitHeight: contentHeight
        implicitWidth: {
            let widest = 0;
            for (let i = 0; i < control.count; ++i)
                widest = Math.max(widest, control.itemAt(i)?.implicitWidth ?? 0);
            return widest;
        }
        model: control.contentModel
        interactive: Window.window ? contentHeight + control.topPadding + control.bottomPadding > Window.window.height : false
        clip: interactive
        currentIndex: control.currentIndex
        T.ScrollBar.vertical: ScrollBar {}
    }
    background: PopupFrame { corner: Theme.radius + Theme.gap4 }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick } }
}
