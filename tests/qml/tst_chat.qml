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
            return createTemporaryObject(pageMaker, stage);
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
            return item;
        }

        function test_aNewChatGreets() {
            const item = make();
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
    }
}
