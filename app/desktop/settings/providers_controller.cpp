#include "app/desktop/settings/providers_controller.h"

#include <QCoroTask>
#include <QPointer>

#include "app/desktop/bridge/engine_bridge.h"
#include "app/desktop/settings/provider_texts.h"
#include "services/base_url.h"
#include "services/known_vendors.h"

namespace patchbay {
namespace {

const std::string kAuthor = "desktop";

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

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

WireFormat formatFrom(const QString& name) {
    return wireFormatFromName(name.toStdString()).value_or(WireFormat::OpenAiChat);
}

} // namespace

struct ProvidersController::Row {
    ProviderOverview overview;
    QString status = "untested";
    QString statusText;
    QString model; ///< what the last trial asked
};

/// Trials that run, by the id of their provider; "" for a new one without a name.
struct ProvidersController::Tests {
    struct Trial {
        int number = 0;
        std::shared_ptr<EngineCall> call;
    };
    std::map<QString, Trial> running;
    int count = 0;
};

ProvidersController::ProvidersController(EngineBridge& bridge, QObject* parent)
    : QAbstractListModel(parent), m_bridge(bridge), m_tests(std::make_unique<Tests>()) {
}

ProvidersController::~ProvidersController() = default;

int ProvidersController::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QHash<int, QByteArray> ProvidersController::roleNames() const {
    return {{ProviderIdRole, "providerId"},   {LabelRole, "label"},
            {FormatRole, "format"},           {FormatTitleRole, "formatTitle"},
            {VendorRole, "vendor"},           {BaseUrlRole, "baseUrl"},
            {ResolvedUrlRole, "resolvedUrl"}, {ProxyRole, "proxy"},
            {KeyPlaceRole, "keyPlace"},       {MaskedKeyRole, "maskedKey"},
            {KeyProblemRole, "keyProblem"},   {HasKeyRole, "hasKey"},
            {StatusRole, "status"},           {StatusTextRole, "statusText"},
            {FromFileRole, "fromFile"},       {OriginRole, "origin"},
            {EnabledRole, "enabled"},         {LocalRole, "local"}};
}

QVariant ProvidersController::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const ProviderConfig& config = row.overview.config;
    switch (role) {
    case ProviderIdRole:
        return QString::fromStdString(config.id);
    case Qt::DisplayRole:
    case LabelRole:
        return providerLabel(config);
    case FormatRole:
        return fromView(wireFormatName(config.format));
    case FormatTitleRole:
        return formatTitle(config.format);
    case VendorRole:
        return QString::fromStdString(config.vendor);
    case BaseUrlRole:
        return QString::fromStdString(config.baseUrl);
    case ResolvedUrlRole:
        return QString::fromStdString(row.overview.chatUrl);
    case ProxyRole: // a reference, or a URL without a password: the configuration takes no other
        return QString::fromStdString(config.proxy.secret ? config.proxy.secret->text() : config.proxy.text);
    case KeyPlaceRole:
        return keyPlaceText(config.key);
    case MaskedKeyRole:
        return QString::fromStdString(row.overview.maskedKey);
    case KeyProblemRole:
        return row.overview.problem ? QString::fromStdString(row.overview.problem->message) : QString();
    case HasKeyRole:
        return config.key.has_value();
    case StatusRole:
        return row.status;
    case StatusTextRole:
        return row.statusText;
    case FromFileRole:
        return row.overview.origin != ProviderOrigin::Managed;
    case OriginRole:
        return row.overview.origin == ProviderOrigin::Managed    ? QStringLiteral("managed")
               : row.overview.origin == ProviderOrigin::UserFile ? QStringLiteral("file")
                                                                 : QStringLiteral("environment");
    case EnabledRole:
        return config.enabled;
    case LocalRole:
        return config.local;
    default:
        return {};
    }
}

QVariantList ProvidersController::presets() const {
    return vendorPresets();
}

QVariantList ProvidersController::formats() const {
    return formatChoices();
}

int ProvidersController::rowOf(const QString& id) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].overview.config.id == id.toStdString())
            return static_cast<int>(i);
    return -1;
}

QVariantMap ProvidersController::get(const QString& id) const {
    QVariantMap map;
    const int row = rowOf(id);
    if (row < 0)
        return map;
    const QHash<int, QByteArray> names = roleNames();
    for (auto name = names.begin(); name != names.end(); ++name)
        map.insert(QString::fromLatin1(name.value()), data(index(row), name.key()));
    return map;
}

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

void ProvidersController::setStatus(const QString& id, const QString& status, const QString& text) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_rows[static_cast<std::size_t>(row)].status = status;
    m_rows[static_cast<std::size_t>(row)].statusText = text;
    Q_EMIT dataChanged(index(row), index(row), {StatusRole, StatusTextRole});
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
    m_newKeyPlace = read->keychain ? tr("New keys are kept in the system's keychain.")
                                   : tr("No keychain service answers here. New keys are kept in an encrypted file: %1")
                                         .arg(read->vault);
    Q_EMIT newKeyPlaceChanged();
    Q_EMIT refreshed();
}

void ProvidersController::take(std::vector<ProviderOverview> list) {
    std::vector<Row> rows;
    for (ProviderOverview& overview : list) {
        Row row{.overview = std::move(overview), .status = "untested", .statusText = {}, .model = {}};
        // What was tried stays known as long as the same thing would be tried again.
        for (const Row& old : m_rows)
            if (old.overview.config == row.overview.config && old.overview.maskedKey == row.overview.maskedKey)
                row = Row{row.overview, old.status, old.statusText, old.model};
        rows.push_back(std::move(row));
    }
    const bool sameIds = std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), [](const Row& a, const Row& b) {
        return a.overview.config.id == b.overview.config.id;
    });
    if (sameIds) { // cards keep their place and focus
        m_rows = std::move(rows);
        if (!m_rows.empty())
            Q_EMIT dataChanged(index(0), index(count() - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
    Q_EMIT countChanged();
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

QString ProvidersController::resolvedUrlFor(const QString& format, const QString& baseUrl) const {
    const auto url = chatUrlOf(formatFrom(format), baseUrl.toStdString());
    return url ? QString::fromStdString(*url) : QString();
}

QString ProvidersController::urlProblem(const QString& format, const QString& baseUrl) const {
    if (chatUrlOf(formatFrom(format), baseUrl.toStdString()))
        return {};
    return baseUrl.trimmed().isEmpty() ? tr("Enter the address of the server.")
                                       : tr("Not a complete address. Write it like https://api.example.com/v1.");
}

QString ProvidersController::suggestId(const QString& vendor, const QString& baseUrl) const {
    QString base = vendor;
    if (base.isEmpty())
        if (const auto url = parseBaseUrl(baseUrl.trimmed().toStdString()))
            base = QString::fromStdString(url->host).section('.', -2, -2);
    if (base.isEmpty() || base.at(0).isDigit())
        base = "provider";
    QString id = base;
    for (int i = 2; rowOf(id) >= 0 || id == QLatin1String("playground"); ++i)
        id = base + "-" + QString::number(i);
    return id;
}

bool ProvidersController::forgetsKey(const QString& id, const QString& baseUrl) const {
    const int row = rowOf(id);
    if (row < 0 || !m_rows[static_cast<std::size_t>(row)].overview.config.key)
        return false;
    return !sameHost(m_rows[static_cast<std::size_t>(row)].overview.config.baseUrl, baseUrl.toStdString());
}

QString ProvidersController::vendorOfKey(const QString& key) const {
    const KnownVendor* vendor = patchbay::vendorOfKey(key.trimmed().toStdString());
    return vendor != nullptr ? fromView(vendor->name) : QString();
}

} // namespace patchbay
