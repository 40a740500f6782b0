// A choice of two to five: options is a list of {value, text, iconName?}; the chosen one is `value`.
// SegmentedControl { label: …; options: […]; value: …; onChosen: value => … }
// qmllint disable deferred-property-id
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

FocusScope {
    id: control

    property string label: ""
    property var options: []
    property var value
    property bool dense: false

    signal chosen(value: var)

    implicitWidth: row.implicitWidth + 4
    implicitHeight: dense ? Theme.px(28) : Theme.controlHeight
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.PageTabList
    Accessible.name: label

    function step(by: int) {
        const at = options.findIndex(option => option.value === value);
        const next = Math.max(0, Math.min(options.length - 1, at + by));
        if (next !== at)
            chosen(options[next].value);
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.tint(Theme.text, 0.05)
        border.width: 1
        border.color: Theme.separator
    }
    RowLayout {
        id: row
        anchors.fill: parent
        anchors.margins: 2
        spacing: 0
        Repeater {
            model: control.options
            T.Button {
                id: segment
                required property var modelData
                readonly property bool on: modelData.value === control.value

                Layout.fillWidth: true
                Layout.fillHeight: true
                implicitWidth: words.implicitWidth + (modelData.iconName ? Theme.px(22) : 0) + Theme.px(24)
                focusPolicy: on ? Qt.TabFocus : Qt.NoFocus
                Accessible.role: Accessible.RadioButton
                Accessible.name: modelData.text
                Accessible.checked: on
                onClicked: control.chosen(modelData.value)
                Keys.onLeftPressed: control.step(-1)
                Keys.onRightPressed: control.step(1)

                contentItem: Item {
                    Row {
                        anchors.centerIn: parent
                        spacing: Theme.px(6)
                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            visible: !!segment.modelData.iconName
                            name: segment.modelData.iconName ?? ""
                            size: Theme.iconSmall
                            color: words.color
                        }
                        Label {
                            id: words
                            anchors.verticalCenter: parent.verticalCenter
                            text: segment.modelData.text
                            tone: segment.on ? "text" : "text2"
                            strong: segment.on
                            Accessible.ignored: true
                        }
                    }
                }
                background: Rectangle {
                    radius: Theme.radius - 2
                    color: segment.on ? (Theme.dark ? "#33373D" : Theme.surface) : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.on ? 1 : 0
                    border.color: Theme.dark ? "#474C53" : "#D6D6D0"
                    FocusRing { shown: segment.visualFocus; gap: 1 }
                }
            }
        }
    }
}
