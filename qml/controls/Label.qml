// Text in the window's type. `tone`: "text", "text2", "text3", "accent", "ok", "warn", "error", "accentText".
// `size`: one of Theme's sizes. Long text ends in an ellipsis unless wrapMode says otherwise.
import QtQuick
import Patchbay

Text {
    property string tone: "text"
    property int size: Theme.sizeControl
    property bool strong: false

    color: tone === "text" ? Theme.text
         : tone === "text2" ? Theme.text2
         : tone === "text3" ? Theme.text3
         : tone === "accent" ? Theme.accent
         : tone === "ok" ? Theme.ok
         : tone === "warn" ? Theme.warn
         : tone === "error" ? Theme.error
         : tone === "accentText" ? Theme.accentText : Theme.text
    font.pixelSize: size
    font.weight: strong ? Font.DemiBold : Font.Normal
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    textFormat: Text.PlainText
    verticalAlignment: Text.AlignVCenter
    linkColor: Theme.accent
    Accessible.role: Accessible.StaticText
    Accessible.name: textFormat === Text.PlainText ? text : ""
}
