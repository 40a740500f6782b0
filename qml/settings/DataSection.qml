// Where the data lies and what can be done with it.
import QtQuick
import QtQuick.Layouts
import Patchbay

SettingsSection {
    id: section

    required property DataController store

    title: qsTr("Data")
    message: qsTr("Everything stays on this machine: chats in one database, choices and providers in files beside it.")
    Component.onCompleted: store.refresh()

    Card {
        Layout.fillWidth: true
        spacing: Theme.gap16
        FolderRow {
            label: qsTr("Chats")
            path: section.store.dataFolder
            detail: section.store.size.length > 0 ? qsTr("Database: %1").arg(section.store.size) : ""
            onShown: section.store.show(path)
        }
        Separator { Layout.fillWidth: true }
        FolderRow {
            label: qsTr("Configuration")
            path: section.store.configFolder
            onShown: section.store.show(path)
        }
    }
    Card {
        Layout.fillWidth: true
        spacing: Theme.gap16
        DataAction {
            store: section.store
            action: "backup"
            label: qsTr("Back up now")
            help: qsTr("A complete copy of the database in the folder “backups”.")
            buttonText: qsTr("Back up")
            onTriggered: section.store.backUp()
        }
        Separator { Layout.fillWidth: true }
        DataAction {
            store: section.store
            action: "verify"
            label: qsTr("Check the database")
            help: qsTr("Reads all of it and compares its indexes. Takes a while with many chats.")
            buttonText: qsTr("Check")
            onTriggered: section.store.verify()
        }
        Separator { Layout.fillWidth: true }
        DataAction {
            store: section.store
            action: "export"
            label: qsTr("Export all chats")
            help: qsTr("Each as JSON and Markdown, into a new folder in your downloads.")
            buttonText: qsTr("Export")
            onTriggered: section.store.exportAll()
        }
        Separator { Layout.fillWidth: true }
        DataAction {
            store: section.store
            action: "trash"
            label: qsTr("Empty the trash")
            help: section.store.trashCount > 0 ? qsTr("%n chats in it. They go by themselves after 30 days.", "", section.store.trashCount)
                                               : qsTr("It is empty.")
            buttonText: qsTr("Empty")
            danger: true
            enabled: section.store.trashCount !== 0
            onTriggered: question.open()
        }
    }
    Dialog {
        id: question
        title: qsTr("Empty the trash?")
        message: qsTr("%n chats will be removed for good. This cannot be undone.", "", Math.max(0, section.store.trashCount))
        acceptText: qsTr("Remove for good")
        danger: true
        onAccepted: section.store.emptyTrash()
    }
}
