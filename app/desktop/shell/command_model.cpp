#include "app/desktop/shell/command_model.h"

#include <algorithm>

#include "app/desktop/shell/actions.h"
#include "app/desktop/shell/shortcut_map.h"

namespace patchbay {
namespace {

const QString kStoreName = QStringLiteral("recentCommands");
constexpr int kMaxRecent = 12;
constexpr std::size_t kMaxRows = 60;
constexpr int kChatsWithoutQuery = 6; // the list of chats itself stands beside the palette
constexpr int kRecencyBonus = 15;     // per place: breaks ties, lifts nothing over a better kind of match
constexpr int kDetailPenalty = 2000;

QString keyOf(const QString& kind, const QString& id) {
    return kind + u':' + id;
}

// Ties between kinds: what one does comes before what one opens.
int kindBonus(const QString& kind) {
    return kind == u"action" ? 30 : kind == u"page" ? 40 : kind == u"chat" ? 10 : 0;
}

int roleNamed(const QAbstractItemModel& model, const char* name) {
    return model.roleNames().key(name, -1);
}

} // namespace

CommandModel::CommandModel(ShortcutMap& shortcuts, ShellStore& store, QObject* parent)
    : QAbstractListModel(parent), m_shortcuts(shortcuts), m_store(store) {
    connect(&shortcuts, &ShortcutMap::changed, this, [this] { m_stale = true; });
}

void CommandModel::watch(QAbstractItemModel* model) {
    if (!model)
        return;
    const auto stale = [this] { m_stale = true; };
    connect(model, &QAbstractItemModel::modelReset, this, stale);
    connect(model, &QAbstractItemModel::rowsInserted, this, stale);
    connect(model, &QAbstractItemModel::rowsRemoved, this, stale);
    connect(model, &QAbstractItemModel::dataChanged, this, stale);
    m_stale = true;
}

void CommandModel::setChats(QAbstractItemModel* chats) {
    m_chats = chats;
    watch(chats);
}

void CommandModel::setModels(QAbstractItemModel* models) {
    m_models = models;
    watch(models);
}

void CommandModel::setPages(const QVariantList& pages) {
    m_pages = pages;
    m_stale = true;
    Q_EMIT pagesChanged();
}

void CommandModel::setQuery(const QString& query) {
    if (query == m_query)
        return;
    m_query = query;
    filter();
    Q_EMIT queryChanged();
}

void CommandModel::refresh() {
    m_stale = true;
    filter();
}

void CommandModel::add(Entry entry, const QString& alsoTyped) {
    entry.fuzzyTitle = FuzzyText(entry.title);
    entry.fuzzyDetail = FuzzyText(alsoTyped);
    const qsizetype place = m_recent.indexOf(keyOf(entry.kind, entry.id));
    entry.recency = place < 0 ? 0 : kMaxRecent - int(place);
    m_entries.push_back(std::move(entry));
}

void CommandModel::readActions() {
    for (const ActionInfo& action : actionTable()) {
        if (!action.inPalette)
            continue;
        const QString group = groupOf(action);
        // In a translated window its English name fits too: much help on the net uses it.
        add({.kind = QStringLiteral("action"), .id = QLatin1String(action.id), .title = labelOf(action), .detail = group},
            group + u' ' + QLatin1String(action.label));
    }
}

void CommandModel::readPages() {
    for (const QVariant& page : std::as_const(m_pages)) {
        const QString id = page.toMap().value(QStringLiteral("id")).toString();
        add({.kind = QStringLiteral("page"), .id = id, .title = page.toMap().value(QStringLiteral("title")).toString()},
            id);
    }
}

void CommandModel::readRows(QAbstractItemModel* model, const QString& kind, const char* idRole, const char* titleRole,
                            const char* detailRole) {
    if (!model)
        return;
    const int idAt = roleNamed(*model, idRole);
    const int titleAt = roleNamed(*model, titleRole);
    const int detailAt = detailRole ? roleNamed(*model, detailRole) : -1;
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex index = model->index(row, 0);
        const QString id = index.data(idAt).toString();
        QString title = index.data(titleAt).toString();
        const QString detail = detailAt < 0 ? QString() : index.data(detailAt).toString();
        if (!id.isEmpty())
            add({.kind = kind, .id = id, .title = title.isEmpty() ? id : std::move(title), .detail = detail},
                detail + u' ' + (kind == u"model" ? id : QString()));
    }
}

void CommandModel::readEntries() {
    m_entries.clear();
    m_recent = m_store.value(kStoreName).toStringList();
    readRows(m_chats, QStringLiteral("chat"), "conversationId", "title", nullptr);
    readPages();
    readActions();
    readRows(m_models, QStringLiteral("model"), "name", "label", "provider");
    m_stale = false;
}

std::optional<CommandModel::Hit> CommandModel::hitOf(const Entry& entry, const FuzzyText& needle) const {
    const int bonus = kindBonus(entry.kind) + entry.recency * kRecencyBonus;
    if (const auto match = entry.fuzzyTitle.match(needle))
        return Hit{&entry, match->score + bonus, match->positions};
    if (const auto match = entry.fuzzyDetail.match(needle))
        return Hit{&entry, match->score - kDetailPenalty + bonus, {}};
    return std::nullopt;
}

void CommandModel::filter() {
    beginResetModel();
    m_hits.clear();
    if (m_stale)
        readEntries();
    const FuzzyText needle(m_query.simplified());
    const bool all = m_query.trimmed().isEmpty();
    int chats = 0;
    for (const Entry& entry : m_entries) {
        // Without a text the order of the sources stays, and no list of every chat and model.
        if (all && entry.recency == 0 && (entry.kind == u"model" || (entry.kind == u"chat" && ++chats > kChatsWithoutQuery)))
            continue;
        if (auto hit = all ? Hit{&entry, entry.recency, {}} : hitOf(entry, needle))
            m_hits.push_back(std::move(*hit));
    }
    std::sort(m_hits.begin(), m_hits.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.entry < b.entry; // the order of the sources breaks ties
    });
    if (m_hits.size() > kMaxRows)
        m_hits.resize(kMaxRows);
    endResetModel();
    Q_EMIT countChanged();
}

void CommandModel::run(int row) {
    if (row < 0 || row >= rowCount())
        return;
    const QString kind = m_hits[std::size_t(row)].entry->kind;
    const QString id = m_hits[std::size_t(row)].entry->id;
    m_recent.removeAll(keyOf(kind, id));
    m_recent.prepend(keyOf(kind, id));
    while (m_recent.size() > kMaxRecent)
        m_recent.removeLast();
    m_store.setValue(kStoreName, m_recent);
    m_stale = true;
    Q_EMIT activated(kind, id);
}

int CommandModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_hits.size());
}

QString CommandModel::sectionOf(const Entry& entry) const {
    if (m_query.trimmed().isEmpty() && entry.recency > 0)
        return tr("Recent");
    if (entry.kind == u"chat")
        return tr("Chats");
    if (entry.kind == u"model")
        return tr("Models");
    return entry.kind == u"page" ? tr("Pages") : tr("Commands");
}

QVariant CommandModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Hit& hit = m_hits[std::size_t(index.row())];
    const Entry& entry = *hit.entry;
    switch (role) {
    case KindRole:
        return entry.kind;
    case IdRole:
        return entry.id;
    case Qt::DisplayRole:
    case TitleRole:
        return entry.title;
    case HtmlRole:
        return withBold(entry.title, hit.positions);
    case DetailRole:
        return entry.kind == u"action" ? entry.detail : entry.kind == u"model" ? entry.detail : sectionOf(entry);
    case TextRole:
        return entry.kind == u"action" ? m_shortcuts.texts().value(entry.id) : QVariant(QString());
    case SectionRole:
        return sectionOf(entry);
    default:
        return {};
    }
}

QHash<int, QByteArray> CommandModel::roleNames() const {
    return {{KindRole, "kind"},     {IdRole, "targetId"},   {TitleRole, "title"},    {HtmlRole, "html"},
            {DetailRole, "detail"}, {TextRole, "keyText"}, {SectionRole, "section"}};
}

} // namespace patchbay
