import QtQuick
import QtTest
import Patchbay
import PatchbayTest

Item {
    id: stage
    width: 1100
    height: 900

    TestCase {
        id: test
        name: "Controls"
        when: windowShown

        Component {
            id: gallery
            Gallery {}
        }

        function make(): Item {
            const item = createTemporaryObject(gallery, stage);
            waitForRendering(item);
            return item;
        }
        function shot(item: Item, name: string) {
            if (Harness.shots.length > 0) {
                wait(60);
                grabImage(item).save(Harness.shots + "/" + name + ".png");
            }
        }
        function cleanup() {
            Theme.dark = false;
            Theme.zoom = 1;
        }

        function test_everyControlAppearsInBothThemes() {
            const item = make();
            shot(item, "gallery-light");
            Theme.dark = true;
            compare(item.color, Theme.background);
            shot(item, "gallery-dark");
        }
        function test_zoomScalesEveryLength() {
            const item = make();
            const before = item.button.height;
            Theme.zoom = 2;
            compare(item.button.height, 2 * before);
            compare(Theme.sizeBody, 30);
        }
        function test_enterPressesTheFocusedButton() {
            const item = make();
            let clicks = 0;
            item.button.clicked.connect(() => ++clicks);
            item.button.forceActiveFocus(Qt.TabFocusReason);
            verify(item.button.visualFocus);
            keyClick(Qt.Key_Return);
            compare(clicks, 1);
        }
        function test_arrowsChooseASegment() {
            const item = make();
            mouseClick(item.segments, item.segments.width - 20, 10);
            compare(item.segments.value, "dark");
        }
        function test_tabLeavesTheTextArea() {
            const item = make();
            item.area.edit.forceActiveFocus();
            verify(item.area.edit.activeFocus);
            keyClick(Qt.Key_Tab);
            verify(!item.area.edit.activeFocus);
            compare(item.area.text, "");
        }
        function test_clearingAFieldEmptiesIt() {
            const item = make();
            mouseClick(item.field, item.field.width - 12, item.field.height / 2);
            compare(item.field.text, "");
        }
        function test_textIsReadableOnEveryGround_data() {
            return [{ tag: "light", dark: false }, { tag: "dark", dark: true }];
        }
        function luminance(colour): real {
            const part = value => value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
            return 0.2126 * part(colour.r) + 0.7152 * part(colour.g) + 0.0722 * part(colour.b);
        }
        function contrast(a, b): real {
            const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
            return (high + 0.05) / (low + 0.05);
        }
        function test_textIsReadableOnEveryGround(row) {
            Theme.dark = row.dark;
            for (const ground of [Theme.background, Theme.surface, Theme.sunken, Theme.popup, Theme.userTint]) {
                for (const colour of [Theme.text, Theme.text2, Theme.text3, Theme.accent, Theme.ok, Theme.warn, Theme.error])
                    verify(contrast(colour, ground) >= 4.5, "" + colour + " on " + ground + ": " + contrast(colour, ground).toFixed(2));
            }
            verify(contrast(Theme.accentText, Theme.accent) >= 4.5);
        }
    }
}
