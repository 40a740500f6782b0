// What an empty chat shows: a greeting, prompts to begin with, and what is missing to ask a real model.
pragma ComponentBehavior: Bound
// qmllint disable deferred-property-id
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Item {
    id: start

    required property ChatContext context

    signal providersRequested

    readonly property var prompts: [
        { icon: "code", title: qsTr("Write code"), text: qsTr("Write a Python function that finds duplicate files in a folder by their content.") },
        { icon: "book", title: qsTr("Explain"), text: qsTr("Explain how TLS certificates work, with an everyday comparison.") },
        { icon: "translate", title: qsTr("Translate"), text: qsTr("Translate into Simplified Chinese and keep the tone: ") },
        { icon: "compare", title: qsTr("Compare"), text: qsTr("Compare SQLite and PostgreSQL for a small team in a table.") }
    ]

    ColumnLayout {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -Theme.gap16
        width: Math.min(Theme.px(620), parent.width - 2 * Theme.gap24)
        spacing: Theme.gap24

        Label {
            Layout.fillWidth: true
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("What would you like to know?")
            size: Theme.sizeDisplay
            strong: true
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }
        GridLayout {
            Layout.fillWidth: true
            columns: start.width > Theme.px(560) ? 2 : 1
            columnSpacing: Theme.gap12
            rowSpacing: Theme.gap12
            Repeater {
                model: start.prompts
                T.Button {
                    id: card
                    required property var modelData
                    Layout.fillWidth: true
                    Layout.preferredWidth: 1
                    implicitHeight: Theme.px(84)
                    focusPolicy: Qt.TabFocus
                    Accessible.name: modelData.title
                    Accessible.description: modelData.text
                    onClicked: start.context.composeRequested(modelData.text)
                    Keys.onReturnPressed: clicked()

                    contentItem: Item {
                        Icon {
                            id: glyph
                            x: Theme.gap16
                            y: Theme.px(14)
                            name: card.modelData.icon
                            size: Theme.iconSize
                            color: Theme.text2
                        }
                        Label {
                            x: Theme.px(42)
                            y: Theme.px(13)
                            width: parent.width - x - Theme.gap16
                            text: card.modelData.title
                            strong: true
                            Accessible.ignored: true
                        }
                        Label {
                            x: Theme.px(42)
                            y: Theme.px(35)
                            width: parent.width - x - Theme.gap16
                            verticalAlignment: Text.AlignTop
                            text: card.modelData.text
                            size: Theme.sizeDense
                            tone: "text2"
                            wrapMode: Text.Wrap
                            maximumLineCount: 2
                            elide: Text.ElideRight
                            lineHeightMode: Text.FixedHeight
                            lineHeight: Theme.px(17)
                            Accessible.ignored: true
                        }
                    }
                    background: Rectangle {
                        radius: Theme.radiusLarge
                        color: card.down ? Theme.pressed : card.hovered ? Theme.hover : Theme.surface
                        border.width: 1
                        border.color: Theme.separator
                        FocusRing { shown: card.visualFocus; corner: parent.radius }
                    }
                }
            }
        }
        ErrorBanner {
            Layout.fillWidth: true
            visible: start.context.playgroundOnly
            tone: "info"
            message: qsTr("Replies come from the built-in playground.")
            hint: qsTr("It needs no key and no network, and only pretends. Add a provider to ask a real model.")
            actionText: qsTr("Add a provider")
            onAction: start.providersRequested()
        }
    }
}
