#include "app/desktop/shell/shortcut_map.h"

#include <QSignalSpy>
#include <QtTest>

using namespace patchbay;

class ShortcutMapTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noTwoActionsShareADefaultKey() {
        QHash<QString, QString> holders;
        for (const ActionInfo& action : actionTable()) {
            const QString key = QLatin1String(action.sequence);
            if (key.isEmpty())
                continue;
            QVERIFY2(!holders.contains(key), action.id);
            QCOMPARE(QKeySequence(key, QKeySequence::PortableText).count(), 1);
            holders.insert(key, QLatin1String(action.id));
        }
        QVERIFY(holders.size() > 30);
    }

    void aChangedKeyIsThereAfterARestart() {
        MemoryStore store;
        {
            ShortcutMap map(store);
            QSignalSpy changed(&map, &ShortcutMap::changed);
            QVERIFY(map.rebind("chat.new", "Ctrl+Alt+N"));
            QCOMPARE(changed.count(), 1);
        }
        const ShortcutMap map(store);
        QCOMPARE(map.sequence("chat.new"), QStringLiteral("Ctrl+Alt+N"));
        QVERIFY(map.customized());
        QCOMPARE(map.keys().value("chat.new").toString(), QStringLiteral("Ctrl+Alt+N"));
    }

    void aKeyThatIsTakenIsReportedAndMovesWhenTheUserInsists() {
        MemoryStore store;
        ShortcutMap map(store);
        QCOMPARE(map.holderOf("palette", "Ctrl+N"), QStringLiteral("chat.new"));
        QVERIFY(map.problemWith("palette", "Ctrl+N").contains(QStringLiteral("New chat")));
        QVERIFY(map.problemWith("chat.new", "Ctrl+N").isEmpty());
        QVERIFY(map.rebind("palette", "Ctrl+N"));
        QCOMPARE(map.sequence("palette"), QStringLiteral("Ctrl+N"));
        QCOMPARE(map.sequence("chat.new"), QString());
        map.reset("chat.new"); // and back
        QCOMPARE(map.sequence("chat.new"), QStringLiteral("Ctrl+N"));
        QCOMPARE(map.sequence("palette"), QString());
        map.resetAll();
        QCOMPARE(map.sequence("palette"), QStringLiteral("Ctrl+K"));
        QVERIFY(!map.customized());
        QVERIFY(store.value("shortcuts").toMap().isEmpty());
    }

    void aKeyThatTypesIsRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<bool>("usable");
        QTest::newRow("letter") << "A" << false;
        QTest::newRow("shifted letter") << "Shift+A" << false;
        QTest::newRow("digit") << "7" << false;
        QTest::newRow("Chinese letter") << QStringLiteral("中") << false;
        QTest::newRow("Enter") << "Return" << false;
        QTest::newRow("nonsense") << "Ctrl+Foo" << false;
        QTest::newRow("two keys") << "Ctrl+K, Ctrl+L" << false;
        QTest::newRow("function key") << "F5" << true;
        QTest::newRow("Home") << "Home" << true;
        QTest::newRow("with Alt") << "Alt+A" << true;
    }
    void aKeyThatTypesIsRefused() {
        QFETCH(QString, key);
        QFETCH(bool, usable);
        MemoryStore store;
        ShortcutMap map(store);
        QCOMPARE(map.problemWith("chat.rename", key).isEmpty(), usable);
        QCOMPARE(map.rebind("chat.rename", key), usable);
        QCOMPARE(map.sequence("chat.rename").isEmpty(), !usable);
    }

    void aDamagedStoreGivesNoKeyToTwoActions() {
        MemoryStore store;
        store.setValue("shortcuts", QVariantMap{{"chat.rename", "Ctrl+J"},
                                                {"chat.fork", "Ctrl+J"},
                                                {"chat.pin", "x"},
                                                {"no.such.action", "Ctrl+U"},
                                                {"chat.export", "Ctrl+N"}});
        const ShortcutMap map(store);
        QSet<QString> seen;
        for (const ActionInfo& action : actionTable()) {
            const QString key = map.sequence(QLatin1String(action.id));
            QVERIFY2(key.isEmpty() || !seen.contains(key), action.id);
            seen.insert(key);
        }
        QVERIFY(seen.contains("Ctrl+J"));
        QCOMPARE(map.sequence("chat.new"), QStringLiteral("Ctrl+N"));
        QCOMPARE(map.sequence("chat.pin"), QString());
    }

    void recordingWaitsForMoreThanModifiers() {
        QCOMPARE(ShortcutMap::recorded(Qt::Key_Control, Qt::ControlModifier), QString());
        QCOMPARE(ShortcutMap::recorded(Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier), QStringLiteral("Ctrl+Shift+J"));
        QCOMPARE(ShortcutMap::recorded(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier),
                 QStringLiteral("Ctrl+Shift+Tab"));
        QCOMPARE(ShortcutMap::recorded(Qt::Key_End, Qt::KeypadModifier), QStringLiteral("End"));
    }

    void aControlAsksForItsOwnKey() {
        MemoryStore store;
        ShortcutMap map(store);
        QVERIFY(map.matches("message.editLast", Qt::Key_Up, Qt::NoModifier));
        QVERIFY(map.matches("message.editLast", Qt::Key_Up, Qt::KeypadModifier));
        QVERIFY(!map.matches("message.editLast", Qt::Key_Up, Qt::ShiftModifier));
        map.rebind("message.editLast", "Alt+Up");
        QVERIFY(!map.matches("message.editLast", Qt::Key_Up, Qt::NoModifier));
    }

    void theSheetHasEveryKeyOnceAndThePagesTogether() {
        MemoryStore store;
        ShortcutMap map(store);
        const auto rows = [&] {
            int count = 0;
            for (const QVariant& group : map.groups())
                count += int(group.toMap().value("rows").toList().size());
            return count;
        };
        int withKey = 0;
        for (const ActionInfo& action : actionTable())
            withKey += *action.sequence ? 1 : 0;
        QCOMPARE(rows(), withKey - 8);
        map.rebind("page.4", "Alt+4");
        QCOMPARE(rows(), withKey);
    }
};

QTEST_MAIN(ShortcutMapTest)
#include "shortcut_map_test.moc"
