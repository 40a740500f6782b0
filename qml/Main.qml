// The window: rail, pages, and the layer that floats above them. A page is one line in `pages` and its Component below.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.ApplicationWindow {
    id: window

    required property App app
    property string currentPage: "chat"

    readonly property var pages: [
        { id: "chat", title: qsTr("Chat"), icon: "chat", component: chatPage },
        { id: "providers", title: qsTr("Providers"), icon: "key", component: providersPage },
        { id: "settings", title: qsTr("Settings"), icon: "settings", component: settingsPage, bottom: true }
    ]

    /// Shows a page; an unknown id changes nothing.
    function showPage(id: string) {
        if (pages.some(page => page.id === id))
            currentPage = id;
    }

    /// The page that is open, for pictures of its states.
    function openPage(): Item {
        return host.page(currentPage);
    }
    function closePopups() {
        const page = host.page(currentPage) as ProvidersPage;
        if (page)
            page.closePopups();
    }

    /// What a key or a row of the palette asks for.
    function act(action: string) {
        const settings = app.settings;
        if (action.startsWith("page."))
            showPage(pages[Number(action.slice(5)) - 1]?.id ?? "");
        else if (action === "palette" || action === "shortcuts")
            shell.run(action);
        else if (action === "settings")
            showPage(action);
        else if (action === "quit")
            Qt.exit(0);
        else if (action === "view.theme")
            settings.theme = Theme.dark ? "light" : "dark";
        else if (action === "view.zoomIn")
            settings.zoom = Math.min(2, Math.round(settings.zoom * 10 + 1) / 10);
        else if (action === "view.zoomOut")
            settings.zoom = Math.max(0.8, Math.round(settings.zoom * 10 - 1) / 10);
        else if (action === "view.zoomReset")
            settings.zoom = 1;
        else if (action === "escape" && currentPage !== "chat")
            showPage("chat");
        else
            actOnChat(action);
    }
    function actOnChat(action: string) {
        if (action !== "escape")
            showPage("chat");
        (host.page("chat") as ChatPage)?.perform(action);
    }

    onCurrentPageChanged: app.session.page = currentPage
    Component.onCompleted: {
        app.palette.pages = Qt.binding(() => pages.map(page => ({ id: page.id, title: page.title })));
        if (app.settings.restoreSession && app.session.page.length > 0)
            showPage(app.session.page);
    }

    // With an icon in the tray, closing only hides.
    onClosing: event => {
        event.accepted = !shell.trayShown;
        if (shell.trayShown)
            hide();
    }

    width: 1100
    height: 760
    minimumWidth: 480
    minimumHeight: 360
    visible: true
    title: qsTr("Patchbay")
    color: Theme.background
    font.pixelSize: Theme.sizeControl
    palette {
        window: Theme.background
        windowText: Theme.text
        base: Theme.surface
        alternateBase: Theme.sunken
        text: Theme.text
        button: Theme.surface
        buttonText: Theme.text
        highlight: Theme.accent
        highlightedText: Theme.accentText
        placeholderText: Theme.text3
        link: Theme.accent
        toolTipBase: Theme.popup
        toolTipText: Theme.text
        mid: Theme.separator
        dark: Theme.border
    }

    NavigationRail {
        id: rail
        visible: window.app.ready
        height: parent.height
        pages: window.pages
        currentPage: window.currentPage
        onChosen: id => window.showPage(id)
    }
    PageHost {
        id: host
        anchors.fill: parent
        anchors.leftMargin: rail.width
        visible: window.app.ready
        pages: window.app.ready ? window.pages : []
        currentPage: window.currentPage
    }
    Loader {
        anchors.fill: parent
        active: !window.app.ready
        sourceComponent: StartState {
            startError: window.app.startError
            onRetryRequested: window.app.retry()
        }
    }

    Loader {
        anchors.fill: parent
        active: window.app.ready && window.app.firstRun.needed
        sourceComponent: firstRunPage
    }
    Connections {
        target: window.app.firstRun
        function onFinished(prompt) {
            window.showPage("chat");
            window.app.chat.newChat();
            if (prompt.length === 0)
                return;
            window.app.composer.text = prompt;
            window.app.chat.send();
        }
    }

    Connections {
        target: window.app.settings
        function onNotice(text, hint) {
            notice.text = text;
            notice.hint = hint;
        }
    }
    Toast {
        id: notice
        z: 1
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap24
        visible: text.length > 0
        kind: "error"
        onClosed: text = ""
    }

    ShellLayer {
        id: shell
        app: window.app
        enabled: window.app.ready && !window.app.firstRun.needed
        trayWanted: window.app.settings.trayIcon
        onPageRequested: page => window.showPage(page)
        onTriggered: action => window.act(action)
    }
    Binding {
        target: Theme
        property: "dark"
        value: window.app.settings.theme === "system" ? window.app.system.dark : window.app.settings.theme === "dark"
    }
    Binding {
        target: Theme
        property: "zoom"
        value: window.app.settings.zoom
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: window.app.settings.reducedMotion === "system" ? window.app.system.reducedMotion : window.app.settings.reducedMotion === "on"
    }

    Component {
        id: chatPage
        ChatPage {
            app: window.app
            onProvidersRequested: window.showPage("providers")
            onImportRequested: shell.openImport()
            onExportRequested: id => shell.openExport(id)
        }
    }
    Component {
        id: providersPage
        ProvidersPage { app: window.app }
    }
    Component {
        id: settingsPage
        SettingsPage {
            app: window.app
            onProvidersRequested: window.showPage("providers")
        }
    }
    Component {
        id: firstRunPage
        FirstRunPage { app: window.app }
    }
}
