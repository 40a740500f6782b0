// How the list of chats is read from the store, page by page.
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/conversation_list_model.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

constexpr int kPage = 50;

} // namespace

awaitable<Result<ConversationListModel::Listing>> ConversationListModel::readAll(HistoryService& history, bool trash,
                                                                                 QString filter) {
    Listing listing;
    std::vector<ConversationFilter> filters;
    auto folders = co_await history.listFolders();
    if (!folders)
        co_return folders.error();
    if (trash) {
        filters.push_back({.trash = true, .limit = 500});
    } else {
        filters.push_back({.pinned = true, .limit = 500});
        for (const std::string& folder : *folders)
            filters.push_back({.folder = folder, .pinned = false, .limit = 500});
        filters.push_back({.folder = "", .pinned = false, .limit = filter.isEmpty() ? kPage : 500});
    }
    listing.folders = std::move(*folders);
    for (ConversationFilter& wanted : filters) {
        for (;;) {
            auto page = co_await history.listConversations(wanted);
            if (!page)
                co_return page.error();
            for (Conversation& conversation : page->items)
                if (titleContains(conversation, filter)) {
                    slim(conversation);
                    listing.items.push_back(std::move(conversation));
                }
            wanted.cursor = page->nextCursor;
            const bool paged = filter.isEmpty() && &wanted == &filters.back();
            if (paged)
                listing.nextCursor = wanted.cursor;
            if (wanted.cursor.empty() || paged)
                break;
        }
    }
    co_return listing;
}

void ConversationListModel::reload() {
    read();
}

QCoro::Task<void> ConversationListModel::read() {
    const int generation = ++m_generation;
    setLoading(true);
    auto listing =
        co_await m_page.history<Listing>([trash = m_showTrash, filter = m_filter.trimmed()](HistoryService& history) {
            return readAll(history, trash, filter);
        });
    if (generation != m_generation)
        co_return;
    setLoading(false);
    if (!listing)
        co_return;
    beginResetModel();
    m_items = std::move(listing->items);
    m_cursor = std::move(listing->nextCursor);
    endResetModel();
    setFolders(listing->folders);
    Q_EMIT countChanged();
    Q_EMIT currentRowChanged();
}

bool ConversationListModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !m_cursor.empty() && !m_fetching && !m_loading;
}

void ConversationListModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        readMore();
}

QCoro::Task<void> ConversationListModel::readMore() {
    const int generation = m_generation;
    ConversationFilter filter{.limit = kPage, .cursor = m_cursor};
    filter.trash = m_showTrash;
    if (!m_showTrash) {
        filter.folder = "";
        filter.pinned = false;
    }
    m_fetching = true;
    auto page = co_await m_page.history<ConversationPage>(
        [filter](HistoryService& history) { return history.listConversations(filter); });
    m_fetching = false;
    if (generation != m_generation)
        co_return;
    m_cursor = page ? page->nextCursor : std::string();
    if (!page)
        co_return;
    std::erase_if(page->items, [this](const Conversation& c) { return rowOf(toQt(c.id)) >= 0; });
    if (page->items.empty())
        co_return;
    beginInsertRows({}, count(), count() + static_cast<int>(page->items.size()) - 1);
    for (Conversation& conversation : page->items) {
        slim(conversation);
        m_items.push_back(std::move(conversation));
    }
    endInsertRows();
    Q_EMIT countChanged();
}

QCoro::Task<void> ConversationListModel::readFolders() {
    auto folders = co_await m_page.history<std::vector<std::string>>(
        [](HistoryService& history) { return history.listFolders(); });
    if (folders)
        setFolders(*folders);
}

} // namespace patchbay
