// Code: a strip with the language, wrap and copy; the code below it, coloured when the colours are there. Long code is
// folded to its first lines.
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

BlockRow {
    id: block

    required property string language
    required property string code
    required property string highlighted
    required property bool folded
    required property bool streaming
    required property bool highlightedMatch
    required property int quoteDepth
    required property int level
    readonly property int foldedLines: 16
    readonly property bool wraps: context.isWrapped(blockId)
    readonly property int lineCount: code.split("\n").length

    signal askHighlight
    signal fold(on: bool)

    gap: first ? Theme.gap8 : Theme.gap12
    indent: level * Theme.px(22) + quoteDepth * Theme.gap16
    contentHeight: frame.height
    matched: highlightedMatch
    onCodeChanged: askHighlight()
    ListView.onReused: askHighlight()
    Component.onCompleted: askHighlight()

    Rectangle {
        id: frame
        width: parent.width
        height: strip.height + view.height + (more.visible ? more.height : 0) + 2
        radius: Theme.radius
        color: Theme.codeGround
        border.width: 1
        border.color: Theme.separator

        Item {
            id: strip
            width: parent.width
            height: Theme.px(34)
            Label {
                x: Theme.gap12
                height: parent.height
                text: block.language.length > 0 ? block.language : qsTr("text")
                size: Theme.sizeDense
                tone: "text2"
            }
            Row {
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap4
                anchors.verticalCenter: parent.verticalCenter
                IconButton {
                    side: Theme.px(28)
                    iconName: "wrap"
                    text: block.wraps ? qsTr("Do not wrap lines") : qsTr("Wrap lines")
                    checkable: true
                    checked: block.wraps
                    onClicked: block.context.toggleWrap(block.blockId)
                }
                CopyButton {
                    idleText: qsTr("Copy code")
                    onCopy: block.context.copyText(block.code)
                }
            }
            Separator {
                anchors.bottom: parent.bottom
                width: parent.width
            }
        }
        Flickable {
            id: view
            y: strip.height
            x: 1
            width: parent.width - 2
            height: text.implicitHeight + 2 * Theme.gap8
            clip: contentWidth > width
            contentWidth: block.wraps ? width : Math.max(width, text.naturalWidth + 2 * Theme.gap12)
            contentHeight: height
            flickableDirection: Flickable.HorizontalFlick
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentWidth > width
            T.ScrollBar.horizontal: ScrollBar {}

            RichText {
                id: text
                x: Theme.gap12
                y: Theme.gap8
                width: view.contentWidth - 2 * Theme.gap12
                context: block.context
                html: block.highlighted.length > 0 ? block.highlighted : block.code
                plainText: block.highlighted.length === 0
                streaming: block.streaming
                wrap: block.wraps
                mono: true
                size: Theme.sizeControl
                line: Theme.lineCode
                maximumLineCount: block.folded ? block.foldedLines : 100000
            }
        }
        T.Button {
            id: more
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 1
            width: parent.width
            height: Theme.px(30)
            visible: block.folded || (!block.streaming && block.lineCount > 2 * block.foldedLines)
            focusPolicy: Qt.TabFocus
            Accessible.name: moreText.text
            onClicked: block.fold(!block.folded)
            contentItem: Label {
                id: moreText
                horizontalAlignment: Text.AlignHCenter
                text: block.folded ? qsTr("Show all %n lines", "", block.lineCount) : qsTr("Show less")
                size: Theme.sizeDense
                tone: more.hovered ? "text" : "text2"
            }
            background: Rectangle {
                color: more.hovered ? Theme.hover : "transparent"
                radius: Theme.radius
                FocusRing { shown: more.visualFocus; gap: -2 }
            }
        }
    }
}
