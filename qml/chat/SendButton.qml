// The round button of the composer.
import QtQuick
import Patchbay

IconButton {
    id: control

    property bool quiet: false

    side: Theme.px(32)
    glyph: Theme.px(18)
    iconColor: quiet ? Theme.text : enabled ? Theme.accentText : Theme.text3
    opacity: 1
    background: Rectangle {
        radius: height / 2
        color: control.quiet ? (control.hovered ? Theme.pressed : Theme.hover)
             : !control.enabled ? Theme.hover : control.down ? Theme.accentPressed : control.hovered ? Theme.accentHover : Theme.accent
        border.width: control.quiet ? 1 : 0
        border.color: Theme.tint(Theme.border, 0.6)
        FocusRing { shown: control.visualFocus; corner: parent.radius }
    }
}
