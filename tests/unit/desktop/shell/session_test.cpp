#include "app/desktop/shell/session_keeper.h"

#include <QtTest>

using namespace patchbay;

class SessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWindowComesBackOntoAScreenThatIsThere_data() {
        QTest::addColumn<QRect>("wanted");
        QTest::addColumn<QRect>("placed");
        QTest::newRow("as it was") << QRect(100, 50, 800, 600) << QRect(100, 50, 800, 600);
        QTest::newRow("second screen") << QRect(2000, 100, 800, 600) << QRect(2000, 100, 800, 600);
        QTest::newRow("over an edge") << QRect(-300, -40, 800, 600) << QRect(0, 0, 800, 600);
        QTest::newRow("larger than the screen") << QRect(0, 0, 5000, 4000) << QRect(0, 0, 1920, 1080);
        QTest::newRow("its screen is gone") << QRect(9000, 9000, 800, 600) << QRect(560, 240, 800, 600);
    }
    void aWindowComesBackOntoAScreenThatIsThere() {
        QFETCH(QRect, wanted);
        QFETCH(QRect, placed);
        QCOMPARE(placedOnScreen(wanted, {QRect(0, 0, 1920, 1080), QRect(1920, 0, 1280, 1024)}), placed);
    }

    void theWindowIsWhereItWas() {
        MemoryStore store;
        {
            SessionKeeper session(store);
            QWindow window;
            session.watch(&window);
            window.setGeometry(40, 30, 500, 400);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            session.setChat("chat-1");
            session.setPage("settings");
            session.flush();
        }
        SessionKeeper session(store);
        QWindow window;
        session.watch(&window);
        QCOMPARE(window.geometry(), QRect(40, 30, 500, 400));
        QCOMPARE(session.chat(), QStringLiteral("chat-1"));
        QCOMPARE(session.page(), QStringLiteral("settings"));
    }
};

QTEST_MAIN(SessionTest)
#include "session_test.moc"
