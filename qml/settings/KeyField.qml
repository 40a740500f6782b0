// A key: hidden as it is typed, kept out of input methods' memories.
import QtQuick
import Patchbay

TextField {
    id: field

    signal edited

    property bool shown: false

    label: qsTr("Key")
    mono: text.length > 0
    echoMode: shown ? TextInput.Normal : TextInput.Password
    passwordCharacter: "•"
    inputMethodHints: Qt.ImhHiddenText | Qt.ImhSensitiveData | Qt.ImhNoPredictiveText | Qt.ImhNoAutoUppercase
    rightPadding: Theme.px(36)
    onTextEdited: edited()

    IconButton {
        anchors.right: parent.right
        anchors.rightMargin: Theme.px(2)
        anchors.verticalCenter: parent.verticalCenter
        side: Theme.px(28)
        visible: field.text.length > 0
        iconName: field.shown ? "eye-off" : "eye"
        text: field.shown ? qsTr("Hide the key") : qsTr("Show the key")
        onClicked: field.shown = !field.shown
    }
}
