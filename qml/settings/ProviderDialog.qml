// The form for a new or changed provider. Save and Test take what stands in the form; Test needs no saving.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified deferred-property-id
import QtQuick
import QtQuick.Templates as T
import Patchbay

T.Dialog {
    id: dialog

    required property ProvidersController providers

    function openNew(vendor: string) {
        start({}, vendor);
    }
    function openFor(id: string) {
        start(providers.get(id), "");
    }
    function start(row: var, vendor: string) {
        content.sourceComponent = undefined;
        content.row = row;
        content.vendor = vendor;
        content.sourceComponent = form;
        open();
    }

    parent: T.Overlay.overlay
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.max(Theme.gap16, Math.round((parent.height - height) / 3)) : 0
    width: Math.min(Theme.px(560), parent ? parent.width - Theme.gap32 : Theme.px(560))
    height: Math.min(implicitHeight, parent ? parent.height - Theme.gap32 : implicitHeight)
    implicitHeight: ((content.item as Item)?.implicitHeight ?? 0) + topPadding + bottomPadding
    padding: Theme.px(20)
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape
    background: PopupFrame {
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Provider")
    }
    enter: Transition { NumberAnimation { property: "opacity"; from: 0; to: 1; duration: Theme.quick } }
    exit: Transition { NumberAnimation { property: "opacity"; from: 1; to: 0; duration: Theme.quick } }
    T.Overlay.modal: Rectangle { color: Theme.shade }
    // What was typed, a key perhaps, does not stay behind.
    onClosed: content.sourceComponent = undefined

    contentItem: Loader {
        id: content
        property var row: ({})
        property string vendor: ""
        focus: true
    }
    Component {
        id: form
        ProviderForm {
            providers: dialog.providers
            row: content.row
            vendor: content.vendor
            onDone: dialog.close()
        }
    }
}
