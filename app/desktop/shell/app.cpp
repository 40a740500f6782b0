#include "app/desktop/shell/app.h"

#include "services/places.h"

namespace patchbay {

App::App(QObject* parent) : QObject(parent) {
    m_palette.setChats(&m_chatPage.conversations);
    m_palette.setModels(&m_chatPage.models);
}

App::~App() {
    m_keychain->close(); // a worker may be waiting for this thread, which waits for the core next
}

void App::start(CompositionOptions options) {
    if (const auto places = findPlaces(Environment::ofProcess(), thisOperatingSystem(), options.places))
        m_settings.load(QString::fromStdString(places->configDir + "/desktop.json"));
    if (!options.keychain)
        options.keychain = m_keychain;
    const bool playgroundOnly = options.playground;
    m_bridge.start(std::move(options), [this, playgroundOnly](Result<void> outcome) {
        if (!outcome)
            m_startError = QString::fromStdString(outcome.error().message + "\n" + outcome.error().hint);
        else {
            m_chatPage.start();
            m_providers.refresh();
            m_firstRun.begin(playgroundOnly);
        }
        Q_EMIT readyChanged();
    });
}

} // namespace patchbay
