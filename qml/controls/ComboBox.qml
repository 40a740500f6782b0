// One of a list. As T.ComboBox: model, textRole, valueRole, currentIndex, activated(index). `label` is its accessible name.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.ComboBox {
    id: control

    property string label: ""

    implicitWidth: Theme.px(220)
    implicitHeight: Theme.controlHeight
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(30)
    focusPolicy: Qt.TabFocus
    opacity: enabled ? 1 : 0.45
    font.pixelSize: Theme.sizeControl
    Accessible.name: label
    Accessible.description: displayText

    contentItem: Label {
        text: control.displayText
        font: control.font
        Accessible.ignored: true
    }
    indicator: Icon {
        x: control.width - width - Theme.px(9)
        y: Math.round((control.height - height) / 2)
        name: "chevron-down"
        size: Theme.px(14)
        color: Theme.text2
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down || control.hovered ? Theme.hover : Theme.surface
        border.width: 1
        border.color: Theme.tint(Theme.border, 0.7)
        FocusRing { shown: control.visualFocus }
    }
    delegate: T.ItemDelegate {
        id: item
        required property int index
        readonly property string words: control.textAt(index)

        width: ListView.view ? ListView.view.width : control.width
        height: Theme.px(30)
        highlighted: control.highlightedIndex === index
        Accessible.name: words

        contentItem: Item {
            Label {
                x: Theme.px(10)
                width: parent.width - Theme.px(40)
                height: parent.height
                text: item.words
                font: control.font
                Accessible.ignored: true
            }
            Icon {
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap8
                anchors.verticalCenter: parent.verticalCenter
                visible: control.currentIndex === item.index
                name: "check"
                size: Theme.px(14)
                color: Theme.accent
            }
        }
        background: Rectangle {
            radius: Theme.radius
            color: item.highlighted ? Theme.hover : "transparent"
        }
    }
    popup: T.Popup {
        y: control.height + Theme.gap4
        width: control.width
        implicitHeight: Math.min(contentItem.implicitHeight + topPadding + bottomPadding, Theme.px(320))
        margins: Theme.gap8
        padding: Theme.gap4
        background: PopupFrame { corner: Theme.radius + Theme.gap4 }
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: control.delegateModel
            currentIndex: control.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds
            T.ScrollBar.vertical: ScrollBar {}
        }
    }
}
