// Runs every tst_*.qml of this folder. `Harness.shots` is the folder for pictures, empty when none are wanted.
#include <QQmlContext>
#include <QQmlEngine>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuickTest/quicktest.h>

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

class Harness : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString shots READ shots CONSTANT)
public:
    QString shots() const { return qEnvironmentVariable("PATCHBAY_SHOTS"); }

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine* engine) {
        engine->addImportPath("qrc:/");
        qmlRegisterSingletonInstance("PatchbayTest", 1, 0, "Harness", this);
    }
};

QUICK_TEST_MAIN_WITH_SETUP(qml_tests, Harness)

#include "quick_tests.moc"
