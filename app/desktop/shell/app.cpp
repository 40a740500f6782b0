#include "app/desktop/shell/app.h"

#include "services/places.h"

namespace patchbay {

App::App(QObject* parent) : QObject(parent) {
    m_palette.setChats(&m_chatPage.conversations);
    m_palette.setModels(&m_chatPage.models);
}

void App::start(CompositionOptions options) {
    if (const auto places = findPlaces(Environment::ofProcess(), thisOperatingSystem(), options.places))
        m_settings.load(QString::fromStdString(places->configDir + "/desktop.json"));
    m_bridge.start(std::move(options), [this](Result<void> outcome) {
        if (!outcome)
            m_startError = QString::fromStdString(outcome.error().message + "\n" + outcome.error().hint);
        else
            m_chatPage.start();
        Q_EMIT readyChanged();
    });
}

} // namespace patchbay
