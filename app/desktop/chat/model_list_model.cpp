#include "app/desktop/chat/model_list_model.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <QLocale>

#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

QString perMillion(TokenPrice price) {
    const double dollars = static_cast<double>(price) / 1e6; // pico-dollars per token are dollars per million / 1e6
    int decimals = 2;
    while (decimals < 4 &&
           std::abs(dollars - std::round(dollars * std::pow(10, decimals)) / std::pow(10, decimals)) > 1e-9)
        ++decimals;
    return QStringLiteral("$") + QLocale().toString(dollars, 'f', decimals);
}

} // namespace

ModelListModel::ModelListModel(ChatPage& page) : m_page(page) {
}

ModelListModel::~ModelListModel() = default;

int ModelListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const ModelFacts& facts = m_models[m_shown[static_cast<std::size_t>(index.row())]];
    switch (role) {
    case NameRole:
        return toQt(facts.name);
    case Qt::DisplayRole:
    case LabelRole:
        return toQt(facts.label);
    case ProviderRole:
        return toQt(facts.provider);
    case GroupRole:
        return facts.configured ? tr("Configured") : toQt(facts.provider);
    case ContextWindowRole:
        return static_cast<int>(facts.contextWindow.value_or(0));
    case PriceTextRole:
        if (!facts.price || !facts.price->base.input || !facts.price->base.output)
            return facts.local ? tr("free") : QString();
        if (*facts.price->base.input == 0 && *facts.price->base.output == 0)
            return tr("free");
        //: prices of a model: input, output, in US dollars per million tokens
        return tr("%1 / %2 per 1M").arg(perMillion(*facts.price->base.input), perMillion(*facts.price->base.output));
    case VisionRole:
        return facts.supports.vision.value_or(false);
    case ToolsRole:
        return facts.supports.tools.value_or(false);
    case ReasoningRole:
        return facts.supports.reasoning.value_or(false);
    case LocalRole:
        return facts.local;
    case IsDefaultRole:
        return toQt(facts.name) == m_default;
    default:
        return {};
    }
}

QHash<int, QByteArray> ModelListModel::roleNames() const {
    return {
        {NameRole, "name"},
        {LabelRole, "label"},
        {ProviderRole, "provider"},
        {GroupRole, "group"},
        {ContextWindowRole, "contextWindow"},
        {PriceTextRole, "priceText"},
        {VisionRole, "vision"},
        {ToolsRole, "tools"},
        {ReasoningRole, "reasoning"},
        {LocalRole, "local"},
        {IsDefaultRole, "isDefault"},
    };
}

void ModelListModel::refresh() {
    if (!m_busy)
        read();
}

awaitable<Result<ModelListModel::Listing>> ModelListModel::list(Composition& core) {
    Listing listing{.defaultModel = core.config().defaultModel};
    const std::vector<ModelInfo> models = co_await core.chat().listModels();
    for (const ModelInfo& model : models) {
        const bool embedding = model.capabilities.size() == 1 && model.capabilities.front() == "embedding";
        if (!embedding)
            listing.models.push_back(modelFacts(core, model.id, &model));
    }
    co_return listing;
}

QCoro::Task<void> ModelListModel::read() {
    m_busy = true;
    Q_EMIT busyChanged();
    auto listing = co_await m_page.bridge.ask<Listing>([](Composition& core) { return list(core); });
    m_busy = false;
    if (listing) {
        // Groups together, the user's own names first; the order inside a group is the vendor's.
        std::map<std::string, std::vector<ModelFacts>> groups;
        for (ModelFacts& facts : listing->models)
            groups[facts.configured ? std::string() : facts.provider].push_back(std::move(facts));
        m_models.clear();
        for (auto& [name, models] : groups)
            m_models.insert(m_models.end(), std::make_move_iterator(models.begin()),
                            std::make_move_iterator(models.end()));
        m_default = toQt(listing->defaultModel);
        applyFilter();
    }
    Q_EMIT busyChanged();
    Q_EMIT refreshed();
}

void ModelListModel::setFilter(const QString& filter) {
    if (m_filter == filter)
        return;
    m_filter = filter;
    applyFilter();
    Q_EMIT filterChanged();
}

void ModelListModel::applyFilter() {
    beginResetModel();
    m_shown.clear();
    const QStringList words = m_filter.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_models.size(); ++i) {
        const QString text = toQt(m_models[i].name + " " + m_models[i].label);
        if (std::all_of(words.begin(), words.end(),
                        [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); }))
            m_shown.push_back(i);
    }
    endResetModel();
    Q_EMIT countChanged();
}

int ModelListModel::rowOf(const QString& name) const {
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        if (toQt(m_models[m_shown[i]].name) == name)
            return static_cast<int>(i);
    return -1;
}

QString ModelListModel::defaultModel() const {
    if (!m_default.isEmpty() || m_models.empty())
        return m_default;
    return toQt(m_models.front().name);
}

const ModelFacts* ModelListModel::find(const QString& name) const {
    const std::string wanted = name.toStdString();
    const auto found = std::find_if(m_models.begin(), m_models.end(),
                                    [&wanted](const ModelFacts& facts) { return facts.name == wanted; });
    return found == m_models.end() ? nullptr : &*found;
}

} // namespace patchbay
