#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QtQml/QQmlExtensionPlugin>
#include <QtTest>

#include "app/desktop/shell/app.h"
#include "e2e/window/x_keyboard.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

using namespace patchbay;
using namespace patchbay::test;

// One window for all tests, as a person has it; each test begins with a new chat.
class WindowTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        CompositionOptions options;
        options.places.dataDir = m_folder.filePath("data").toStdString();
        options.places.configFile = m_folder.filePath("config.toml").toStdString();
        options.playground = true;
        options.logLevel = LogLevel::Error;
        QFile config(m_folder.filePath("config.toml"));
        QVERIFY(config.open(QIODevice::WriteOnly));
        config.close();
        m_app.start(std::move(options));
        m_engine.addImportPath("qrc:/");
        m_engine.setInitialProperties({{"app", QVariant::fromValue(&m_app)}});
        m_engine.load(QUrl("qrc:/Patchbay/Main.qml"));
        QVERIFY(!m_engine.rootObjects().isEmpty());
        m_window = qobject_cast<QQuickWindow*>(m_engine.rootObjects().first());
        QVERIFY(m_window);
        QVERIFY(QTest::qWaitForWindowExposed(m_window));
        m_window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(m_window));
        QTRY_VERIFY(m_app.ready());
        dismissFirstRun();
    }

    void init() {
        QVERIFY(pressKey("ctrl+n"));
        QTRY_VERIFY(chat().conversationId().isEmpty());
        chat().setModel("playground/echo");
    }

    void typeAndSend() {
        QVERIFY(typeText("hello window"));
        QTRY_COMPARE(m_app.composer()->text(), QString("hello window"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(replies(), QStringList{"hello window"});
        QTRY_VERIFY(!chat().streaming());
        QCOMPARE(m_app.composer()->text(), QString());
    }

    void shiftEnterIsANewLine() {
        QVERIFY(typeText("one"));
        QVERIFY(pressKey("shift+Return"));
        QVERIFY(typeText("two"));
        QTRY_COMPARE(m_app.composer()->text(), QString("one\ntwo"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(prompts(), QStringList{"one\ntwo"});
    }

    void escapeStopsAndKeepsWhatCame() {
        chat().setModel("playground/long:2000@50");
        QVERIFY(typeText("go"));
        QVERIFY(pressKey("Return"));
        QTRY_VERIFY(chat().streaming());
        QTRY_VERIFY(replies().join(' ').contains("token5"));
        QVERIFY(pressKey("Escape"));
        QTRY_VERIFY(!chat().streaming());
        QVERIFY(replies().join(' ').contains("token5"));
        QTRY_VERIFY(hasRow(TimelineModel::StatusRole, "stopped"));
    }

    void messagesSentWhileStreamingQueue() {
        chat().setModel("playground/long:40@40");
        QVERIFY(typeText("first"));
        QVERIFY(pressKey("Return"));
        QTRY_VERIFY(chat().streaming());
        QVERIFY(typeText("second"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(m_app.composer()->text(), QString());
        QCOMPARE(prompts(), QStringList{"first"});
        QTRY_COMPARE_WITH_TIMEOUT(prompts(), (QStringList{"first", "second"}), 15000);
        QTRY_VERIFY_WITH_TIMEOUT(!chat().streaming(), 15000);
    }

    void upEditsTheLastMessageAndAltArrowsSwitchVersions() {
        QVERIFY(typeText("alpha"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(replies(), QStringList{"alpha"});
        QTRY_VERIFY(!chat().streaming());
        QVERIFY(pressKey("Up"));
        QTest::qWait(200); // the editor takes the focus
        QVERIFY(pressKey("ctrl+a"));
        QVERIFY(typeText("beta"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(replies(), QStringList{"beta"});
        QTRY_COMPARE(prompts(), QStringList{"beta"});
        QTRY_VERIFY(!chat().streaming());
        QTRY_VERIFY(hasRow(TimelineModel::VersionCountRole, 2));
        QVERIFY(pressKey("ctrl+l"));
        QVERIFY(pressKey("alt+Left"));
        QTRY_COMPARE(prompts(), QStringList{"alpha"});
        QVERIFY(pressKey("alt+Right"));
        QTRY_COMPARE(prompts(), QStringList{"beta"});
    }

    void regenerateMakesAnotherVersion() {
        QVERIFY(typeText("again"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(replies(), QStringList{"again"});
        QTRY_VERIFY(!chat().streaming());
        QVERIFY(pressKey("ctrl+r"));
        QTRY_VERIFY(hasRow(TimelineModel::VersionCountRole, 2));
        QTRY_VERIFY(!chat().streaming());
    }

    void searchFindsAnOlderChatAndOpensIt() {
        QVERIFY(typeText("needle in a haystack"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(replies(), QStringList{"needle in a haystack"});
        QTRY_VERIFY(!chat().streaming());
        const QString id = chat().conversationId();
        QVERIFY(pressKey("ctrl+n"));
        QTRY_VERIFY(chat().conversationId() != id);
        QVERIFY(pressKey("ctrl+shift+f"));
        QTest::qWait(200);
        QVERIFY(typeText("needle"));
        QTRY_VERIFY(m_app.search()->rowCount() > 0);
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(chat().conversationId(), id);
    }

    void enterBelongsToTheInputMethodWhileItComposes() {
        QVERIFY(pressKey("ctrl+l"));
        QTRY_VERIFY(QGuiApplication::focusObject());
        QInputMethodEvent composing(QString("ni hao"), {});
        QCoreApplication::sendEvent(QGuiApplication::focusObject(), &composing);
        QVERIFY(pressKey("Return"));
        QTest::qWait(150);
        QVERIFY(chat().conversationId().isEmpty()); // nothing was sent
        QInputMethodEvent committed;
        committed.setCommitString(QString::fromUtf8("\xe4\xbd\xa0\xe5\xa5\xbd"));
        QCoreApplication::sendEvent(QGuiApplication::focusObject(), &committed);
        QTRY_COMPARE(m_app.composer()->text(), QString::fromUtf8("\xe4\xbd\xa0\xe5\xa5\xbd"));
        QVERIFY(pressKey("Return"));
        QTRY_COMPARE(replies(), QStringList{QString::fromUtf8("\xe4\xbd\xa0\xe5\xa5\xbd")});
    }

private:
    ChatController& chat() { return *m_app.chat(); }

    void dismissFirstRun() {
        for (int i = 0; i < 4; ++i) { // three steps, each can be skipped
            pressKey("Escape");
            QTest::qWait(150);
        }
    }

    QVariant at(int row, int role) { return m_app.timeline()->index(row, 0).data(role); }

    bool hasRow(int role, const QVariant& value) {
        for (int row = 0; row < m_app.timeline()->rowCount(); ++row)
            if (at(row, role) == value)
                return true;
        return false;
    }

    /// Texts of the messages of that role, oldest first; the blocks of one message are joined.
    QStringList textsOf(const QString& role) {
        QStringList texts;
        QString last;
        for (int row = m_app.timeline()->rowCount() - 1; row >= 0; --row) {
            const QString kind = at(row, TimelineModel::KindRole).toString();
            if (at(row, TimelineModel::RoleRole).toString() != role || kind == "footer" || kind == "day")
                continue;
            const QString id = at(row, TimelineModel::MessageIdRole).toString();
            const QString text = at(row, TimelineModel::PlainRole).toString();
            if (id == last)
                texts.last() += '\n' + text;
            else
                texts += text;
            last = id;
        }
        return texts;
    }
    QStringList replies() { return textsOf("assistant"); }
    QStringList prompts() { return textsOf("user"); }

    QTemporaryDir m_folder;
    App m_app;
    QQmlApplicationEngine m_engine;
    QQuickWindow* m_window = nullptr;
};

QTEST_MAIN(WindowTest)
#include "window_test.moc"
