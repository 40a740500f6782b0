// The root of what QML sees: starts the core and holds the controllers. Main.qml gets it as its required property.
#pragma once

#include <QObject>
#include <QtQml/qqmlregistration.h>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/settings/data_controller.h"
#include "app/desktop/settings/first_run.h"
#include "app/desktop/settings/os_keychain.h"
#include "app/desktop/settings/providers_controller.h"
#include "app/desktop/settings/settings.h"
#include "app/desktop/shell/command_model.h"
#include "app/desktop/shell/notifier.h"
#include "app/desktop/shell/quick_ask.h"
#include "app/desktop/shell/self_measurements.h"
#include "app/desktop/shell/session_keeper.h"
#include "app/desktop/shell/settings_shelf.h"
#include "app/desktop/shell/shell_store.h"
#include "app/desktop/shell/shortcut_map.h"
#include "app/desktop/shell/start_options.h"
#include "app/desktop/shell/system_info.h"
#include "app/desktop/shell/translations.h"
#include "app/desktop/transfer/attachment_images.h"
#include "app/desktop/transfer/transfer_controller.h"

class QQmlEngine;
class QQuickWindow;

namespace patchbay {

class App : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    /// The core has started.
    Q_PROPERTY(bool ready READ ready NOTIFY readyChanged)
    /// Why the core could not start, and what to do; empty while all is well.
    Q_PROPERTY(QString startError READ startError NOTIFY readyChanged)
    Q_PROPERTY(patchbay::ChatController* chat READ chat CONSTANT)
    Q_PROPERTY(patchbay::TimelineModel* timeline READ timeline CONSTANT)
    Q_PROPERTY(patchbay::Composer* composer READ composer CONSTANT)
    Q_PROPERTY(patchbay::ConversationListModel* conversations READ conversations CONSTANT)
    Q_PROPERTY(patchbay::ModelListModel* models READ models CONSTANT)
    Q_PROPERTY(patchbay::SearchModel* search READ search CONSTANT)
    Q_PROPERTY(patchbay::FindInChat* find READ find CONSTANT)
    Q_PROPERTY(patchbay::ShortcutMap* shortcuts READ shortcuts CONSTANT)
    Q_PROPERTY(patchbay::CommandModel* palette READ palette CONSTANT)
    Q_PROPERTY(patchbay::SystemInfo* system READ system CONSTANT)
    Q_PROPERTY(patchbay::SelfMeasurements* about READ about CONSTANT)
    Q_PROPERTY(patchbay::Settings* settings READ settings CONSTANT)
    Q_PROPERTY(patchbay::ProvidersController* providers READ providers CONSTANT)
    Q_PROPERTY(patchbay::FirstRun* firstRun READ firstRun CONSTANT)
    Q_PROPERTY(patchbay::DataController* data READ data CONSTANT)
    Q_PROPERTY(patchbay::TransferController* transfer READ transfer CONSTANT)
    /// The desktop has a place for tray icons.
    Q_PROPERTY(bool trayAvailable READ trayAvailable NOTIFY trayAvailableChanged)
    Q_PROPERTY(patchbay::Notifier* notifier READ notifier CONSTANT)
    Q_PROPERTY(patchbay::SessionKeeper* session READ session CONSTANT)
    Q_PROPERTY(patchbay::QuickAsk* quickAsk READ quickAsk CONSTANT)
public:
    explicit App(QObject* parent = nullptr);
    ~App() override;

    /// Reads the window's settings, which hold when this returns, and starts the core, which takes longer.
    void start(CompositionOptions options);
    bool ready() const { return m_bridge.ready(); }
    QString startError() const { return m_startError; }
    EngineBridge& bridge() { return m_bridge; }
    ChatController* chat() { return &m_chatPage.chat; }
    TimelineModel* timeline() { return &m_chatPage.timeline; }
    Composer* composer() { return &m_chatPage.composer; }
    ConversationListModel* conversations() { return &m_chatPage.conversations; }
    ModelListModel* models() { return &m_chatPage.models; }
    SearchModel* search() { return &m_chatPage.search; }
    FindInChat* find() { return &m_chatPage.find; }
    ShortcutMap* shortcuts() { return &m_shortcuts; }
    CommandModel* palette() { return &m_palette; }
    SystemInfo* system() { return &m_system; }
    SelfMeasurements* about() { return &m_about; }
    Settings* settings() { return &m_settings; }
    ProvidersController* providers() { return &m_providers; }
    FirstRun* firstRun() { return &m_firstRun; }
    DataController* data() { return &m_data; }
    TransferController* transfer() { return &m_transfer; }
    Notifier* notifier() { return &m_notifier; }
    SessionKeeper* session() { return &m_session; }
    QuickAsk* quickAsk() { return &m_quickAsk; }
    bool trayAvailable() const { return m_trayAvailable; }
    Translations& translations() { return m_translations; }

    /// What the window's QML needs of its engine: import path, pictures of attachments, new texts in another language.
    void setUp(QQmlEngine& engine);
    /// The main window: its place is restored and kept, its frames are measured, it comes to the front when asked.
    void watch(QQuickWindow* window);
    /// What this start, or a later one, was made for.
    void handle(const StartMessage& message);
    /// To the front, from the tray or from behind other windows.
    Q_INVOKABLE void raise();
    /// There is an icon in the tray: the program goes on when its last window is closed.
    Q_INVOKABLE void setStaysInTray(bool stays);
    /// Tries again to start the core: the other program that had the data may have ended.
    Q_INVOKABLE void retry();

Q_SIGNALS:
    void readyChanged();
    /// A chat was opened from outside of the chat page.
    void chatShown();
    void trayAvailableChanged();

private:
    void connectShell();
    void startCore();
    void setTrayAvailable(bool available);
    void openChat(const QString& id);

    Settings m_settings;
    std::shared_ptr<OsKeychain> m_keychain = std::make_shared<OsKeychain>();
    CompositionOptions m_options;
    QTimer m_trim; // after a start or a chat's opening, when what they needed is free again
    QPointer<QQuickWindow> m_window;
    QString m_openWhenReady;
    bool m_askWhenReady = false;
    bool m_trayAvailable = false;
    Translations m_translations;
    EngineBridge m_bridge;
    ProvidersController m_providers{m_bridge};
    FirstRun m_firstRun{m_bridge, m_settings, m_providers};
    DataController m_data{m_bridge};
    std::shared_ptr<AttachmentPreviews> m_previews = std::make_shared<AttachmentPreviews>();
    ChatPage m_chatPage{m_bridge, m_previews};
    TransferController m_transfer{m_bridge};
    SettingsShelf m_store{m_settings};
    ShortcutMap m_shortcuts{m_store};
    CommandModel m_palette{m_shortcuts, m_store};
    SystemInfo m_system;
    SelfMeasurements m_about;
    Notifier m_notifier{m_chatPage.conversations};
    SessionKeeper m_session{m_store};
    QuickAsk m_quickAsk{m_bridge};
    QString m_startError;
};

} // namespace patchbay
