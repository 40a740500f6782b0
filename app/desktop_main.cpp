// patchbay-desktop: the window.
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QtQml/QQmlExtensionPlugin>

#include "app/desktop/shell/app.h"
#include "app/os_process.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

int main(int argc, char** argv) {
    patchbay::hardenProcess(false); // before anything can hold a key
    QGuiApplication application(argc, argv);
    QGuiApplication::setApplicationName("patchbay");
    QGuiApplication::setApplicationDisplayName("Patchbay");
    QGuiApplication::setApplicationVersion(PATCHBAY_VERSION);

    patchbay::App app;
    app.start({.playground = application.arguments().contains("--playground")});

    QQmlApplicationEngine engine;
    engine.addImportPath("qrc:/");
    engine.setInitialProperties({{"app", QVariant::fromValue(&app)}});
    engine.load(QUrl("qrc:/Patchbay/Main.qml"));
    return engine.rootObjects().isEmpty() ? 1 : QGuiApplication::exec();
}
