// The list's side of ProvidersController, and its helps for forms; what changes something is in
// providers_controller.cpp.
#include "app/desktop/settings/provider_row.h"
#include "app/desktop/settings/provider_texts.h"
#include "services/base_url.h"
#include "services/known_vendors.h"

namespace patchbay {
namespace {

QString fromView(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

WireFormat formatFrom(const QString& name) {
    return wireFormatFromName(name.toStdString()).value_or(WireFormat::OpenAiChat);
}

} // namespace

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

void ProvidersController::setStatus(const QString& id, const QString& status, const QString& text) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_rows[static_cast<std::size_t>(row)].status = status;
    m_rows[static_cast<std::size_t>(row)].statusText = text;
    Q_EMIT dataChanged(index(row), index(row), {StatusRole, StatusTextRole});
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
