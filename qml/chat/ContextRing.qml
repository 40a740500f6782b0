// How full the model's context is: a ring with the figures in its tooltip; nothing while the limit is unknown.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

Item {
    id: control

    required property ChatController chat
    property bool showCost: true
    readonly property real share: chat.contextLimit > 0 ? chat.contextTokens / chat.contextLimit : 0
    readonly property string words: chat.contextLimit > 0
        ? qsTr("%1 of %2 tokens in the context (%3%)").arg(chat.contextTokens.toLocaleString(Qt.locale(), "f", 0))
              .arg(chat.contextLimit.toLocaleString(Qt.locale(), "f", 0)).arg(Math.round(100 * share))
        : qsTr("%1 tokens; the size of the context is unknown").arg(chat.contextTokens.toLocaleString(Qt.locale(), "f", 0))

    visible: chat.contextTokens > 0
    implicitWidth: row.implicitWidth
    implicitHeight: Theme.controlHeight
    Accessible.role: Accessible.ProgressBar
    Accessible.name: words

    Row {
        id: row
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap8
        Label {
            anchors.verticalCenter: parent.verticalCenter
            visible: control.showCost && text.length > 0
            text: control.chat.costText
            size: Theme.sizeDense
            tone: "text3"
        }
        ProgressRing {
            anchors.verticalCenter: parent.verticalCenter
            visible: control.chat.contextLimit > 0
            size: Theme.px(18)
            value: control.share
            color: control.share > 0.95 ? Theme.error : control.share > 0.8 ? Theme.warn : Theme.text2
        }
    }
    HoverHandler { id: pointer }
    Loader {
        active: pointer.hovered
        sourceComponent: ToolTip {
            parent: control
            text: control.showCost && control.chat.costText.length > 0 ? qsTr("%1\n%2 so far").arg(control.words).arg(control.chat.costText) : control.words
            shown: true
        }
    }
}
