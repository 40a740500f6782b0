// patchbay-desktop: the window.
#include <cstdio>

#include <QGuiApplication>
#include <QIcon>
#include <QQmlApplicationEngine>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QtQml/QQmlExtensionPlugin>

#include "app/desktop/items/window_look.h"
#include "app/desktop/shell/app.h"
#include "app/desktop/shell/single_instance.h"
#include "app/desktop/shell/start_options.h"
#include "app/desktop/shots/shot_runner.h"
#include "app/os_process.h"
#include "services/places.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

namespace {

using namespace patchbay;

enum : int { kOk = 0, kFailure = 1, kUsage = 2, kUnavailable = 4 }; // as patchbay's own, docs/CLI.md

QStringList argumentsOf(int argc, char** argv) {
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

int print(const Error& error, int code) {
    std::fprintf(stderr, "patchbay-desktop: %s\n", error.message.c_str());
    if (!error.hint.empty())
        std::fprintf(stderr, "  %s\n", error.hint.c_str());
    return code;
}

void setUpApplication() {
    QGuiApplication::setApplicationName(QStringLiteral("patchbay"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Patchbay"));
    QGuiApplication::setApplicationVersion(QStringLiteral(PATCHBAY_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("patchbay"));
    QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/Patchbay/icons/patchbay.svg")));
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    setUpWindowLook();
}

int run(const StartOptions& options, const Places& places) {
    SingleInstance instance(QString::fromStdString(places.dataDir));
    const StartMessage message = StartMessage::of(options);
    const Result<bool> first = instance.claim();
    if (first && !*first) {
        const Result<void> sent = instance.send(message.toBytes());
        return sent ? kOk : print(sent.error(), kUnavailable);
    }
    if (!first)
        print(first.error(), kOk); // alone all the same: the window says what is wrong with the folder

    App app;
    app.start({.places = {.configFile = options.configFile.toStdString(), .dataDir = options.dataDir.toStdString()},
               .playground = options.playground});

    QQmlApplicationEngine engine;
    QObject::connect(&instance, &SingleInstance::received, &app,
                     [&app](const QByteArray& bytes) { app.handle(StartMessage::fromBytes(bytes)); });
    app.setUp(engine);
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)},
                                 {QStringLiteral("visible"), !options.quickAsk}});
    engine.load(QUrl(QStringLiteral("qrc:/Patchbay/Main.qml")));
    auto* window = engine.rootObjects().isEmpty() ? nullptr : qobject_cast<QQuickWindow*>(engine.rootObjects().first());
    if (!window)
        return kFailure; // the engine has printed why
    QObject::connect(window, &QQuickWindow::sceneGraphError, &app, [](QQuickWindow::SceneGraphError, const QString& text) {
        print(makeError(ErrorCode::Internal, "The graphics system does not work: " + text.toStdString(),
                        "Start with --software to draw without the graphics card."),
              kFailure);
        QGuiApplication::exit(kFailure);
    });
    app.system()->setSoftwareRendering(QQuickWindow::sceneGraphBackend() == QLatin1String("software"));
    app.watch(window);
    if (options.quickAsk || !options.openChat.isEmpty())
        app.handle(message);
    const int code = QGuiApplication::exec();
    app.session()->flush();
    return code;
}

} // namespace

int main(int argc, char** argv) {
    const Result<StartOptions> options = StartOptions::parse(argumentsOf(argc, argv));
    if (!options)
        return print(options.error(), kUsage);
    hardenProcess(options->allowCore); // before anything can hold a key
    if (options->help) {
        std::fputs(qPrintable(StartOptions::helpText()), stdout);
        return kOk;
    }
    if (options->version) {
        std::fputs("patchbay-desktop " PATCHBAY_VERSION "\n", stdout);
        return kOk;
    }
    const auto places = findPlaces(
        Environment::ofProcess(), thisOperatingSystem(),
        {.configFile = options->configFile.toStdString(), .dataDir = options->dataDir.toStdString()});
    if (!places)
        return print(places.error(), kUnavailable);
    const bool shots = !options->shotDir.isEmpty();
    if (shots && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    if (options->software || shots)
        QQuickWindow::setSceneGraphBackend(QStringLiteral("software"));
    QGuiApplication application(argc, argv);
    setUpApplication();
    return shots ? ShotRunner(options->shotDir).run() : run(*options, *places);
}
