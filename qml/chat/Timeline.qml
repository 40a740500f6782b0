// The open chat: one row per block, the newest at the bottom and first in the model, so that opening is at the end and a
// growing reply changes one row. Follow rule: any scroll upwards stops following; scrolling down into the last 40 px,
// sending, or the button start it again. Typing here goes to the composer.
// Loaders of Qt 6.4 refuse bound components.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Qt.labs.qmlmodels
import Patchbay

FocusScope {
    id: timeline

    required property ChatContext context
    /// TimelineModel; tests put in their own list.
    property alias model: list.model
    readonly property alias view: list
    readonly property real toEnd: list.originY + list.contentHeight - list.height - list.contentY

    function jumpToEnd() {
        context.following = true;
        list.positionViewAtBeginning();
    }
    function pageBy(direction: int) {
        const target = list.contentY + direction * (list.height - Theme.lineBody * 2);
        context.following = false;
        list.anchor = null;
        list.contentY = Math.max(list.originY, Math.min(list.originY + list.contentHeight - list.height, target));
        context.following = toEnd <= 40 && direction > 0;
        list.hold();
    }
    function showRow(row: int) {
        context.following = false;
        list.anchor = null;
        list.positionViewAtIndex(row, ListView.Center);
        list.hold();
    }
    /// Stops following: what is on the screen stays where it is.
    function stay() {
        context.following = false;
        list.hold();
    }
    function fold(row: int, on: bool) {
        stay();
        context.app.timeline.setFolded(row, on);
    }

    Keys.onPressed: event => {
        if (event.text.length > 0 && event.text >= " " && !(event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier))) {
            context.composeRequested(event.text);
            event.accepted = true;
        }
    }

    ListView {
        id: list
        objectName: "timelineView"

        property real lastContentY: 0
        /// Set by who scrolls through contentY, as a measurement does: counts as a person's scrolling.
        property bool driven: false
        readonly property bool steered: moving || bar.pressed || wheel.active || driven

        anchors.fill: parent
        focus: true
        model: timeline.context.app.timeline
        verticalLayoutDirection: ListView.BottomToTop
        reuseItems: true
        cacheBuffer: Math.max(0, Math.round(height / 2))
        boundsBehavior: Flickable.StopAtBounds
        keyNavigationEnabled: false
        currentIndex: -1
        pixelAligned: true
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Messages")

        onContentYChanged: {
            if (steered) {
                if (contentY < lastContentY - 0.5)
                    timeline.context.following = false;
                else if (contentY > lastContentY && timeline.toEnd <= 40)
                    timeline.context.following = true;
                hold();
            } else {
                restore();
            }
            lastContentY = contentY;
        }
        onHeightChanged: {
            share();
            if (timeline.context.following)
                positionViewAtBeginning();
        }
        onContentHeightChanged: {
            share();
            if (timeline.context.following && !moving)
                settle.restart();
        }
        Timer {
            id: settle
            interval: 0
            onTriggered: if (timeline.context.following && !list.moving && timeline.toEnd > 0.5) list.positionViewAtBeginning()
        }

        WheelHandler {
            id: wheel
            acceptedDevices: PointerDevice.Mouse | PointerDevice.TouchPad
            blocking: false
            onWheel: event => {
                if (event.angleDelta.y > 0 && list.contentHeight > list.height)
                    timeline.context.following = false;
            }
        }
        T.ScrollBar.vertical: ScrollBar { id: bar }

        // While nobody follows, the row at the top of the view is held where it is on the screen, whatever grows,
        // folds or is added below it. (A list of BottomToTop grows upwards, and Qt 6.4 moves its rows besides.)
        property Item anchor: null
        property real anchorOffset: 0
        function hold() {
            anchor = itemAt(width / 2, contentY + 1);
            anchorOffset = anchor ? anchor.y - contentY : 0;
        }
        function restore() {
            if (!anchor || steered || timeline.context.following)
                return;
            const target = Math.max(originY, Math.min(anchor.y - anchorOffset, originY + contentHeight - height));
            if (Math.abs(target - contentY) >= 0.5)
                contentY = target;
        }
        Connections {
            target: list.anchor
            function onYChanged() { list.restore(); }
        }

        /// What is left below the rows of a chat that does not fill the view: it begins at the top and grows down.
        property real spare: 0
        function share() {
            const rows = contentHeight - (headerItem ? headerItem.height : 0);
            spare = Math.max(0, Math.floor(height - rows - Theme.px(36)));
        }

        // At the bottom: room below the newest row, where three dots stand while a reply runs.
        header: Item {
            width: list.width
            height: Theme.px(36) + list.spare
            StreamingDots {
                x: Math.round((parent.width - Math.min(Theme.readingWidth, parent.width - 2 * Theme.gap24)) / 2)
                y: Theme.px(15)
                visible: timeline.context.chat.streaming
            }
        }
        footer: Item {
            width: list.width
            height: Theme.gap16
        }

        delegate: DelegateChooser {
            role: "kind"
            DelegateChoice { roleValue: "paragraph"; TextBlock { context: timeline.context } }
            DelegateChoice { roleValue: "list"; TextBlock { context: timeline.context } }
            DelegateChoice { roleValue: "heading"; TextBlock { context: timeline.context } }
            DelegateChoice { roleValue: "quote"; TextBlock { context: timeline.context } }
            DelegateChoice { roleValue: "math"; TextBlock { context: timeline.context } }
            DelegateChoice { roleValue: "user"; UserBlock { context: timeline.context } }
            DelegateChoice { roleValue: "footer"; FooterBlock { context: timeline.context } }
            DelegateChoice {
                roleValue: "code"
                CodeBlock {
                    context: timeline.context
                    onAskHighlight: timeline.context.app.timeline.requestHighlight(index)
                    onFold: on => timeline.fold(index, on)
                }
            }
            DelegateChoice { roleValue: "table"; TableBlock { context: timeline.context } }
            DelegateChoice { roleValue: "rule"; RuleBlock { context: timeline.context } }
            DelegateChoice { roleValue: "image"; ImageBlock { context: timeline.context } }
            DelegateChoice {
                roleValue: "reasoning"
                ReasoningBlock {
                    context: timeline.context
                    onFold: on => timeline.fold(index, on)
                }
            }
            DelegateChoice {
                roleValue: "tool"
                ToolBlock {
                    context: timeline.context
                    onFold: on => timeline.fold(index, on)
                }
            }
            DelegateChoice { roleValue: "error"; ErrorBlock { context: timeline.context } }
            DelegateChoice { roleValue: "day"; DayBlock { context: timeline.context } }
        }
    }

    IconButton {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap12
        visible: !timeline.context.following && timeline.toEnd > 40
        side: Theme.px(36)
        iconName: "arrow-down"
        iconColor: Theme.text
        text: qsTr("Jump to the newest message")
        shortcutText: timeline.context.shortcut("view.end")
        onClicked: timeline.jumpToEnd()
        PopupFrame {
            anchors.fill: parent
            z: -1
            corner: width / 2
        }
    }

    // Everything changes its height: the same row comes back to the middle.
    Connections {
        target: Theme
        function onZoomChanged() {
            list.anchor = null;
            rezoomed.row = list.indexAt(list.width / 2, list.contentY + list.height / 2);
            rezoomed.restart();
        }
    }
    Timer {
        id: rezoomed
        property int row: -1
        interval: 60
        onTriggered: {
            list.forceLayout();
            if (timeline.context.following)
                timeline.jumpToEnd();
            else if (row >= 0)
                timeline.showRow(row);
        }
    }
    Connections {
        target: timeline.context
        function onRowFoldToggled() { timeline.stay(); }
    }
    Connections {
        target: timeline.context.chat
        function onSent() { timeline.jumpToEnd(); }
        function onJumpRequested(row: int) { timeline.showRow(row); }
        function onConversationChanged() { timeline.jumpToEnd(); }
        function onEditRequested(messageId: string, text: string) {
            const row = timeline.context.app.timeline.rowOfMessage(messageId);
            if (row < 0)
                return;
            timeline.showRow(row);
            timeline.context.startEditing(messageId, text);
        }
    }
}
