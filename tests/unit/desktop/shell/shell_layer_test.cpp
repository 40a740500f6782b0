// The layer above the pages, driven by keys in a window.
#include <QInputMethodEvent>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QtQml/QQmlExtensionPlugin>
#include <QtTest>

#include "app/desktop/shell/app.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

using namespace patchbay;

namespace {

constexpr auto kWindow = "import QtQuick\n"
                         "import QtQuick.Templates as T\n"
                         "import Patchbay\n"
                         "T.ApplicationWindow {\n"
                         "    id: window\n"
                         "    required property App app\n"
                         "    property string action\n"
                         "    property string page\n"
                         "    readonly property bool paletteOpen: shell.commandPalette.opened\n"
                         "    readonly property bool paletteGone: !shell.commandPalette.visible\n"
                         "    readonly property bool sheetOpen: shell.sheet.opened\n"
                         "    width: 900; height: 640; visible: true\n"
                         "    ShellLayer {\n"
                         "        id: shell\n"
                         "        app: window.app\n"
                         "        onTriggered: action => window.action = action\n"
                         "        onPageRequested: page => window.page = page\n"
                         "    }\n"
                         "}\n";

} // namespace

class ShellLayerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_app = std::make_unique<App>();
        m_app->settings()->setPersistent(false);
        m_app->palette()->setPages({QVariantMap{{"id", "settings"}, {"title", "Settings"}}});
        m_engine = std::make_unique<QQmlApplicationEngine>();
        m_app->setUp(*m_engine);
        m_engine->setInitialProperties({{"app", QVariant::fromValue(m_app.get())}});
        m_engine->loadData(kWindow);
        QVERIFY(!m_engine->rootObjects().isEmpty());
        m_window = qobject_cast<QQuickWindow*>(m_engine->rootObjects().first());
        m_window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(m_window));
    }
    void cleanup() {
        m_engine.reset();
        m_app.reset();
    }

    void keysBecomeActions() {
        QTest::keyClick(m_window, Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(action(), QStringLiteral("chat.new"));
        QTest::keyClick(m_window, Qt::Key_Semicolon, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(action(), QStringLiteral("code.copy"));
        QTest::keyClick(m_window, Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(action(), QStringLiteral("page.3"));
    }

    void aChangedKeyWorksAtOnce() {
        m_app->shortcuts()->rebind("chat.new", "Ctrl+Alt+J");
        QTest::keyClick(m_window, Qt::Key_N, Qt::ControlModifier);
        QCOMPARE(action(), QString());
        QTest::keyClick(m_window, Qt::Key_J, Qt::ControlModifier | Qt::AltModifier);
        QCOMPARE(action(), QStringLiteral("chat.new"));
    }

    void thePaletteRunsWhatIsTyped() {
        openPalette();
        QTest::keyClick(m_window, Qt::Key_N, Qt::ControlModifier); // not the window's turn
        QCOMPARE(action(), QString());
        type("zoom");
        QTest::keyClick(m_window, Qt::Key_Down);
        QTest::keyClick(m_window, Qt::Key_Up);
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(action(), QStringLiteral("view.zoomIn"));
        QTRY_VERIFY(paletteGone());
        openPalette();
        type("settings");
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(m_window->property("page").toString(), QStringLiteral("settings"));
    }

    void enterBelongsToTheInputMethodWhileItComposes() {
        openPalette();
        type("new");
        QInputMethodEvent composing(QStringLiteral("xin"), {});
        QCoreApplication::sendEvent(m_window->focusObject(), &composing);
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(action(), QString());
        QVERIFY(paletteOpen());
        QInputMethodEvent committed;
        committed.setCommitString(QString());
        QCoreApplication::sendEvent(m_window->focusObject(), &committed);
        QTest::keyClick(m_window, Qt::Key_Return);
        QCOMPARE(action(), QStringLiteral("chat.new"));
    }

    void theSameKeyAndEscapeCloseThePalette() {
        openPalette();
        QTest::keyClick(m_window, Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(paletteGone());
        openPalette();
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(paletteGone());
        QCOMPARE(action(), QString()); // the popup's, not the window's
    }

    void theSheetOfShortcutsOpensAndCloses() {
        QTest::keyClick(m_window, Qt::Key_Slash, Qt::ControlModifier);
        QTRY_VERIFY(m_window->property("sheetOpen").toBool());
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(!m_window->property("sheetOpen").toBool());
    }

    void anIdleWindowDrawsNothingAndTheFiguresSaySo() {
        m_app->about()->watch(m_window);
        m_window->update();
        QSignalSpy drawn(m_window, &QQuickWindow::frameSwapped);
        QVERIFY(drawn.wait());
        QTest::qWait(300); // what moved at the start has settled
        m_app->about()->refresh();
        const int before = m_app->about()->frames();
        QVERIFY(before > 0);
        QVERIFY(m_app->about()->frameP99Ms() > 0);
        QVERIFY(m_app->about()->startMs() > 0);
        QVERIFY(m_app->about()->memoryMiB() > 5);
        QTest::qWait(500);
        m_app->about()->refresh();
        QCOMPARE(m_app->about()->frames(), before);
    }

private:
    QString action() const { return m_window->property("action").toString(); }
    bool paletteOpen() const { return m_window->property("paletteOpen").toBool(); }
    bool paletteGone() const { return m_window->property("paletteGone").toBool(); }
    void openPalette() {
        QTest::keyClick(m_window, Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(paletteOpen());
    }
    void type(const char* text) {
        for (const char* letter = text; *letter; ++letter)
            QTest::keyClick(m_window, *letter);
    }

    std::unique_ptr<App> m_app;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
};

QTEST_MAIN(ShellLayerTest)
#include "shell_layer_test.moc"
