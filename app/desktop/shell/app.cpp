#include "app/desktop/shell/app.h"

#include <QGuiApplication>
#include <QQmlEngine>
#include <QQuickWindow>

#include "app/desktop/shell/os_tray.h"
#include "app/os_memory.h"
#include "services/places.h"

namespace patchbay {
namespace {

constexpr int kTrimDelayMs = 400;

} // namespace

App::App(QObject* parent) : QObject(parent) {
    connectShell();
    m_trim.setSingleShot(true);
    m_trim.setInterval(kTrimDelayMs);
    connect(&m_trim, &QTimer::timeout, this, &returnFreeMemory);
    connect(this, &App::readyChanged, &m_trim, qOverload<>(&QTimer::start));
    connect(&m_chatPage.chat, &ChatController::conversationChanged, &m_trim, qOverload<>(&QTimer::start));
}

App::~App() {
    m_keychain->close(); // a worker may be waiting for this thread, which waits for the core next
}

void App::start(CompositionOptions options) {
    m_options = std::move(options);
    if (!m_options.keychain)
        m_options.keychain = m_keychain;
    if (const auto places = findPlaces(Environment::ofProcess(), thisOperatingSystem(), m_options.places))
        m_settings.load(QString::fromStdString(places->configDir + "/desktop.json"));
    m_shortcuts.reload();
    m_translations.use(m_settings.language());
    m_notifier.setEnabled(m_settings.notifications());
    askForTray(this, [this](bool available) { setTrayAvailable(available); });
    startCore();
}

void App::retry() {
    if (ready() || m_startError.isEmpty())
        return;
    m_startError.clear();
    Q_EMIT readyChanged();
    startCore();
}

void App::startCore() {
    m_bridge.start(m_options, [this](Result<void> outcome) {
        if (!outcome) {
            m_startError = QString::fromStdString(outcome.error().message + "\n" + outcome.error().hint);
            Q_EMIT readyChanged();
            return;
        }
        m_chatPage.chat.setPreferredModel(m_settings.defaultModel());
        m_chatPage.start();
        m_providers.refresh();
        m_firstRun.begin(m_options.playground);
        Q_EMIT readyChanged();
        if (!m_openWhenReady.isEmpty())
            openChat(std::exchange(m_openWhenReady, QString()));
        else if (const QString last = m_session.chat(); m_settings.restoreSession() && !last.isEmpty())
            m_chatPage.chat.open(last);
        if (std::exchange(m_askWhenReady, false))
            Q_EMIT m_quickAsk.showRequested();
    });
}

void App::connectShell() {
    m_palette.setChats(&m_chatPage.conversations);
    m_palette.setModels(&m_chatPage.models);
    connect(&m_translations, &Translations::changed, &m_shortcuts, &ShortcutMap::retranslate);
    connect(&m_translations, &Translations::changed, this, [this] {
        if (ready())
            m_chatPage.conversations.reload(); // its headings are words
    });
    connect(&m_settings, &Settings::languageChanged, this, [this] { m_translations.use(m_settings.language()); });
    connect(&m_settings, &Settings::notificationsChanged, this,
            [this] { m_notifier.setEnabled(m_settings.notifications()); });
    connect(&m_chatPage.chat, &ChatController::conversationChanged, this,
            [this] { m_session.setChat(m_chatPage.chat.conversationId()); });
    connect(&m_translations, &Translations::changed, &m_providers, &ProvidersController::refresh);
    const auto prefer = [this] { m_chatPage.chat.setPreferredModel(m_settings.defaultModel()); };
    connect(&m_settings, &Settings::defaultModelChanged, this, prefer);
    connect(&m_providers, &ProvidersController::changed, &m_chatPage.models, &ModelListModel::refresh);
    connect(&m_transfer, &TransferController::imported, &m_chatPage.conversations, &ConversationListModel::reload);
    const auto show = [this](const QString& chat) {
        m_chatPage.conversations.reload(); // a chat of the small window is new to the list
        openChat(chat);
        raise();
    };
    connect(&m_quickAsk, &QuickAsk::openRequested, this, show);
    connect(&m_notifier, &Notifier::openRequested, this, show);
}

void App::setUp(QQmlEngine& engine) {
    engine.addImportPath(QStringLiteral("qrc:/"));
    engine.addImageProvider(QStringLiteral("attachments"), new AttachmentImages(m_previews, &m_bridge));
    connect(&m_translations, &Translations::changed, &engine, &QQmlEngine::retranslate);
}

void App::watch(QQuickWindow* window) {
    m_window = window;
    m_session.watch(window);
    m_about.watch(window);
    m_notifier.watch(window);
}

void App::openChat(const QString& id) {
    m_chatPage.chat.open(id);
    Q_EMIT chatShown();
}

void App::setTrayAvailable(bool available) {
    if (available == m_trayAvailable)
        return;
    m_trayAvailable = available;
    Q_EMIT trayAvailableChanged();
}

void App::raise() {
    if (!m_window)
        return;
    if (m_window->windowStates().testFlag(Qt::WindowMinimized))
        m_window->setWindowStates(m_window->windowStates() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->requestActivate();
}

void App::setStaysInTray(bool stays) {
    QGuiApplication::setQuitOnLastWindowClosed(!stays);
}

void App::handle(const StartMessage& message) {
    // Wayland lets a window come to the front only with the token of what the person clicked.
    if (!message.activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", message.activationToken.toUtf8());
    if (!message.openChat.isEmpty()) {
        if (ready())
            openChat(message.openChat);
        else
            m_openWhenReady = message.openChat;
    }
    if (!message.quickAsk)
        raise();
    else if (ready())
        Q_EMIT m_quickAsk.showRequested();
    else
        m_askWhenReady = true;
}

} // namespace patchbay
