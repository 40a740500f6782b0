// Holds the pages. A page is made when it is first shown and then kept, so that going back finds it as it was left.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick

Item {
    id: host

    /// List of {id, component}.
    required property var pages
    required property string currentPage

    /// The page with this id, or null when it was never shown.
    function page(id: string): Item {
        const at = pages.findIndex(entry => entry.id === id);
        const loader = at < 0 ? null : loaders.itemAt(at) as Loader;
        return loader ? loader.item as Item : null;
    }

    Repeater {
        id: loaders
        model: host.pages
        Loader {
            required property var modelData
            readonly property bool current: modelData.id === host.currentPage
            property bool wanted: false

            anchors.fill: parent
            visible: current
            enabled: current
            active: wanted
            sourceComponent: modelData.component
            onCurrentChanged: if (current) wanted = true
            Component.onCompleted: if (current) wanted = true
        }
    }
}
