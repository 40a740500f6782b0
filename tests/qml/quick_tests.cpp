// Runs every tst_*.qml of this folder. `Harness.app` is a real App on the playground with its data in a temporary folder;
// `Harness.shots` is the folder for pictures, empty when none are wanted.
#include <QQmlContext>
#include <QQmlEngine>
#include <QTemporaryDir>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuickTest/quicktest.h>

#include "app/desktop/items/window_look.h"
#include "app/desktop/shell/app.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

class Harness : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString shots READ shots CONSTANT)
    Q_PROPERTY(patchbay::App* app READ app CONSTANT)
public:
    QString shots() const { return qEnvironmentVariable("PATCHBAY_SHOTS"); }
    patchbay::App* app() const { return m_app.get(); }

public Q_SLOTS:
    void applicationAvailable() {
        qputenv("XDG_CONFIG_HOME", m_folder.filePath("config").toUtf8());
        qputenv("XDG_DATA_HOME", m_folder.filePath("data").toUtf8());
        patchbay::setUpWindowLook();
        m_app = std::make_unique<patchbay::App>();
        m_app->start({.playground = true});
    }
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath("qrc:/");
        qmlRegisterSingletonInstance("PatchbayTest", 1, 0, "Harness", this);
    }
    void cleanupTestCase() { m_app.reset(); }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<patchbay::App> m_app;
};

QUICK_TEST_MAIN_WITH_SETUP(qml_tests, Harness)

#include "quick_tests.moc"
