// Text of a reply. Shown as a Text, which is cheap; while the pointer is on it, a TextEdit of the same layout takes its
// place so that it can be selected and copied.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import Patchbay

Item {
    id: rich

    required property ChatContext context
    property string html: ""
    property bool plainText: false
    /// The row still grows: not selectable yet.
    property bool streaming: false
    property int size: Theme.sizeBody
    property real line: Theme.lineBody
    property int weight: Font.Normal
    property color color: Theme.text
    property bool wrap: true
    property bool mono: false
    property int alignment: Text.AlignLeft
    property int maximumLineCount: 100000
    readonly property alias truncated: shown.truncated
    readonly property alias naturalWidth: shown.implicitWidth

    property bool selectable: false
    // Text puts what a line is higher than its font below it, TextEdit above it; here it is shared.
    readonly property real slack: Math.round((line - size * Theme.lineRatio) / 2)

    // It stays selectable while the pointer is on it or something of it is selected.
    function settle() {
        const text = edit.item as TextEdit;
        selectable = pointer.hovered || (text !== null && text.activeFocus && text.selectedText.length > 0);
    }

    implicitHeight: shown.height
    implicitWidth: shown.implicitWidth

    Text {
        id: shown
        y: rich.slack
        width: rich.wrap ? rich.width : implicitWidth
        visible: !edit.ready
        text: rich.html
        textFormat: rich.plainText ? Text.PlainText : Text.StyledText
        wrapMode: rich.wrap ? Text.Wrap : Text.NoWrap
        maximumLineCount: rich.maximumLineCount
        font: rich.mono ? Qt.font({ family: Theme.monoFamily, pixelSize: rich.size, weight: rich.weight })
            : Qt.font({ pixelSize: rich.size, weight: rich.weight })
        lineHeightMode: Text.FixedHeight
        lineHeight: rich.line
        color: rich.color
        linkColor: Theme.accent
        horizontalAlignment: rich.alignment
        onLinkActivated: link => rich.context.openLink(link)
        Accessible.role: Accessible.StaticText
        Accessible.name: rich.plainText ? text : rich.html.replace(/<[^>]*>/g, "")
    }
    HoverHandler {
        id: pointer
        enabled: !rich.streaming
        onHoveredChanged: rich.settle()
    }
    Loader {
        id: edit
        y: -rich.slack
        readonly property bool ready: status === Loader.Ready
        active: rich.selectable && !rich.streaming && !shown.truncated
        width: shown.width
        sourceComponent: TextEdit {
            readonly property string style: "<style>a{color:" + Theme.accent + "}</style><div style=\"line-height:" + rich.line + "px\">"

            width: shown.width
            readOnly: true
            selectByMouse: true
            activeFocusOnPress: true
            wrapMode: shown.wrapMode === Text.NoWrap ? TextEdit.NoWrap : TextEdit.Wrap
            textFormat: TextEdit.RichText
            text: style + (rich.plainText ? rich.html.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/ /g, "&nbsp;").replace(/\n/g, "<br>") : rich.html) + "</div>"
            font: shown.font
            color: rich.color
            horizontalAlignment: rich.alignment
            selectionColor: Theme.selection
            selectedTextColor: rich.color
            onLinkActivated: link => rich.context.openLink(link)
            onActiveFocusChanged: rich.settle()
            Accessible.ignored: true

            HoverHandler {
                cursorShape: parent.hoveredLink.length > 0 ? Qt.PointingHandCursor : Qt.IBeamCursor
            }
        }
    }
}
