// Shows the chat's model and opens the picker. Used in the header and in the composer.
// qmllint disable deferred-property-id
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Button {
    id: control

    required property ChatContext context
    property bool dense: false
    readonly property ModelPicker picker: loader.item as ModelPicker
    readonly property bool chosen: context.chat.model.length > 0

    signal providersRequested

    function openPicker() {
        loader.active = true;
        picker.open();
    }

    implicitHeight: dense ? Theme.px(28) : Theme.controlHeight
    implicitWidth: Math.min(Theme.px(280), Math.ceil(words.implicitWidth) + leftPadding + rightPadding + 1)
    leftPadding: Theme.px(10)
    rightPadding: Theme.px(26)
    focusPolicy: Qt.TabFocus
    text: chosen ? (context.chat.modelLabel.length > 0 ? context.chat.modelLabel : context.chat.model) : qsTr("Choose a model")
    Accessible.name: qsTr("Model: %1").arg(text)
    onClicked: openPicker()
    Keys.onReturnPressed: clicked()

    contentItem: Label {
        id: words
        text: control.text
        size: control.dense ? Theme.sizeDense : Theme.sizeControl
        tone: !control.chosen ? "accent" : control.hovered ? "text" : "text2"
        Accessible.ignored: true
    }
    indicator: Icon {
        x: control.width - width - Theme.px(8)
        y: Math.round((control.height - height) / 2)
        name: "chevron-down"
        size: Theme.px(13)
        color: Theme.text3
    }
    background: Rectangle {
        radius: Theme.radius
        color: control.down || (control.picker && control.picker.visible) ? Theme.pressed : control.hovered ? Theme.hover : "transparent"
        FocusRing { shown: control.visualFocus; gap: 0 }
    }
    Loader {
        id: loader
        active: false
        sourceComponent: ModelPicker {
            parent: control
            y: control.dense ? -height - Theme.gap4 : control.height + Theme.gap4
            models: control.context.app.models
            current: control.context.chat.model
            onChosen: name => control.context.chat.setModel(name)
            onProvidersRequested: control.providersRequested()
        }
    }
}
