#include "app/desktop/shots/shot_runner.h"

#include <cstdio>

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QImage>
#include <QKeyEvent>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QStyleHints>
#include <QTemporaryDir>
#include <QTimer>

#include "app/desktop/shell/app.h"
#include "app/desktop/shots/demo_chats.h"
#include "app/desktop/shots/shot_list.h"
#include "storage/conversation_store.h"

namespace patchbay {
namespace {

constexpr int kQuietMs = 120;    // no frame for that long: the window has settled
constexpr int kPatienceMs = 3000; // what moves longer (a reply that grows) is taken as it is
constexpr int kStartMs = 20000;
constexpr QSize kSizes[] = {{1280, 800}, {900, 640}};

// Two providers to look at; no key is real, and nothing is asked of them.
constexpr auto kConfig = "[[providers]]\n"
                         "id = \"openai\"\n"
                         "format = \"openai\"\n"
                         "key = \"env:PATCHBAY_DEMO_KEY\"\n"
                         "\n"
                         "[[providers]]\n"
                         "id = \"local\"\n"
                         "format = \"ollama\"\n"
                         "base_url = \"http://127.0.0.1:11434\"\n";

void wait(int milliseconds) {
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

template <class Condition> bool waitUntil(Condition condition, int patienceMs) {
    QElapsedTimer time;
    time.start();
    while (!condition() && time.elapsed() < patienceMs)
        wait(5);
    return condition();
}

void settle(QQuickWindow& window) {
    QElapsedTimer all, quiet;
    all.start();
    quiet.start();
    const auto drawn = QObject::connect(&window, &QQuickWindow::frameSwapped, &window, [&] { quiet.restart(); });
    window.update();
    while (quiet.elapsed() < kQuietMs && all.elapsed() < kPatienceMs)
        wait(10);
    QObject::disconnect(drawn);
}

// As a person would: Esc for what floats, then for what the page has open.
void closeEverything(QQuickWindow& window) {
    for (int i = 0; i < 2; ++i) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier), release(QEvent::KeyRelease, Qt::Key_Escape, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &press);
        QCoreApplication::sendEvent(&window, &release);
    }
    QMetaObject::invokeMethod(&window, "act", Q_ARG(QString, QStringLiteral("escape")));
}

QQuickWindow* windowNamed(const QString& name) {
    for (QWindow* window : QGuiApplication::allWindows())
        if (window->objectName() == name)
            return qobject_cast<QQuickWindow*>(window);
    return nullptr;
}

} // namespace

int ShotRunner::run() {
    if (!QDir().mkpath(m_folder)) {
        complain(QStringLiteral("cannot make the folder %1").arg(m_folder));
    } else {
        QGuiApplication::styleHints()->setCursorFlashTime(0); // or the caret is there in some pictures only
        for (const char* language : {"en", "zh_CN"})
            if (!shootLanguage(QLatin1String(language)))
                break;
    }
    std::printf("%d pictures in %s\n", m_saved, qPrintable(m_folder));
    for (const QString& problem : std::as_const(m_problems))
        std::fprintf(stderr, "patchbay-desktop: %s\n", qPrintable(problem));
    return m_problems.isEmpty() && m_saved > 0 ? 0 : 1;
}

void ShotRunner::complain(const QString& problem) {
    if (!m_problems.contains(problem))
        m_problems.append(problem);
}

bool ShotRunner::shootLanguage(const QString& language) {
    QTemporaryDir home;
    App app;
    QQmlApplicationEngine engine;
    if (!start(app, engine, home) || !fillHistory(app, language))
        return false;
    auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
    app.settings()->setLanguage(language);
    for (const char* theme : {"light", "dark"}) {
        app.settings()->setTheme(QLatin1String(theme));
        for (const QSize size : kSizes) {
            window->resize(size);
            const QString suffix = QStringLiteral("-%1-%2-%3x%4").arg(QLatin1String(theme), language).arg(size.width()).arg(size.height());
            for (const Shot& shot : shotList())
                shoot(app, *window, shot, suffix);
        }
    }
    return true;
}

bool ShotRunner::start(App& app, QQmlApplicationEngine& engine, const QTemporaryDir& home) {
    qputenv("PATCHBAY_DEMO_KEY", "sk-demo-0000000000000000000000001f3a");
    QFile config(home.filePath(QStringLiteral("config.toml")));
    if (!config.open(QIODevice::WriteOnly) || config.write(kConfig) < 0) {
        complain(config.errorString());
        return false;
    }
    config.close();
    CompositionOptions options;
    options.places.configFile = config.fileName().toStdString();
    options.places.dataDir = home.filePath(QStringLiteral("data")).toStdString();
    options.playground = true;
    options.logLevel = LogLevel::Error;
    app.settings()->setPersistent(false);
    app.start(std::move(options));
    app.settings()->setFirstRunDone(true);
    app.settings()->setReducedMotion(QStringLiteral("on"));

    QObject::connect(&engine, &QQmlEngine::warnings, &engine, [this](const QList<QQmlError>& errors) {
        for (const QQmlError& error : errors)
            complain(error.toString());
    });
    app.setUp(engine);
    engine.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&app)}});
    engine.load(QUrl(QStringLiteral("qrc:/Patchbay/Main.qml")));
    if (engine.rootObjects().isEmpty()) {
        complain(QStringLiteral("the window could not be loaded"));
        return false;
    }
    if (!waitUntil([&] { return app.ready() || !app.startError().isEmpty(); }, kStartMs) || !app.ready()) {
        complain(QStringLiteral("the core did not start: ") + app.startError());
        return false;
    }
    return true;
}

bool ShotRunner::fillHistory(App& app, const QString& language) {
    std::optional<Result<void>> outcome;
    const auto fill = [](EngineBridge& bridge, QString language, std::optional<Result<void>>& outcome) -> QCoro::Task<> {
        Result<bool> stored = co_await bridge.ask<bool>([language](Composition& core) -> awaitable<Result<bool>> {
            ConversationStore store(*core.storage()->database);
            for (DemoChat& chat : demoChats(language, toUnixMilliseconds(core.clock().wallNow()), core.ids()))
                if (auto made = co_await store.create(std::move(chat.conversation), std::move(chat.messages)); !made)
                    co_return made.error();
            co_return true;
        });
        outcome = stored ? Result<void>() : Result<void>(stored.error());
    };
    fill(app.bridge(), language, outcome);
    waitUntil([&] { return outcome.has_value(); }, kStartMs);
    if (!outcome || !*outcome) {
        complain(QStringLiteral("the demo chats could not be stored"));
        return false;
    }
    app.conversations()->reload();
    app.models()->refresh();
    return true;
}

void ShotRunner::shoot(App& app, QQuickWindow& window, const Shot& shot, const QString& suffix) {
    if (*shot.page)
        QMetaObject::invokeMethod(&window, "showPage", Q_ARG(QString, QLatin1String(shot.page)));
    if (*shot.page && window.property("currentPage").toString() != QLatin1String(shot.page))
        complain(QStringLiteral("there is no page %1").arg(QLatin1String(shot.page)));
    QQuickWindow* target = &window;
    for (const QString& step : QString::fromLatin1(shot.steps).split(u';', Qt::SkipEmptyParts)) {
        settle(window);
        if (step.startsWith(QLatin1String("window:"))) {
            target = windowNamed(step.section(u':', 1));
            if (!target) {
                complain(QStringLiteral("%1: there is no window %2").arg(QLatin1String(shot.name), step));
                return;
            }
        } else {
            this->step(app, window, step);
        }
    }
    settle(*target);
    save(*target, QLatin1String(shot.name) + suffix);
    closeEverything(window);
    QMetaObject::invokeMethod(&window, "closePopups");
    app.firstRun()->show(-1);
    if (target != &window)
        target->close();
    if (app.chat()->streaming())
        app.chat()->stop();
}

void ShotRunner::step(App& app, QQuickWindow& window, const QString& step) {
    const QString word = step.section(u':', 0, 0);
    const QString value = step.section(u':', 1);
    if (word == QLatin1String("new")) {
        app.chat()->newChat();
    } else if (word == QLatin1String("open")) {
        app.chat()->open(value);
        waitUntil([&] { return !app.timeline()->loading(); }, kPatienceMs);
    } else if (word == QLatin1String("ask")) {
        app.chat()->setModel(value);
        app.composer()->setText(QCoreApplication::translate("Shots", "Count for me, please."));
        waitUntil([&] { return app.chat()->canSend(); }, kPatienceMs);
        app.chat()->send();
    } else if (word == QLatin1String("quick")) {
        Q_EMIT app.quickAsk()->showRequested();
        waitUntil([&] { return app.quickAsk()->chat() != nullptr; }, kPatienceMs);
        app.quickAsk()->chat()->setModel(value);
        app.quickAsk()->ask(QCoreApplication::translate("Shots", "How many minutes are in a week?"));
    } else if (word == QLatin1String("wait")) {
        wait(value.toInt());
    } else if (word == QLatin1String("firstRun")) {
        app.firstRun()->show(value.toInt());
    } else if (word == QLatin1String("act")) {
        QMetaObject::invokeMethod(&window, "act", Q_ARG(QString, value));
    } else if (word == QLatin1String("find")) {
        app.palette()->setQuery(value);
    } else if (word == QLatin1String("item")) {
        QQuickItem* page = nullptr;
        QMetaObject::invokeMethod(&window, "openPage", Q_RETURN_ARG(QQuickItem*, page));
        if (!page || !page->setProperty(value.section(u'=', 0, 0).toLatin1().constData(), value.section(u'=', 1)))
            complain(QStringLiteral("the page has no property for ") + step);
    } else {
        complain(QStringLiteral("unknown step ") + step);
    }
}

void ShotRunner::save(QQuickWindow& window, const QString& name) {
    const QImage picture = window.grabWindow();
    const QString file = QDir(m_folder).filePath(name + QStringLiteral(".png"));
    if (picture.isNull() || !picture.save(file))
        complain(QStringLiteral("cannot write ") + file);
    else
        ++m_saved;
}

} // namespace patchbay
