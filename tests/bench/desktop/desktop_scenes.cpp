#include "bench/desktop/desktop_scenes.h"

#include <cstdio>
#include <ctime>
#include <functional>
#include <map>
#include <optional>

#include <QTimer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QTemporaryDir>
#include <QtQml/QQmlExtensionPlugin>

#include "app/desktop/items/window_look.h"
#include "app/desktop/shell/app.h"
#include "bench/desktop/frame_meter.h"
#include "storage/conversation_store.h"

Q_IMPORT_QML_PLUGIN(PatchbayPlugin)

namespace patchbay::bench {
namespace {

constexpr int kMessages = 10'000;

void print(const Figure& figure) {
    std::printf("%s|%s|%.4f|%.4f\n", figure.name.c_str(), figure.unit.c_str(), figure.value, figure.target);
    std::fflush(stdout);
}

/// Lets the window live until the condition holds, or for so long.
/// Items of loaders and repeaters are nobody's children but their item's.
QQuickItem* itemNamed(QQuickItem* item, const QString& name) {
    if (item->objectName() == name)
        return item;
    for (QQuickItem* child : item->childItems())
        if (QQuickItem* found = itemNamed(child, name))
            return found;
    return nullptr;
}

bool waitFor(const std::function<bool()>& condition, int milliseconds) {
    QElapsedTimer timer;
    timer.start();
    while (!condition()) {
        if (timer.elapsed() > milliseconds)
            return false;
        QEventLoop loop; // processEvents() with a time does not wait, it spins
        QTimer::singleShot(5, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return true;
}

void live(int milliseconds) {
    waitFor([] { return false; }, milliseconds);
}

/// A reply as models write them: text, a list, code, a table now and then.
std::string replyText(int number) {
    std::string text = "Reply " + std::to_string(number) +
                       ": the quick brown fox jumps over the lazy dog, **again and again**, while `code` stays "
                       "inline and the line goes on until it has to be broken somewhere. 中文也一样好读。\n\n";
    if (number % 3 == 0)
        text += "- first point of the list\n- second point, a little longer than the first\n- third point\n\n";
    if (number % 5 == 0)
        text += "```cpp\nfor (int i = 0; i < 10; ++i)\n    std::cout << i << '\\n';\n```\n\n";
    if (number % 11 == 0)
        text += "| model | price |\n|---|--:|\n| small | 0.25 |\n| large | 2.00 |\n\n";
    return text;
}

class Scene {
public:
    Scene(int argc, char** argv) : m_argc(argc), m_application(m_argc, argv) {
        setUpWindowLook();
        CompositionOptions options;
        options.places.dataDir = m_folder.filePath("data").toStdString();
        options.places.configFile = m_folder.filePath("config.toml").toStdString();
        options.playground = true;
        options.logLevel = LogLevel::Error;
        QFile(m_folder.filePath("config.toml")).open(QIODevice::WriteOnly);
        m_app.start(std::move(options));
        m_engine.addImportPath("qrc:/");
        m_engine.setInitialProperties({{"app", QVariant::fromValue(&m_app)}});
        m_engine.load(QUrl("qrc:/Patchbay/Main.qml"));
        if (m_engine.rootObjects().isEmpty())
            qFatal("the window did not load");
        m_window = qobject_cast<QQuickWindow*>(m_engine.rootObjects().first());
    }
    bool startUp() { return waitFor([this] { return m_app.ready(); }, 20'000); }
    App& app() { return m_app; }
    QQuickWindow& window() { return *m_window; }

    QQuickItem* timeline() {
        auto* item = itemNamed(m_window->contentItem(), "timelineView");
        if (!item)
            qFatal("there is no timelineView");
        return item;
    }

    /// A stored chat of that many messages, opened.
    void openLongChat(int messages, const std::function<std::string(int)>& reply) {
        bool done = false;
        const std::string id = "018f0000-0000-7000-8000-000000000001";
        m_app.bridge().run([=, &done, bridge = &m_app.bridge()](Composition& core) -> awaitable<void> {
            Conversation chat{.id = id, .title = "A long chat", .createdAt = 1'700'000'000'000,
                              .updatedAt = 1'700'000'000'000, .model = "playground/echo"};
            std::vector<MessageRecord> records;
            records.reserve(static_cast<std::size_t>(messages));
            for (int i = 0; i < messages; ++i) {
                char number[64];
                std::snprintf(number, sizeof number, "018f0000-0000-7000-9000-%012d", i);
                MessageRecord record{.id = number, .conversationId = id};
                record.parentId = records.empty() ? std::string() : records.back().id;
                record.createdAt = 1'700'000'000'000 + i * 1000;
                record.message = i % 2 ? textMessage(Role::Assistant, reply(i))
                                       : textMessage(Role::User, "Question " + std::to_string(i));
                records.push_back(std::move(record));
            }
            chat.activeLeaf = records.back().id;
            ConversationStore store(*core.storage()->database);
            if (auto created = co_await store.create(std::move(chat), std::move(records)); !created)
                std::fprintf(stderr, "%s\n", created.error().message.c_str());
            bridge->post([&done] { done = true; });
        });
        if (!waitFor([&] { return done; }, 60'000))
            qFatal("the long chat was not stored");
        m_app.chat()->open(QString::fromStdString(id));
        if (!waitFor([this] { return m_app.timeline()->count() > 0; }, 20'000))
            qFatal("the long chat did not open");
        live(500);
    }

private:
    QTemporaryDir m_folder;
    int m_argc;
    QGuiApplication m_application;
    App m_app;
    QQmlApplicationEngine m_engine;
    QQuickWindow* m_window = nullptr;
};

void start(Scene& scene, long long execTime) {
    bool shown = false;
    QObject::connect(&scene.window(), &QQuickWindow::frameSwapped, &scene.window(), [&] {
        if (std::exchange(shown, true))
            return;
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        print({"exec to first frame", "ms",
               static_cast<double>(now.tv_sec * 1'000'000'000LL + now.tv_nsec - execTime) * 1e-6, 400});
    });
    scene.startUp();
    live(1500);
    print({"RSS, empty", "MB", residentMegabytes(), 80});
}

void idle(Scene& scene, long long) {
    scene.startUp();
    scene.openLongChat(200, replyText);
    live(1500);
    FrameMeter meter(scene.window());
    const double before = processCpuSeconds();
    live(5000);
    print({"frames in 5 s of idle", "frames", static_cast<double>(meter.frames()), 0.5});
    print({"CPU in 5 s of idle", "ms", (processCpuSeconds() - before) * 1000, 0});
}

void scroll(Scene& scene, long long) {
    scene.startUp();
    scene.openLongChat(kMessages, replyText);
    print({"RSS, 10,000 messages open", "MB", residentMegabytes(), 120});
    QQuickItem* view = scene.timeline();
    view->setProperty("driven", true); // as if a person scrolled
    FrameMeter meter(scene.window());
    for (int step = 0; step < 600; ++step) {
        view->setProperty("contentY", view->property("contentY").toDouble() - 160);
        const int shown = meter.frames();
        waitFor([&] { return meter.frames() > shown; }, 200);
    }
    print({"scroll 10,000 messages, p50 frame", "ms", meter.quantile(0.5), 0});
    print({"scroll 10,000 messages, p99 frame", "ms", meter.quantile(0.99), 25});
    print({"RSS after scrolling", "MB", residentMegabytes(), 0});
}

/// Streams `tokens` at that rate into a chat and measures from the first token to the last.
void stream(Scene& scene, int tokens, int perSecond, const char* label, double shareLimit, double coreLimit,
            double worstLimit) {
    const std::string name(label);
    scene.app().chat()->newChat();
    scene.app().chat()->setModel(QString("playground/long:%1@%2").arg(tokens).arg(perSecond));
    scene.app().composer()->setText("Go on.");
    live(300);
    scene.app().chat()->send();
    waitFor([&] { return scene.app().chat()->streaming() && scene.app().timeline()->count() > 1; }, 5000);
    FrameMeter meter(scene.window());
    const double before = threadCpuSeconds();
    QElapsedTimer timer;
    timer.start();
    waitFor([&] { return !scene.app().chat()->streaming(); }, 1000 + tokens * 3000 / perSecond);
    const double seconds = static_cast<double>(timer.elapsed()) / 1000;
    print({name + ": CPU of the window's thread", "% of a core", (threadCpuSeconds() - before) / seconds * 100,
           coreLimit});
    print({name + ": frames over 33 ms", "%", meter.shareOver(33) * 100, shareLimit});
    print({name + ": worst frame", "ms", meter.worst(), worstLimit});
    print({name + ": frames", "1/s", meter.frames() / seconds, 0});
}

void stream200(Scene& scene, long long) {
    scene.startUp();
    stream(scene, 2000, 200, "stream 200 tok/s", 1.0001, 15, 0);
}

void stream2000(Scene& scene, long long) {
    scene.startUp();
    stream(scene, 12'000, 2000, "stream 2,000 tok/s", 0, 0, 50);
}

void longChat(Scene& scene, long long) {
    scene.startUp();
    // About 200,000 tokens: 800 replies of 250.
    const std::string paragraph(200, 'w');
    FrameMeter meter(scene.window());
    scene.openLongChat(1600, [](int number) {
        std::string text;
        for (int i = 0; i < 8; ++i)
            text += replyText(number + i);
        return text;
    });
    print({"open a 200,000-token chat, worst frame", "ms", meter.worst(), 50});
    print({"RSS, 200,000-token chat", "MB", residentMegabytes(), 0});
}

const std::map<std::string, void (*)(Scene&, long long)> kScenes{
    {"start", start},         {"idle", idle},           {"scroll", scroll},
    {"stream200", stream200}, {"stream2000", stream2000}, {"long", longChat},
};

} // namespace

std::vector<std::string> sceneNames() {
    return {"start", "idle", "scroll", "stream200", "stream2000", "long"};
}

int runScene(const std::string& name, long long execTime, int argc, char** argv) {
    const auto found = kScenes.find(name);
    if (found == kScenes.end())
        return 2;
    Scene scene(argc, argv);
    found->second(scene, execTime);
    return 0;
}

} // namespace patchbay::bench
