#include "app/desktop/settings/first_run.h"

#include <QPointer>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/settings/providers_controller.h"
#include "app/desktop/settings/settings.h"
#include "services/local_servers.h"

namespace patchbay {
namespace {

constexpr int kLastStep = 2;
const QString kPlaygroundModel = QStringLiteral("playground/echo");

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace

FirstRun::FirstRun(EngineBridge& bridge, Settings& settings, ProvidersController& providers, QObject* parent)
    : QObject(parent), m_bridge(bridge), m_settings(settings), m_providers(providers) {
    connect(&providers, &ProvidersController::tested, this, &FirstRun::onTested);
    connect(&providers, &ProvidersController::saved, this, &FirstRun::onSaved);
    connect(&providers, &ProvidersController::saveFailed, this,
            [this](const QString& id, const QString& message, const QString& hint) {
                if (m_connecting && id == m_draft.value("id").toString())
                    report(message, hint, true);
            });
    connect(&providers, &ProvidersController::countChanged, this, &FirstRun::localServersChanged);
}

int FirstRun::providerCount() const {
    return m_providers.count();
}

void FirstRun::begin(bool playgroundOnly) {
    m_needed = !playgroundOnly && !m_settings.firstRunDone();
    if (!m_needed)
        return;
    Q_EMIT neededChanged();
    search();
}

void FirstRun::show(int step) {
    if (step < 0 && !m_needed)
        return;
    if (step >= 0 && !m_needed && !m_playground)
        search();
    m_needed = step >= 0;
    setStep(step);
    Q_EMIT neededChanged();
}

void FirstRun::search() {
    m_searching = true;
    Q_EMIT localServersChanged();
    const QPointer<FirstRun> self(this);
    EngineBridge* const bridge = &m_bridge;
    m_bridge.run([self, bridge](Composition& core) -> awaitable<void> {
        const bool playground = core.routes().current()->provider("playground") != nullptr;
        auto found = co_await findLocalServers(core.http(), core.config());
        bridge->post([self, playground, found = std::move(found)] {
            if (!self)
                return;
            self->m_searching = false;
            self->m_playground = playground;
            for (const LocalServer& server : found)
                self->m_localServers.append(QVariantMap{{"vendor", fromView(server.vendor)},
                                                        {"title", fromView(server.title)},
                                                        {"baseUrl", fromView(server.baseUrl)}});
            Q_EMIT self->localServersChanged();
        });
    });
}

void FirstRun::setStep(int step) {
    if (step < 0 || step > kLastStep || step == m_step)
        return;
    m_step = step;
    Q_EMIT stepChanged();
}

void FirstRun::next() {
    if (m_step == kLastStep)
        finish({});
    else
        setStep(m_step + 1);
}

void FirstRun::back() {
    setStep(m_step - 1);
}

void FirstRun::skipAll() {
    finish({});
}

void FirstRun::finish(const QString& prompt) {
    if (!m_needed)
        return;
    m_needed = false;
    m_draft.clear();
    m_settings.setFirstRunDone(true);
    Q_EMIT neededChanged();
    Q_EMIT finished(prompt);
}

void FirstRun::useKey(const QString& vendor, const QString& key) {
    for (const QVariant& entry : m_providers.presets()) {
        const QVariantMap preset = entry.toMap();
        if (preset.value("vendor") != vendor)
            continue;
        connectTo({{"id", m_providers.suggestId(vendor, {})},
                   {"vendor", vendor},
                   {"format", preset.value("format")},
                   {"baseUrl", preset.value("baseUrl")},
                   {"key", key}});
        return;
    }
}

void FirstRun::useLocalServer(int index) {
    if (index < 0 || index >= m_localServers.size())
        return;
    const QVariantMap server = m_localServers.at(index).toMap();
    const QString vendor = server.value("vendor").toString();
    connectTo({{"id", m_providers.suggestId(vendor, {})},
               {"vendor", vendor},
               {"format", vendor == QLatin1String("ollama") ? "ollama" : "openai"},
               {"baseUrl", server.value("baseUrl")}});
}

void FirstRun::usePlayground() {
    m_draft.clear();
    chooseModel(kPlaygroundModel);
    report(tr("The playground answers with what you write. No key, no network."), {}, false);
    setStep(kLastStep);
}

void FirstRun::connectTo(const QVariantMap& draft) {
    m_draft = draft;
    m_connecting = true;
    m_failed = false;
    m_message = tr("Asking…");
    m_hint.clear();
    Q_EMIT connectionChanged();
    m_providers.test(draft);
}

void FirstRun::onTested(const QString& id, bool ok, const QString& text, const QString& hint) {
    if (!m_connecting || id != m_draft.value("id").toString())
        return;
    if (!ok) {
        report(text, hint, true);
        return;
    }
    m_message = text;
    chooseModel(id + "/" + m_providers.testedModel(id));
    m_providers.save(m_draft);
}

void FirstRun::saveAnyway() {
    if (!canSaveAnyway())
        return;
    m_connecting = true;
    m_failed = false;
    m_message.clear();
    Q_EMIT connectionChanged();
    m_providers.save(m_draft);
}

void FirstRun::onSaved(const QString& id) {
    if (!m_connecting || id != m_draft.value("id").toString())
        return;
    m_draft.clear(); // the key is kept where it belongs, and nowhere else
    report(m_message.isEmpty() ? tr("Saved. It was not tried out.") : m_message, {}, false);
    setStep(kLastStep);
}

void FirstRun::chooseModel(const QString& model) {
    m_model = model;
    m_settings.setDefaultModel(model);
}

void FirstRun::report(const QString& message, const QString& hint, bool failed) {
    m_connecting = false;
    m_message = message;
    m_hint = hint;
    m_failed = failed;
    Q_EMIT connectionChanged();
}

} // namespace patchbay
