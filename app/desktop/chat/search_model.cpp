#include "app/desktop/chat/search_model.h"

#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

constexpr int kDelayMs = 120;
constexpr int kPage = 40;

QString snippetHtml(const SearchHit& hit) {
    const auto piece = [&hit](std::size_t begin, std::size_t end) {
        begin = std::min(begin, hit.snippet.size());
        end = std::clamp(end, begin, hit.snippet.size());
        return toQt(hit.snippet.substr(begin, end - begin)).toHtmlEscaped();
    };
    return piece(0, hit.hit.begin) + QStringLiteral("<b>") + piece(hit.hit.begin, hit.hit.end) +
           QStringLiteral("</b>") + piece(hit.hit.end, hit.snippet.size());
}

} // namespace

SearchModel::SearchModel(ChatPage& page) : m_page(page) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, [this] { run({}); });
}

SearchModel::~SearchModel() = default;

int SearchModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_hits.size());
}

QVariant SearchModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= count())
        return {};
    const SearchHit& hit = m_hits[static_cast<std::size_t>(index.row())];
    switch (role) {
    case ConversationIdRole:
        return toQt(hit.conversationId);
    case MessageIdRole:
        return toQt(hit.messageId);
    case Qt::DisplayRole:
    case TitleRole:
        return toQt(hit.title);
    case SnippetRole:
        return snippetHtml(hit);
    case WhenRole:
        return fromMilliseconds(hit.createdAt);
    case RoleRole:
        return toQt(hit.role);
    default:
        return {};
    }
}

QHash<int, QByteArray> SearchModel::roleNames() const {
    return {
        {ConversationIdRole, "conversationId"},
        {MessageIdRole, "messageId"},
        {TitleRole, "title"},
        {SnippetRole, "snippet"},
        {WhenRole, "when"},
        {RoleRole, "role"},
    };
}

void SearchModel::setQuery(const QString& query) {
    if (m_query == query)
        return;
    m_query = query;
    ++m_generation;
    m_busy = !query.trimmed().isEmpty();
    if (m_busy)
        m_delay.start();
    else
        showPage({}, false);
    Q_EMIT queryChanged();
    Q_EMIT busyChanged();
}

QCoro::Task<void> SearchModel::run(std::string cursor) {
    const int generation = m_generation;
    const bool further = !cursor.empty();
    m_fetching = true;
    auto page = co_await m_page.history<SearchPage>([text = m_query.toStdString(), cursor](HistoryService& history) {
        return history.search(text, kPage, cursor);
    });
    if (generation != m_generation)
        co_return;
    m_busy = false;
    m_errorText = page ? QString() : toQt(page.error().message);
    showPage(page ? std::move(*page) : SearchPage{}, further);
    Q_EMIT busyChanged();
}

void SearchModel::showPage(SearchPage page, bool further) {
    m_fetching = false;
    m_cursor = page.nextCursor;
    if (further) {
        if (page.hits.empty())
            return;
        beginInsertRows({}, count(), count() + static_cast<int>(page.hits.size()) - 1);
        m_hits.insert(m_hits.end(), std::make_move_iterator(page.hits.begin()),
                      std::make_move_iterator(page.hits.end()));
        endInsertRows();
    } else {
        m_totalText = m_query.trimmed().isEmpty() ? QString() : toQt(page.totalText());
        beginResetModel();
        m_hits = std::move(page.hits);
        endResetModel();
        Q_EMIT totalTextChanged();
    }
    Q_EMIT countChanged();
}

bool SearchModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && !m_fetching && !m_cursor.empty();
}

void SearchModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        run(m_cursor);
}

void SearchModel::openRow(int row) {
    if (row < 0 || row >= count())
        return;
    const SearchHit& hit = m_hits[static_cast<std::size_t>(row)];
    m_page.chat.openAt(toQt(hit.conversationId), toQt(hit.messageId));
}

} // namespace patchbay
