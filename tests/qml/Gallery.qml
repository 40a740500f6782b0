// Every control once, for the eye and for the tests.
import QtQuick
import QtQuick.Layouts
import Patchbay

Rectangle {
    width: 900
    height: 900
    color: Theme.background
    property alias combo: combo
    property alias toggle: toggle
    property alias segments: segments
    property alias field: field
    property alias button: button
    property alias area: area

    GridLayout {
        anchors.fill: parent
        anchors.margins: 24
        columns: 2
        columnSpacing: 32
        rowSpacing: 16
        ColumnLayout {
            Layout.preferredWidth: 400
            Layout.alignment: Qt.AlignTop
            spacing: 12
            Row {
                spacing: 8
                Button { id: button; text: "Send"; kind: "primary" }
                Button { text: "Plain"; iconName: "plus" }
                Button { text: "Delete"; kind: "danger" }
                Button { text: "Quiet"; kind: "quiet" }
                Button { text: "Busy"; busy: true }
            }
            Row {
                spacing: 8
                Button { text: "Disabled"; enabled: false }
                Button { text: "Dense"; dense: true; iconName: "refresh" }
                IconButton { iconName: "copy"; text: "Copy" }
                IconButton { iconName: "thumb-up"; text: "Good"; checkable: true; checked: true }
                IconButton { iconName: "thumb-down"; text: "Bad" }
                IconButton { iconName: "more"; text: "More"; side: Theme.px(28) }
            }
            TextField { id: field; Layout.fillWidth: true; placeholderText: "Search"; iconName: "search"; clearable: true; text: "hello 你好" }
            TextField { Layout.fillWidth: true; placeholderText: "With error"; error: "Wrong" }
            TextArea { id: area; Layout.fillWidth: true; placeholderText: "Several lines" }
            ComboBox { id: combo; model: ["System", "Light", "Dark"] }
            SegmentedControl { id: segments; label: "Theme"; value: "light"; options: [{ value: "system", text: "System" }, { value: "light", text: "Light" }, { value: "dark", text: "Dark", iconName: "appearance" }]; onChosen: value => segments.value = value }
            Switch { id: toggle; text: "Show cost"; checked: true; Layout.fillWidth: true }
            Switch { text: "Off" ; Layout.fillWidth: true }
            Row { spacing: 16; CheckBox { text: "Ticked"; checked: true } CheckBox { text: "Not" } CheckBox { text: "Partly"; tristate: true; checkState: Qt.PartiallyChecked } }
            Row { spacing: 8; Chip { text: "notes.pdf"; iconName: "document"; removable: true } Chip { text: "Model" } Chip { text: "accent"; tone: "accent" } Chip { text: "too large"; tone: "error"; iconName: "error" } }
            Row { spacing: 8; Badge { text: "12" } Badge { text: "OK"; tone: "ok"; iconName: "check" } Badge { text: "slow"; tone: "warn" } Badge { text: "failed"; tone: "error" } Badge { text: "new"; tone: "accent" } }
            Row { spacing: 16; ProgressRing { value: 0.3 } ProgressRing { value: 0.8; color: Theme.warn } Spinner {} }
        }
        ColumnLayout {
            Layout.preferredWidth: 400
            Layout.alignment: Qt.AlignTop
            spacing: 8
            SectionHeader { text: "Today" }
            ListRow { Layout.fillWidth: true; text: "A chat with a long title that does not fit in the pane at all"; current: true }
            ListRow { Layout.fillWidth: true; text: "Two lines"; subtitle: "The second"; iconName: "server"; Badge { text: "OK"; tone: "ok" } }
            ErrorBanner { Layout.fillWidth: true; message: "The key was refused."; hint: "Check it under Providers."; actionText: "Retry"; closable: true }
            ErrorBanner { Layout.fillWidth: true; tone: "warn"; message: "Nearly full." }
            Toast { text: "Chat deleted"; actionText: "Undo" }
            Toast { text: "Copied"; kind: "ok" }
            Card {
                Layout.fillWidth: true
                title: "Appearance"
                FormRow { Layout.fillWidth: true; label: "Language"; help: "Takes effect at once."; ComboBox { model: ["English"]; implicitWidth: 140 } }
                Separator { Layout.fillWidth: true }
                FormRow { Layout.fillWidth: true; label: "Base URL"; error: "Not a URL"; TextField { Layout.fillWidth: true; placeholderText: "https://" } }
            }
            EmptyState { Layout.alignment: Qt.AlignHCenter; iconName: "chat"; title: "No chats yet"; message: "What you write is kept here."; actionText: "New chat" }
        }
    }
    Item {
        width: 900; height: 70
        y: 830
        Flow { anchors.fill: parent; anchors.leftMargin: 24; spacing: 6
            Repeater { model: ["chat","compare","extract","routing","dashboard","traces","key","server","settings","plus","new-chat","search","search-all","attach","copy","edit","refresh","fork","thumb-up","thumb-down","continue","pin","folder","trash","restore","export","import","sidebar","sliders","image","document","tool","brain","eye","eye-off","warning","error","info","wrap","keyboard","appearance","database","globe","link","bolt","star","book","code","translate","play","pause","clock","local","bell","command","lock","quote","send","stop"]
                Icon { required property string modelData; name: modelData; size: 20; color: Theme.text } }
        }
    }
}
