#include "app/desktop/chat/conversation_list_model.h"

#include <algorithm>

#include <QLocale>

#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

constexpr int kUndoMs = 10'000;

int groupOf(const Conversation& c) {
    return c.pinned ? 0 : c.folder.empty() ? 2 : 1;
}

bool standsBefore(const Conversation& a, const Conversation& b) {
    if (const int x = groupOf(a), y = groupOf(b); x != y)
        return x < y;
    if (!a.pinned && a.folder != b.folder)
        return a.folder < b.folder;
    if (a.updatedAt != b.updatedAt)
        return a.updatedAt > b.updatedAt;
    return a.id > b.id;
}

} // namespace

void ConversationListModel::slim(Conversation& conversation) {
    conversation.systemPrompt = {};
    conversation.parameters = {};
    if (!conversation.draft.empty())
        conversation.draft = "…";
}

bool ConversationListModel::titleContains(const Conversation& conversation, const QString& filter) {
    return filter.isEmpty() || toQt(conversation.title).contains(filter, Qt::CaseInsensitive);
}

ConversationListModel::ConversationListModel(ChatPage& page) : m_page(page) {
    m_undo.setSingleShot(true);
    m_undo.setInterval(kUndoMs);
    connect(&m_undo, &QTimer::timeout, this, &ConversationListModel::forgetUndo);
}

ConversationListModel::~ConversationListModel() = default;

int ConversationListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

QVariant ConversationListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const Conversation& c = m_items[static_cast<std::size_t>(index.row())];
    const QString id = toQt(c.id);
    switch (role) {
    case ConversationIdRole:
        return id;
    case Qt::DisplayRole:
    case TitleRole:
        return c.title.empty() ? tr("New chat") : toQt(c.title);
    case ModelRole:
        return toQt(c.model);
    case SectionRole:
        return sectionOf(c);
    case PinnedRole:
        return c.pinned;
    case FolderRole:
        return toQt(c.folder);
    case UpdatedAtRole:
        return fromMilliseconds(c.updatedAt);
    case StreamingRole:
        return m_page.replies.of(id) != nullptr;
    case UnreadRole:
        return m_unread.contains(id);
    case DraftRole:
        return !c.draft.empty();
    case CurrentRole:
        return id == m_current;
    default:
        return {};
    }
}

QHash<int, QByteArray> ConversationListModel::roleNames() const {
    return {
        {ConversationIdRole, "conversationId"},
        {TitleRole, "title"},
        {ModelRole, "model"},
        {SectionRole, "section"},
        {PinnedRole, "pinned"},
        {FolderRole, "folder"},
        {UpdatedAtRole, "updatedAt"},
        {StreamingRole, "streaming"},
        {UnreadRole, "unread"},
        {DraftRole, "draft"},
        {CurrentRole, "current"},
    };
}

QString ConversationListModel::sectionOf(const Conversation& c) const {
    if (m_showTrash)
        return tr("Trash");
    if (c.pinned)
        return tr("Pinned");
    if (!c.folder.empty())
        return toQt(c.folder);
    const QDate day = fromMilliseconds(c.updatedAt).date();
    const QDate today = QDate::currentDate();
    const qint64 ago = day.daysTo(today);
    if (ago <= 0)
        return tr("Today");
    if (ago == 1)
        return tr("Yesterday");
    if (ago <= 7)
        return tr("Previous 7 days");
    if (ago <= 30)
        return tr("Previous 30 days");
    const QLocale locale;
    const QString month = locale.standaloneMonthName(day.month());
    //: %1 a month's name, %2 a year
    return day.year() == today.year() ? month : tr("%1 %2").arg(month, QString::number(day.year()));
}

void ConversationListModel::setLoading(bool loading) {
    if (m_loading == loading)
        return;
    m_loading = loading;
    Q_EMIT loadingChanged();
}

void ConversationListModel::setFolders(const std::vector<std::string>& folders) {
    QStringList names;
    for (const std::string& folder : folders)
        names += toQt(folder);
    if (names == m_folders)
        return;
    m_folders = names;
    Q_EMIT foldersChanged();
}

void ConversationListModel::setFilter(const QString& filter) {
    if (m_filter == filter)
        return;
    m_filter = filter;
    Q_EMIT filterChanged();
    reload();
}

void ConversationListModel::setShowTrash(bool show) {
    if (m_showTrash == show)
        return;
    m_showTrash = show;
    Q_EMIT showTrashChanged();
    reload();
}

int ConversationListModel::rowOf(const QString& id) const {
    const std::string wanted = id.toStdString();
    const auto found =
        std::find_if(m_items.begin(), m_items.end(), [&wanted](const Conversation& c) { return c.id == wanted; });
    return found == m_items.end() ? -1 : static_cast<int>(found - m_items.begin());
}

bool ConversationListModel::isShown(const Conversation& conversation) const {
    return conversation.deletedAt.has_value() == m_showTrash && titleContains(conversation, m_filter.trimmed());
}

void ConversationListModel::upsert(const Conversation& conversation) {
    Conversation fresh = conversation;
    slim(fresh);
    int row = rowOf(toQt(fresh.id));
    if (!isShown(fresh)) {
        removeRow(row);
        return;
    }
    if (row < 0) {
        const auto place = std::upper_bound(m_items.begin(), m_items.end(), fresh, standsBefore);
        row = static_cast<int>(place - m_items.begin());
        if (row == count() && !m_cursor.empty())
            return; // comes with its page
        beginInsertRows({}, row, row);
        m_items.insert(place, std::move(fresh));
        endInsertRows();
        Q_EMIT countChanged();
        Q_EMIT currentRowChanged();
        return;
    }
    int target = 0; // among the others
    for (int i = 0; i < count(); ++i)
        if (i != row && standsBefore(m_items[static_cast<std::size_t>(i)], fresh))
            ++target;
    m_items[static_cast<std::size_t>(row)] = std::move(fresh);
    if (target != row) {
        beginMoveRows({}, row, row, {}, target > row ? target + 1 : target);
        const auto begin = m_items.begin();
        if (target > row)
            std::rotate(begin + row, begin + row + 1, begin + target + 1);
        else
            std::rotate(begin + target, begin + row, begin + row + 1);
        endMoveRows();
        Q_EMIT currentRowChanged();
    }
    Q_EMIT dataChanged(index(target), index(target));
}

QCoro::Task<void> ConversationListModel::refresh(QString id) {
    auto conversation = co_await m_page.history<Conversation>(
        [id = id.toStdString()](HistoryService& history) { return history.conversation(id); });
    if (conversation)
        upsert(*conversation);
    else if (conversation.error().code == ErrorCode::NotFound)
        removeRow(rowOf(id));
}

void ConversationListModel::removeRow(int row) {
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_items.erase(m_items.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    Q_EMIT currentRowChanged();
}

void ConversationListModel::notify(const QString& id, const QList<int>& roles) {
    if (const int row = rowOf(id); row >= 0)
        Q_EMIT dataChanged(index(row), index(row), roles);
}

void ConversationListModel::setCurrent(const QString& id) {
    if (m_current == id)
        return;
    const QString before = std::exchange(m_current, id);
    notify(before, {CurrentRole});
    notify(id, {CurrentRole});
    setUnread(id, false);
    Q_EMIT currentRowChanged();
}

void ConversationListModel::setUnread(const QString& id, bool unread) {
    if (m_unread.contains(id) == unread)
        return;
    if (unread)
        m_unread.insert(id);
    else
        m_unread.remove(id);
    notify(id, {UnreadRole});
}

void ConversationListModel::setDraft(const QString& id, bool any) {
    const int row = rowOf(id);
    if (row < 0)
        return;
    m_items[static_cast<std::size_t>(row)].draft = any ? "…" : "";
    notify(id, {DraftRole});
}

QString ConversationListModel::neighbour(const QString& id, int step) const {
    if (m_items.empty())
        return {};
    const int row = rowOf(id);
    const int target = row < 0 ? (step > 0 ? 0 : count() - 1) : (row + step + count()) % count();
    return toQt(m_items[static_cast<std::size_t>(target)].id);
}

QString ConversationListModel::titleOf(const QString& id) const {
    const int row = rowOf(id);
    return row < 0 ? QString() : data(index(row), TitleRole).toString();
}

QString ConversationListModel::newestModel() const {
    const auto newest =
        std::max_element(m_items.begin(), m_items.end(),
                         [](const Conversation& a, const Conversation& b) { return a.updatedAt < b.updatedAt; });
    return newest == m_items.end() ? QString() : toQt(newest->model);
}

QString ConversationListModel::undoText() const {
    return m_removed.isEmpty() ? QString() : tr("“%1” is in the trash").arg(m_removedTitle);
}

} // namespace patchbay
