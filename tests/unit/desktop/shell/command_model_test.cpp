#include "app/desktop/shell/command_model.h"

#include <QSignalSpy>
#include <QStandardItemModel>
#include <QtTest>

#include "app/desktop/shell/shortcut_map.h"

using namespace patchbay;

namespace {

class Rows final : public QStandardItemModel {
public:
    Rows(const QList<QByteArray>& names, const QList<QStringList>& rows) {
        QHash<int, QByteArray> roles;
        for (int i = 0; i < names.size(); ++i)
            roles.insert(Qt::UserRole + 1 + i, names[i]);
        setItemRoleNames(roles);
        for (const QStringList& row : rows)
            add(row);
    }
    void add(const QStringList& row) {
        auto* item = new QStandardItem;
        for (int i = 0; i < row.size(); ++i)
            item->setData(row[i], Qt::UserRole + 1 + i);
        appendRow(item);
    }
};

struct Palette {
    MemoryStore store;
    ShortcutMap shortcuts{store};
    CommandModel model{shortcuts, store};
    Rows chats{{"conversationId", "title"},
               {{"c1", "Tax return 2026"}, {"c2", "旅行计划：京都三日"}, {"c3", "New York in winter"}, {"c4", "<b>&amp;"}}};
    Rows models{{"name", "label", "provider"}, {{"playground/echo", "echo", "playground"}, {"o/gpt-x", "GPT X", "OpenAI"}}};

    Palette() {
        model.setChats(&chats);
        model.setModels(&models);
        model.setPages({QVariantMap{{"id", "chat"}, {"title", "Chat"}}, QVariantMap{{"id", "settings"}, {"title", "Settings"}}});
    }
    QString at(int row, CommandModel::Role role = CommandModel::IdRole) const {
        return model.data(model.index(row), role).toString();
    }
    QString first(const QString& query) {
        model.setQuery(query);
        return model.rowCount() > 0 ? at(0) : QString();
    }
};

} // namespace

class CommandModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatFitsBestComesFirst_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("first");
        QTest::newRow("prefix") << "new c" << "chat.new";
        QTest::newRow("initials") << "nc" << "chat.new";
        QTest::newRow("words in any order") << "winter york" << "c3";
        QTest::newRow("inside") << "return" << "c1";
        QTest::newRow("case") << "TAX" << "c1";
        QTest::newRow("Chinese, two characters inside") << QStringLiteral("京都") << "c2";
        QTest::newRow("Chinese, one character") << QStringLiteral("划") << "c2";
        QTest::newRow("Chinese, characters left out") << QStringLiteral("旅计") << "c2";
        QTest::newRow("provider") << "openai" << "o/gpt-x";
        QTest::newRow("page before other things of that name") << "settings" << "settings";
        QTest::newRow("nothing") << "zzqx" << "";
    }
    void whatFitsBestComesFirst() {
        QFETCH(QString, query);
        QFETCH(QString, first);
        Palette palette;
        QCOMPARE(palette.first(query), first);
    }

    void whatWasUsedLastComesFirstAndStaysOverARestart() {
        Palette palette;
        QSignalSpy activated(&palette.model, &CommandModel::activated);
        palette.model.setQuery("york");
        palette.model.run(0);
        QCOMPARE(activated.value(0), (QVariantList{"chat", "c3"}));
        palette.model.setQuery("zoom in");
        palette.model.run(0);
        palette.model.setQuery("");
        palette.model.refresh();
        QCOMPARE(palette.at(0), QStringLiteral("view.zoomIn"));
        QCOMPARE(palette.at(1), QStringLiteral("c3"));
        QCOMPARE(palette.at(0, CommandModel::SectionRole), QStringLiteral("Recent"));

        CommandModel next(palette.shortcuts, palette.store);
        next.refresh();
        QCOMPARE(next.data(next.index(0), CommandModel::IdRole).toString(), QStringLiteral("view.zoomIn"));
    }

    void recencyOnlyBreaksTies() {
        Palette palette;
        palette.model.setQuery("winter");
        palette.model.run(0);
        QCOMPARE(palette.first("new chat"), QStringLiteral("chat.new"));
    }

    void titlesAreShownAsTextWithTheLettersBold() {
        Palette palette;
        QCOMPARE(palette.first("tax"), QStringLiteral("c1"));
        QCOMPARE(palette.at(0, CommandModel::HtmlRole), QStringLiteral("<b>Tax</b> return 2026"));
        QCOMPARE(palette.first("<b>"), QStringLiteral("c4"));
        QCOMPARE(palette.at(0, CommandModel::HtmlRole), QStringLiteral("<b>&lt;b&gt;</b>&amp;amp;"));
    }

    void actionsShowTheirKeyAsItIsNow() {
        Palette palette;
        palette.first("new chat");
        QCOMPARE(palette.at(0, CommandModel::TextRole), QKeySequence("Ctrl+N").toString(QKeySequence::NativeText));
        palette.shortcuts.rebind("chat.new", "F2");
        QCOMPARE(palette.at(0, CommandModel::TextRole), QStringLiteral("F2"));
    }

    void aChatThatCameLaterIsFound() {
        Palette palette;
        QCOMPARE(palette.first("submarine"), QString());
        palette.chats.add({"c9", "Submarine cables"});
        palette.model.refresh();
        QCOMPARE(palette.at(0), QStringLiteral("c9"));
    }

    void tenThousandChatsDoNotStallTheTyping() {
        Palette palette;
        for (int i = 0; i < 10000; ++i)
            palette.chats.add({QString::number(i), QStringLiteral("Conversation about topic number %1").arg(i)});
        palette.model.refresh();
        QElapsedTimer time;
        time.start();
        palette.model.setQuery("topic 777");
        const qint64 took = time.elapsed();
        QVERIFY(palette.model.rowCount() > 0 && palette.model.rowCount() <= 60);
        QVERIFY2(took < 250, qPrintable(QString::number(took)));
    }
};

QTEST_MAIN(CommandModelTest)
#include "command_model_test.moc"
