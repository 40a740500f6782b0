// The dialogs for import and export in a real window, on the real controller. With PATCHBAY_PICTURES=folder each state
// is written there in both themes, to be looked at.
#include <QDir>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <QtQml/QQmlExtensionPlugin>
#include <QtTest>

#include "app/desktop/transfer/transfer_controller.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

using namespace patchbay;

namespace {

const char* const kWindow = "import QtQuick\n"
                            "import QtQuick.Templates as T\n"
                            "import Patchbay\n"
                            "T.ApplicationWindow {\n"
                            "    id: window\n"
                            "    required property TransferController transfer\n"
                            "    property bool dark: false\n"
                            "    property var importing: importDialog\n"
                            "    property var exporting: exportDialog\n"
                            "    width: 640; height: 560; visible: true; color: Theme.background\n"
                            "    onDarkChanged: Theme.dark = dark\n"
                            "    Component.onCompleted: Theme.reducedMotion = true\n"
                            "    ImportDialog { id: importDialog; transfer: window.transfer }\n"
                            "    ExportDialog { id: exportDialog; transfer: window.transfer; conversationId: 'x';\n"
                            "        conversationTitle: 'Größe der 长城' }\n"
                            "}\n";

} // namespace

class DialogsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile(m_folder->filePath("config.toml")).open(QIODevice::WriteOnly);
        CompositionOptions options;
        options.places.dataDir = m_folder->filePath("data").toStdString();
        options.places.configFile = m_folder->filePath("config.toml").toStdString();
        options.playground = true;
        options.logLevel = LogLevel::Error;
        m_bridge = std::make_unique<EngineBridge>();
        m_bridge->start(std::move(options), [](Result<void> result) { result.value(); });
        QTRY_VERIFY(m_bridge->ready());
        m_transfer = std::make_unique<TransferController>(*m_bridge);
        m_engine = std::make_unique<QQmlApplicationEngine>();
        m_engine->addImportPath("qrc:/");
        m_engine->setInitialProperties({{"transfer", QVariant::fromValue(m_transfer.get())}});
        m_engine->loadData(kWindow);
        QVERIFY(!m_engine->rootObjects().isEmpty());
        m_window = qobject_cast<QQuickWindow*>(m_engine->rootObjects().first());
        QVERIFY(QTest::qWaitForWindowExposed(m_window));
    }
    void cleanup() {
        m_engine.reset();
        m_transfer.reset();
        m_bridge.reset();
    }

    void importShowsProgressThenTheSummary() {
        QObject* dialog = m_window->property("importing").value<QObject*>();
        open(dialog);
        QVERIFY(button("chooseButton", dialog)->isVisible());
        picture("import-choose");
        m_transfer->importFile(QUrl::fromLocalFile(PATCHBAY_FIXTURES "/import/chatgpt.json"));
        QVERIFY(dialog->property("running").toBool());
        QVERIFY(!button("chooseButton", dialog)->isVisible());
        picture("import-running");
        QTRY_VERIFY(dialog->property("finished").toBool());
        QCOMPARE(button("closeButton", dialog)->property("text").toString(), QString("Close"));
        picture("import-summary");
        QTRY_VERIFY(button("closeButton", dialog)->hasActiveFocus());
        QTest::keyClick(m_window, Qt::Key_Return);
        QTRY_VERIFY(!dialog->property("visible").toBool());
        open(dialog); // it begins anew
        QVERIFY(!dialog->property("finished").toBool());
    }

    void importShowsWhatIsWrongAndLetsChooseAgain() {
        QObject* dialog = m_window->property("importing").value<QObject*>();
        open(dialog);
        m_transfer->importFile(QUrl::fromLocalFile(m_folder->filePath("没有.zip")));
        QTRY_VERIFY(!m_transfer->busy());
        QVERIFY(!m_transfer->errorText().isEmpty());
        QVERIFY(button("chooseButton", dialog)->isVisible());
        picture("import-error");
    }

    void escapeClosesOnlyWhileNothingRuns() {
        QByteArray many("[");
        for (int i = 0; i < 20000; ++i)
            many += QStringLiteral("%1{\"uuid\":\"c%2\",\"created_at\":\"2024-02-01T09:00:00Z\","
                                   "\"chat_messages\":[{\"uuid\":\"m\",\"sender\":\"human\",\"text\":\"hi\"}]}")
                        .arg(i ? "," : "")
                        .arg(i)
                        .toUtf8();
        QFile file(m_folder->filePath("many.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(many + "]") > 0);
        file.close();
        QObject* dialog = m_window->property("importing").value<QObject*>();
        open(dialog);
        m_transfer->importFile(QUrl::fromLocalFile(file.fileName()));
        QTRY_VERIFY(m_transfer->progress() > 0.02);
        QTest::keyClick(m_window, Qt::Key_Escape);
        QVERIFY(dialog->property("visible").toBool());
        picture("import-progress");
        click(button("closeButton", dialog)); // "Cancel" now
        QTRY_VERIFY(dialog->property("finished").toBool());
        QVERIFY(m_transfer->summary()["cancelled"].toBool());
        picture("import-cancelled");
        QTest::keyClick(m_window, Qt::Key_Escape);
        QTRY_VERIFY(!dialog->property("visible").toBool());
    }

    void exportOffersScopeAndFormat() {
        QObject* dialog = m_window->property("exporting").value<QObject*>();
        open(dialog);
        QCOMPARE(dialog->property("scope").toString(), QString("one"));
        picture("export-one");
        dialog->setProperty("scope", "all");
        dialog->setProperty("format", "html");
        QCOMPARE(button("chooseButton", dialog)->property("text").toString(), QString("Choose folder…"));
        picture("export-all");
        m_transfer->exportAll(QUrl::fromLocalFile(m_folder->path()), "html");
        QTRY_VERIFY(dialog->property("finished").toBool());
        picture("export-none");
        m_transfer->importFile(QUrl::fromLocalFile(PATCHBAY_FIXTURES "/import/chatgpt.json"));
        QTRY_VERIFY(!m_transfer->busy());
        m_transfer->exportAll(QUrl::fromLocalFile(m_folder->path()), "html");
        QTRY_VERIFY(dialog->property("finished").toBool());
        picture("export-summary");
    }

private:
    void open(QObject* dialog) {
        QMetaObject::invokeMethod(dialog, "open");
        QTRY_VERIFY(dialog->property("opened").toBool());
    }
    static QQuickItem* button(const char* name, QObject* dialog) {
        auto* found = dialog->findChild<QQuickItem*>(name);
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    void click(QQuickItem* item) {
        QTest::mouseClick(m_window, Qt::LeftButton, {},
                          item->mapToScene(QPointF(item->width() / 2, item->height() / 2)).toPoint());
    }
    void picture(const QString& name) {
        const QString folder = qEnvironmentVariable("PATCHBAY_PICTURES");
        if (folder.isEmpty())
            return;
        for (const bool dark : {true, false}) {
            m_window->setProperty("dark", dark);
            m_window->grabWindow().save(QDir(folder).filePath(name + (dark ? "-dark.png" : "-light.png")));
        }
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<EngineBridge> m_bridge;
    std::unique_ptr<TransferController> m_transfer;
    std::unique_ptr<QQmlApplicationEngine> m_engine;
    QQuickWindow* m_window = nullptr;
};

QTEST_MAIN(DialogsTest)
#include "dialogs_test.moc"
