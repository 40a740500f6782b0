#include "app/desktop/shell/notifier.h"

#include <QSignalSpy>
#include <QStandardItemModel>
#include <QtTest>

using namespace patchbay;

namespace {

struct Chats : QStandardItemModel {
    enum { Id = Qt::UserRole + 1, Title, Streaming };
    Chats() { setItemRoleNames({{Id, "conversationId"}, {Title, "title"}, {Streaming, "streaming"}}); }
    void add(const QString& id, bool streaming) {
        auto* item = new QStandardItem;
        item->setData(id, Id);
        item->setData(QString("Title of " + id), Title);
        item->setData(streaming, Streaming);
        appendRow(item);
    }
};

} // namespace

class ReplyWatchTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qunsetenv("DBUS_SESSION_BUS_ADDRESS"), qunsetenv("XDG_RUNTIME_DIR"); }

    void theEndOfALongReplyIsTold() {
        Chats chats;
        ReplyWatch watch(chats, 0);
        QSignalSpy told(&watch, &ReplyWatch::longReplyEnded);
        chats.add("a", false);
        chats.add("b", true); // a new chat appears streaming
        chats.item(0)->setData(true, Chats::Streaming);
        QCOMPARE(told.count(), 0);
        chats.item(1)->setData(false, Chats::Streaming);
        QCOMPARE(told.value(0), (QVariantList{"b", "Title of b"}));
        chats.item(0)->setData(false, Chats::Streaming);
        QCOMPARE(told.count(), 2);
    }

    void aShortReplyIsNot() {
        Chats chats;
        ReplyWatch watch(chats, 60000);
        QSignalSpy told(&watch, &ReplyWatch::longReplyEnded);
        chats.add("a", true);
        chats.item(0)->setData(false, Chats::Streaming);
        QCOMPARE(told.count(), 0);
    }

    void withoutADesktopServiceTheTrayShowsIt() {
        Chats chats;
        Notifier notifier(chats, nullptr, 0);
        QSignalSpy tray(&notifier, &Notifier::trayMessage);
        chats.add("a", true);
        chats.item(0)->setData(false, Chats::Streaming);
        QCOMPARE(tray.count(), 1);
        QCOMPARE(tray[0][2].toString(), QStringLiteral("a"));
    }

    void nothingIsShownWhileTheWindowIsActiveOrWhenSwitchedOff() {
        Chats chats;
        Notifier notifier(chats, nullptr, 0);
        QSignalSpy tray(&notifier, &Notifier::trayMessage);
        QWindow window;
        notifier.watch(&window);
        window.show();
        window.requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        chats.add("a", true);
        chats.item(0)->setData(false, Chats::Streaming);
        QCOMPARE(tray.count(), 0);
        window.hide();
        notifier.setEnabled(false);
        chats.item(0)->setData(true, Chats::Streaming);
        chats.item(0)->setData(false, Chats::Streaming);
        QCOMPARE(tray.count(), 0);
        notifier.setEnabled(true);
        chats.item(0)->setData(true, Chats::Streaming);
        chats.item(0)->setData(false, Chats::Streaming);
        QCOMPARE(tray.count(), 1);
    }
};

QTEST_MAIN(ReplyWatchTest)
#include "reply_watch_test.moc"
