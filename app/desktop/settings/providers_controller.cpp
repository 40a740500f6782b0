#include "app/desktop/settings/providers_controller.h"

#include <QCoroTask>
#include <QPointer>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/settings/provider_row.h"
#include "app/desktop/settings/provider_texts.h"

namespace patchbay {
namespace {

const std::string kAuthor = "desktop";

std::string textIn(const QVariantMap& map, const char* name) {
    return map.value(QLatin1String(name)).toString().trimmed().toStdString();
}

ProviderDraft draftFrom(const QVariantMap& map) {
    ProviderDraft draft;
    draft.id = textIn(map, "providerId");
    draft.isNew = draft.id.empty();
    if (draft.isNew)
        draft.id = textIn(map, "id");
    draft.format = textIn(map, "format");
    draft.vendor = textIn(map, "vendor");
    draft.baseUrl = textIn(map, "baseUrl");
    draft.proxy = textIn(map, "proxy");
    draft.key = Secret(textIn(map, "key"));
    draft.keyReference = textIn(map, "keyReference");
    draft.forgetKey = map.value("forgetKey").toBool();
    draft.enabled = map.value("enabled", true).toBool();
    return draft;
}

} // namespace

ProvidersController::ProvidersController(EngineBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge), m_tests(std::make_unique<Tests>()) {
}

ProvidersController::~ProvidersController() = default;

QString ProvidersController::testedModel(const QString& id) const {
    const int row = rowOf(id);
    return row < 0 ? m_lastModel : m_rows[static_cast<std::size_t>(row)].model;
}

void ProvidersController::setBusy(int step) {
    const bool before = busy();
    m_busy += step;
    if (busy() != before)
        Q_EMIT busyChanged();
}

QString ProvidersController::newKeyPlace() const {
    if (m_keychain)
        return tr("New keys are kept in the system's keychain.");
    return m_vaultFile.isEmpty()
               ? QString()
               : tr("No keychain service answers here. New keys are kept in an encrypted file: %1").arg(m_vaultFile);
}

void ProvidersController::refresh() {
    reload();
}

QCoro::Task<> ProvidersController::reload() {
    const QPointer<ProvidersController> self(this);
    struct Read {
        std::vector<ProviderOverview> list;
        bool keychain = false;
        QString vault;
    };
    setBusy(1);
    auto read = co_await m_bridge.ask<Read>([](Composition& core) -> awaitable<Result<Read>> {
        Read now;
        now.list = co_await core.providers().overview();
        now.keychain = co_await core.providers().keychainWorks();
        now.vault = QString::fromStdString(core.places().vaultFile);
        co_return now;
    });
    if (!self)
        co_return;
    setBusy(-1);
    if (!read)
        co_return;
    take(std::move(read->list));
    m_keychain = read->keychain;
    m_vaultFile = read->vault;
    Q_EMIT newKeyPlaceChanged();
    Q_EMIT refreshed();
}

void ProvidersController::save(const QVariantMap& draft) {
    store(draftFrom(draft));
}

QCoro::Task<> ProvidersController::store(ProviderDraft draft) {
    const QPointer<ProvidersController> self(this);
    const QString id = QString::fromStdString(draft.id);
    setBusy(1);
    auto saved = co_await m_bridge.ask<ProviderSaved>(
        [draft](Composition& core) { return core.providers().save(draft, kAuthor); });
    if (!self)
        co_return;
    setBusy(-1);
    if (!saved) {
        const FailureText failure = failureText(saved.error());
        Q_EMIT saveFailed(id, failure.text, failure.hint);
        co_return;
    }
    Q_EMIT changed();
    co_await reload();
    if (!self)
        co_return;
    QString note;
    if (saved->keyForgotten)
        note = tr("The address is another one, so the stored key was forgotten. Enter the key for the new address.");
    else if (saved->key && saved->key->reference.kind == SecretRef::Kind::Vault)
        note = tr("The key is in the encrypted file, because no keychain service answers.");
    else if (saved->key)
        note = tr("The key is in the system's keychain.");
    Q_EMIT this->saved(id, note);
}

void ProvidersController::remove(const QString& id) {
    change(id, true, [id = id.toStdString()](Composition& core) { return core.providers().remove(id, kAuthor); });
}

void ProvidersController::setEnabled(const QString& id, bool enabled) {
    change(id, false, [id = id.toStdString(), enabled](Composition& core) {
        return core.providers().setEnabled(id, enabled, kAuthor);
    });
}

QCoro::Task<> ProvidersController::change(QString id, bool removes,
                                          std::function<awaitable<Result<void>>(Composition&)> work) {
    const QPointer<ProvidersController> self(this);
    setBusy(1);
    // Result<void> cannot travel by itself: Asking<T> wants a value.
    auto done = co_await m_bridge.ask<bool>([work = std::move(work)](Composition& core) -> awaitable<Result<bool>> {
        auto outcome = co_await work(core);
        co_return outcome ? Result<bool>(true) : Result<bool>(outcome.error());
    });
    if (!self)
        co_return;
    setBusy(-1);
    if (!done) {
        const FailureText failure = failureText(done.error());
        Q_EMIT saveFailed(id, failure.text, failure.hint);
    } else
        Q_EMIT changed();
    co_await reload();
    if (self && done && removes)
        Q_EMIT removed(id);
}

void ProvidersController::test(const QVariantMap& map) {
    const ProviderDraft draft = draftFrom(map);
    const std::string model = textIn(map, "model");
    const QString id = QString::fromStdString(draft.id);
    cancelTest(id);
    setStatus(id, "testing", tr("Asking…"));
    const QPointer<ProvidersController> self(this);
    EngineBridge* const bridge = &m_bridge;
    if (!m_bridge.ready()) {
        Q_EMIT tested(id, false, tr("Patchbay is still starting."), {});
        return;
    }
    const int number = ++m_tests->count;
    m_tests->running[id] = {number, m_bridge.run([=](Composition& core) -> awaitable<void> {
        Result<TrialReport> report = makeError(ErrorCode::Internal, {});
        auto endpoint = co_await core.providers().endpointOf(draft);
        if (endpoint) {
            const std::string vendor((*endpoint)->quirks.vendor);
            report = co_await tryProvider(core.client(), core.clock(), core.catalog(),
                                          std::string(catalogProviderName(vendor)), *endpoint, model);
        } else
            report = endpoint.error();
        bridge->post([self, id, number, report = std::move(report)] {
            if (self)
                self->onTried(id, number, report);
        });
    })};
}

void ProvidersController::onTried(const QString& id, int number, const Result<TrialReport>& report) {
    const auto found = m_tests->running.find(id);
    if (found == m_tests->running.end() || found->second.number != number)
        return; // cancelled, or replaced by another one
    m_tests->running.erase(found);
    const FailureText failure = report ? FailureText{trialText(*report), {}} : failureText(report.error());
    setStatus(id, report ? "ok" : "error", failure.text);
    if (report) {
        m_lastModel = QString::fromStdString(report->model);
        if (const int row = rowOf(id); row >= 0)
            m_rows[static_cast<std::size_t>(row)].model = m_lastModel;
    }
    Q_EMIT tested(id, report.has_value(), failure.text, failure.hint);
}

void ProvidersController::cancelTest(const QString& id) {
    const auto found = m_tests->running.find(id);
    if (found == m_tests->running.end())
        return;
    EngineCall::cancel(found->second.call);
    m_tests->running.erase(found);
    setStatus(id, "untested", {});
}

} // namespace patchbay
