// Mod+/: every key on one sheet, by group, in as many columns as fit.
// qmllint disable deferred-property-id
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Patchbay

Popup {
    id: overlay

    required property ShortcutMap map
    /// The key that opens it closes it too.
    required property string toggleKey

    readonly property bool wide: width >= Theme.px(680)

    signal settingsRequested

    /// The groups dealt out over `count` columns in their order, about equally high.
    function columns(groups: var, count: int): var {
        const weight = group => group.rows.length + 2;
        const share = groups.reduce((sum, group) => sum + weight(group), 0) / count;
        const result = [[]];
        let filled = 0;
        for (const group of groups) {
            if (filled > 0 && filled + weight(group) / 2 > share && result.length < count) {
                result.push([]);
                filled = 0;
            }
            result[result.length - 1].push(group);
            filled += weight(group);
        }
        return result;
    }

    title: qsTr("Keyboard shortcuts")
    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.px(820), parent ? parent.width - Theme.gap32 * 2 : Theme.px(820))
    height: Math.min(sheet.implicitHeight + header.implicitHeight + Theme.px(72), parent ? parent.height - Theme.gap32 * 2 : Theme.px(600))
    padding: Theme.gap24
    modal: true
    onOpened: flick.forceActiveFocus()

    contentItem: ColumnLayout {
        spacing: Theme.gap16

        Shortcut {
            // While it is closed this would make the key ambiguous.
            enabled: overlay.opened
            sequence: overlay.toggleKey
            onActivated: overlay.close()
        }
        RowLayout {
            id: header
            spacing: Theme.gap8
            Label {
                Layout.fillWidth: true
                text: overlay.title
                size: Theme.sizeTitle
                strong: true
            }
            Button {
                text: qsTr("Change keys…")
                dense: true
                onClicked: {
                    overlay.close();
                    overlay.settingsRequested();
                }
            }
            IconButton {
                iconName: "close"
                text: qsTr("Close")
                side: Theme.px(28)
                onClicked: overlay.close()
            }
        }
        Flickable {
            id: flick
            Layout.fillWidth: true
            Layout.fillHeight: true
            contentHeight: sheet.implicitHeight
            boundsBehavior: Flickable.StopAtBounds
            clip: true
            Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.px(48))
            Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + Theme.px(48)))
            T.ScrollBar.vertical: ScrollBar { id: contentBar }

            RowLayout {
                id: sheet
                width: flick.width - (contentBar.visible ? Theme.gap16 : 0)
                spacing: Theme.gap32

                Repeater {
                    model: overlay.columns(overlay.map.groups, overlay.wide ? 2 : 1)

                    ColumnLayout {
                        id: column
                        required property var modelData

                        Layout.fillWidth: true
                        Layout.preferredWidth: 1
                        Layout.alignment: Qt.AlignTop
                        spacing: Theme.gap24

                        Repeater {
                            model: column.modelData
                            ShortcutGroup { Layout.fillWidth: true }
                        }
                    }
                }
            }
        }
    }
}
