// Import and export of conversations; made when one of them is first opened.
import QtQuick
import Patchbay

Item {
    id: dialogs

    required property App app
    readonly property alias importing: importing
    readonly property alias exporting: exporting

    ImportDialog {
        id: importing
        transfer: dialogs.app.transfer
    }
    ExportDialog {
        id: exporting
        transfer: dialogs.app.transfer
        conversationTitle: dialogs.app.chat.title
    }
}
