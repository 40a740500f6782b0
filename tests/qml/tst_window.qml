import QtQuick
import QtTest
import Patchbay
import PatchbayTest

Item {
    id: stage

    TestCase {
        id: test
        name: "Window"
        when: windowShown

        Component {
            id: maker
            Main { app: Harness.app }
        }
        SignalSpy {
            id: frames
            signalName: "frameSwapped"
        }

        function make(): Main {
            tryVerify(() => Harness.app.ready, 10000);
            const window = createTemporaryObject(maker, stage);
            window.requestActivate();
            tryVerify(() => window.active, 5000);
            waitForRendering(window.contentItem);
            return window;
        }
        function shot(window: Main, name: string) {
            if (Harness.shots.length === 0)
                return;
            wait(150);
            grabImage(window.contentItem).save(Harness.shots + "/" + name + ".png");
        }
        function cleanup() {
            Harness.app.settings.zoom = 1;
            Harness.app.settings.theme = "light";
        }

        function test_theWindowShowsTheChatPage() {
            const window = make();
            compare(window.currentPage, "chat");
            shot(window, "window");
            window.act("view.theme");
            verify(Theme.dark);
            shot(window, "window-dark");
        }
        function test_zoomFollowsItsKeys() {
            const window = make();
            window.act("view.zoomIn");
            compare(Theme.zoom, 1.1);
            window.act("view.zoomReset");
            compare(Theme.zoom, 1);
        }
        function test_keysReachTheChat() {
            const window = make();
            window.showPage("settings");
            window.act("chat.find");
            compare(window.currentPage, "chat");
        }
        function test_anIdleWindowDrawsNothing() {
            const window = make();
            frames.target = window;
            tryVerify(() => { frames.clear(); wait(500); return frames.count === 0; }, 10000);
            frames.clear();
            wait(5000);
            compare(frames.count, 0);
        }
    }
}
