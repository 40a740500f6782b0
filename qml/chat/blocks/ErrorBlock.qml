// A reply that failed: why, what to do, and another try.
import QtQuick
import Patchbay

BlockRow {
    id: block

    required property string errorText
    required property string errorHint

    gap: first ? Theme.gap8 : Theme.gap12
    contentHeight: banner.implicitHeight

    ErrorBanner {
        id: banner
        width: parent.width
        message: block.errorText
        hint: block.errorHint
        actionText: qsTr("Retry")
        onAction: block.context.chat.retry(block.messageId)
    }
}
