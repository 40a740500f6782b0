// The settings: sections at the left, the chosen one at the right.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

Item {
    id: page

    required property App app
    /// "general", "appearance", "input", "shortcuts", "data" or "about"
    property string section: "general"

    signal providersRequested

    readonly property bool narrow: width < Theme.px(680)
    readonly property var sections: [
        { id: "general", title: qsTr("General"), icon: "sliders", component: general },
        { id: "appearance", title: qsTr("Appearance"), icon: "appearance", component: appearance },
        { id: "input", title: qsTr("Input"), icon: "edit", component: input },
        { id: "shortcuts", title: qsTr("Shortcuts"), icon: "keyboard", component: shortcuts },
        { id: "data", title: qsTr("Data"), icon: "database", component: data },
        { id: "about", title: qsTr("About"), icon: "info", component: about }
    ]
    readonly property var current: sections.find(entry => entry.id === section) ?? sections[0]

    SettingsNav {
        id: nav
        sections: page.sections
        current: page.current.id
        compact: page.narrow
        width: compact ? Theme.px(52) : Theme.px(208)
        height: parent.height
        onChosen: id => page.section = id
    }
    Separator {
        id: line
        vertical: true
        anchors.left: nav.right
        height: parent.height
    }
    Flickable {
        id: view
        anchors.left: line.right
        anchors.right: parent.right
        height: parent.height
        contentWidth: width
        contentHeight: body.y + ((body.item as Item)?.implicitHeight ?? 0) + Theme.gap32
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        T.ScrollBar.vertical: ScrollBar {}

        Loader {
            id: body
            readonly property real gutter: page.narrow ? Theme.gap16 : Theme.gap32
            x: Math.max(gutter, Math.round((view.width - width) / 2))
            y: Theme.gap24
            width: Math.min(Theme.px(680), view.width - 2 * gutter)
            sourceComponent: page.current.component
            onLoaded: view.contentY = 0
        }
    }

    Component {
        id: general
        GeneralSection {
            settings: page.app.settings
            models: page.app.models
            onProvidersRequested: page.providersRequested()
        }
    }
    Component {
        id: appearance
        AppearanceSection { settings: page.app.settings }
    }
    Component {
        id: input
        InputSection { settings: page.app.settings }
    }
    Component {
        id: shortcuts
        ShortcutsSection { map: page.app.shortcuts }
    }
    Component {
        id: data
        DataSection { store: page.app.data }
    }
    Component {
        id: about
        AboutSection { measurements: page.app.about }
    }
}
