// A model in the picker.
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

T.ItemDelegate {
    id: row

    required property int index
    required property string name
    required property string label
    required property string provider
    required property int contextWindow
    required property string priceText
    required property bool vision
    required property bool tools
    required property bool reasoning
    required property bool local
    required property bool isDefault
    required property string group
    property bool current: false

    readonly property string contextText: contextWindow >= 1000000 ? qsTr("%1M").arg(Math.round(contextWindow / 100000) / 10)
        : contextWindow >= 1000 ? qsTr("%1K").arg(Math.round(contextWindow / 1000)) : ""

    width: ListView.view ? ListView.view.width : 0
    readonly property bool twoLines: provider.length > 0 && provider !== group

    height: Theme.px(twoLines ? 44 : 34)
    leftPadding: Theme.px(10)
    rightPadding: Theme.gap12
    focusPolicy: Qt.NoFocus
    Accessible.name: label
    Accessible.description: Words.joined([provider, priceText], ", ")

    component Ability: Icon {
        size: Theme.px(14)
        color: Theme.text3
    }

    contentItem: RowLayout {
        spacing: Theme.gap8
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1
            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.px(6)
                Label {
                    Layout.maximumWidth: row.width * 0.55
                    text: row.label.length > 0 ? row.label : row.name
                    strong: row.current
                    Accessible.ignored: true
                }
                Badge {
                    visible: row.isDefault
                    text: qsTr("Default")
                }
                Ability { visible: row.vision; name: "eye"; Accessible.name: qsTr("Reads images") }
                Ability { visible: row.tools; name: "tool"; Accessible.name: qsTr("Calls tools") }
                Ability { visible: row.reasoning; name: "brain"; Accessible.name: qsTr("Thinks before it answers") }
                Ability { visible: row.local; name: "local"; Accessible.name: qsTr("Runs on this computer") }
                Item { Layout.fillWidth: true }
            }
            Label {
                Layout.fillWidth: true
                visible: row.twoLines
                text: row.provider
                size: Theme.sizeCaption
                tone: "text3"
                Accessible.ignored: true
            }
        }
        Label {
            text: Words.joined([row.contextText, row.local && row.priceText.length === 0 ? qsTr("free") : row.priceText], "  ·  ")
            size: Theme.sizeCaption
            tone: "text2"
            Accessible.ignored: true
        }
        Icon {
            name: row.current ? "check" : ""
            size: Theme.iconSmall
            color: Theme.accent
        }
    }
    background: Rectangle {
        radius: Theme.radius
        color: row.highlighted ? Theme.pressed : row.hovered ? Theme.hover : "transparent"
    }
}
