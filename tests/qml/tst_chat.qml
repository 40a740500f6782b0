import QtQuick
import QtTest
import Patchbay
import PatchbayTest
import "SampleTimeline.js" as Sample

Item {
    id: stage
    width: 1100
    height: 900

    TestCase {
        id: test
        name: "Chat"
        when: windowShown

        SignalSpy {
            id: frames
            signalName: "frameSwapped"
        }
        Component {
            id: pageMaker
            Rectangle {
                width: 1100
                height: 760
                color: Theme.background
                property alias page: page
                property alias rows: rows
                Rows { id: rows }
                ChatPage {
                    id: page
                    anchors.fill: parent
                    app: Harness.app
                }
            }
        }

        function make(): Item {
            tryVerify(() => Harness.app.ready, 10000);
            const item = createTemporaryObject(pageMaker, stage);
            waitForRendering(item);
            return item;
        }
        function shot(item: Item, name: string) {
            if (Harness.shots.length === 0)
                return;
            wait(120);
            grabImage(item).save(Harness.shots + "/" + name + ".png");
        }
        function both(item: Item, name: string) {
            shot(item, name + "-light");
            Theme.dark = true;
            shot(item, name + "-dark");
            Theme.dark = false;
        }
        function cleanup() {
            Theme.dark = false;
            Theme.zoom = 1;
        }
        function filled(list: var): Item {
            const item = make();
            item.rows.fill(list);
            item.page.pane.timeline.model = item.rows;
            waitForRendering(item);
            return item;
        }

        function test_aNewChatGreets() {
            const item = make();
            item.page.context.playgroundOnly = true;
            both(item, "new-chat");
        }
        function test_everyKindOfRowHasItsPlace() {
            const item = filled(Sample.chat());
            const view = item.page.pane.timeline.view;
            tryCompare(view, "count", Sample.chat().length);
            both(item, "chat-end");
            item.page.context.following = false;
            view.positionViewAtEnd();
            both(item, "chat-top");
            Theme.zoom = 1.5;
            shot(item, "chat-zoom");
        }

        function paragraphs(count: int): var {
            const list = [];
            for (let i = 0; i < count; ++i)
                list.push(Sample.row({ kind: "paragraph", messageId: "m" + i, blockId: "p" + i, html: "Paragraph " + i + ". " + "Some words to fill a line or two. ".repeat(4) }, i));
            return list.reverse();
        }
        function placeOf(view: ListView, row: int): real {
            return view.itemAtIndex(row).mapToItem(view, 0, 0).y;
        }
        function grow(item: Item, times: int) {
            let words = item.rows.get(0).html;
            for (let i = 0; i < times; ++i) {
                words += " more words arrive, one after the other, as a reply does";
                item.rows.setProperty(0, "html", words);
                waitForRendering(item, 50);
            }
        }

        function test_aShortChatBeginsAtTheTopAndGrowsDown() {
            const item = filled(paragraphs(3));
            const view = item.page.pane.timeline.view;
            tryVerify(() => placeOf(view, 2) < 60);
            const before = placeOf(view, 2);
            grow(item, 4);
            compare(placeOf(view, 2), before);
        }
        function test_theEndStaysInViewWhileFollowing() {
            const item = filled(paragraphs(40));
            const timeline = item.page.pane.timeline;
            tryVerify(() => Math.abs(timeline.toEnd) < 1);
            grow(item, 12);
            tryVerify(() => Math.abs(timeline.toEnd) < 1);
            item.rows.insert(0, Sample.row({ blockId: "new", html: "A new row" }, 99));
            tryVerify(() => Math.abs(timeline.toEnd) < 1);
            verify(item.page.context.following);
        }
        function test_scrollingUpStopsFollowingAtOnce() {
            const item = filled(paragraphs(40));
            const view = item.page.pane.timeline.view;
            mouseWheel(view, 300, 200, 0, 120);
            verify(!item.page.context.following);
        }
        function test_whatIsReadStaysInPlaceWhileTheReplyGrows() {
            const item = filled(paragraphs(40));
            const view = item.page.pane.timeline.view;
            item.page.pane.timeline.stay();
            view.anchor = null;
            view.contentY -= 60;
            item.page.pane.timeline.stay();
            waitForRendering(item, 100);
            const row = view.indexAt(300, view.contentY + 100);
            verify(row > 0);
            const before = placeOf(view, row);
            grow(item, 12);
            compare(placeOf(view, row), before);
        }
        function test_whatIsReadStaysInPlaceNearTheEndAndFarFromIt_data() {
            return [{ tag: "the last row in view", up: 20 }, { tag: "just out of view", up: 70 }, { tag: "a page up", up: 600 }, { tag: "far", up: 1100 }];
        }
        function test_whatIsReadStaysInPlaceNearTheEndAndFarFromIt(data) {
            const item = filled(paragraphs(40));
            const view = item.page.pane.timeline.view;
            item.page.pane.timeline.stay();
            view.anchor = null;
            view.contentY -= data.up;
            item.page.pane.timeline.stay();
            waitForRendering(item, 100);
            const row = view.indexAt(300, view.contentY + 100);
            const before = placeOf(view, row);
            grow(item, 12);
            compare(placeOf(view, row), before);
        }
        function test_newRowsBelowDoNotMoveWhatIsRead() {
            const item = filled(paragraphs(40));
            const view = item.page.pane.timeline.view;
            item.page.pane.timeline.stay();
            view.anchor = null;
            view.contentY -= 60;
            item.page.pane.timeline.stay();
            waitForRendering(item, 100);
            const row = view.indexAt(300, view.contentY + 100);
            const before = placeOf(view, row);
            for (let i = 0; i < 5; ++i) {
                item.rows.insert(0, Sample.row({ blockId: "new" + i, html: "A new row" }, 99));
                waitForRendering(item, 50);
                grow(item, 3);
            }
            compare(placeOf(view, row + 5), before);
        }
        function test_theJumpButtonFollowsAgain() {
            const item = filled(paragraphs(40));
            const timeline = item.page.pane.timeline;
            timeline.pageBy(-1);
            verify(!item.page.context.following);
            verify(timeline.toEnd > 40);
            timeline.jumpToEnd();
            verify(item.page.context.following);
            tryVerify(() => Math.abs(timeline.toEnd) < 1);
        }
        function test_enterSendsUnlessAnInputMethodComposes() {
            const item = make();
            const field = item.page.pane.composer.field;
            verify(field.sends(Qt.Key_Return, 0, false));
            verify(!field.sends(Qt.Key_Return, Qt.ShiftModifier, false));
            verify(!field.sends(Qt.Key_Return, 0, true));
            item.page.context.sendKey = "mod+enter";
            verify(!field.sends(Qt.Key_Return, 0, false));
            verify(field.sends(Qt.Key_Return, Qt.ControlModifier, false));
        }
        function test_anIdlePageDrawsNothing() {
            const item = filled(Sample.chat());
            item.page.pane.composer.focusField();
            waitForRendering(item);
            frames.target = item.Window.window;
            tryVerify(() => { frames.clear(); wait(500); return frames.count === 0; }, 10000);
            frames.clear();
            wait(2500);
            compare(frames.count, 0);
        }
        function test_textKeepsItsPlaceWhenItBecomesSelectable() {
            const item = filled(paragraphs(3));
            const view = item.page.pane.timeline.view;
            waitForRendering(item);
            const row = view.itemAtIndex(1);
            const before = row.height;
            mouseMove(row, 120, row.height - 36);
            shot(item, "selectable");
            compare(row.height, before);
            mouseDrag(row, 120, row.height - 36, 160, 0);
            shot(item, "selected");
            verify(test.Window.window.activeFocusItem instanceof TextEdit);
            verify(test.Window.window.activeFocusItem.selectedText.length > 3);
        }
        function test_aReplyWithEveryKindOfMarkdown() {
            const item = make();
            const app = Harness.app;
            tryVerify(() => app.models.count > 0, 10000);
            app.chat.newChat();
            app.chat.setModel("playground/echo");
            app.composer.text = Sample.markdown;
            tryVerify(() => app.chat.canSend, 5000);
            app.chat.send();
            tryVerify(() => app.timeline.count > 12 && !app.chat.streaming, 20000);
            item.page.context.toggleExpanded("");
            item.page.pane.timeline.jumpToEnd();
            wait(400);
            both(item, "markdown-end");
            item.page.pane.timeline.pageBy(-1);
            wait(300);
            both(item, "markdown-middle");
            item.page.pane.timeline.pageBy(-1);
            both(item, "markdown-top");
            item.width = 560;
            shot(item, "compact");
            item.page.sidebarVisible = true;
            shot(item, "compact-list");
        }
        function test_menusAndDialogsOpenOverThePage() {
            const item = filled(Sample.chat());
            const page = item.page;
            page.context.playgroundOnly = true;
            const list = findChild(item, "conversations");
            tryVerify(() => list.count > 0, 5000);
            const row = list.itemAtIndex(0);
            mouseMove(row, 60, 15);
            mouseClick(row, 60, 15, Qt.RightButton);
            wait(200);
            shot(item, "conversation-menu");
            keyClick(Qt.Key_Escape);
            const header = page.pane.header;
            mouseMove(header, 30, header.height / 2);
            wait(900);
            shot(item, "tooltip");
            mouseMove(item, 700, 480);
            shot(item, "hover");
            page.context.startEditing("u2", "An edited message\nof two lines");
            shot(item, "editing");
            page.context.stopEditing();
            page.pane.timeline.stay();
            Theme.zoom = 2;
            shot(item, "zoom-2");
            Theme.zoom = 0.8;
            shot(item, "zoom-0.8");
        }
        function test_aMessageIsSentAndAnswered() {
            const item = make();
            const app = Harness.app;
            tryVerify(() => app.models.count > 0, 10000);
            if (app.chat.model === "")
                app.chat.setModel(app.models.data(app.models.index(0, 0), ModelListModel.NameRole));
            item.page.pane.composer.focusField();
            for (const letter of "Hello there")
                keyClick(letter);
            compare(app.composer.text, "Hello there");
            shot(item, "typing");
            tryVerify(() => app.chat.canSend, 5000);
            keyClick(Qt.Key_Return);
            tryCompare(app.composer, "text", "", 5000);
            tryVerify(() => app.timeline.count > 1, 10000);
            shot(item, "streaming");
            tryVerify(() => !app.chat.streaming, 30000);
            both(item, "real");
            item.page.inspectorVisible = true;
            shot(item, "inspector");
            item.page.inspectorVisible = false;
            tryCompare(app.conversations, "count", 1, 5000);
            item.page.perform("chat.rename");
            keyClick(Qt.Key_A, Qt.ControlModifier);
            for (const letter of "Greeting")
                keyClick(letter);
            keyClick(Qt.Key_Return);
            tryCompare(app.chat, "title", "Greeting", 5000);
            item.page.perform("chat.model");
            shot(item, "model-picker");
            keyClick(Qt.Key_Escape);
            item.page.perform("chat.searchAll");
            wait(200);
            for (const letter of "hello")
                keyClick(letter);
            tryVerify(() => app.search.count > 0, 5000);
            shot(item, "search");
            keyClick(Qt.Key_Escape);
            item.page.perform("chat.find");
            for (const letter of "hello")
                keyClick(letter);
            tryVerify(() => app.find.count > 0, 5000);
            shot(item, "find");
            keyClick(Qt.Key_Escape);
            app.conversations.remove(app.chat.conversationId);
            tryVerify(() => app.conversations.undoAvailable, 5000);
            shot(item, "undo");
            app.conversations.undoRemove();
            tryCompare(app.conversations, "count", 1, 5000);
        }
    }
}
