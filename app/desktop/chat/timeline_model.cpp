#include "app/desktop/chat/timeline_model.h"

#include <algorithm>

#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {
namespace {

constexpr int kPageOfJump = 200;
constexpr std::size_t kPageBytes = 96 * 1024;
constexpr std::size_t kFewest = 4; // a new question and its reply, and what they are joined to

TimelineRow dayRow(TimelineMessage& message) {
    TimelineRow row;
    row.message = &message;
    row.kind = RowKind::Day;
    return row;
}

} // namespace

TimelineModel::TimelineModel(ChatPage& page) : m_page(page) {
    m_elapsed.setInterval(1000);
    connect(&m_elapsed, &QTimer::timeout, this, &TimelineModel::updateElapsed);
    connect(&m_highlighter, &CodeHighlighter::ready, this, &TimelineModel::onHighlighted);
}

TimelineModel::~TimelineModel() = default;

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : count();
}

void TimelineModel::setLoading(bool loading) {
    if (m_loading == loading)
        return;
    m_loading = loading;
    Q_EMIT loadingChanged();
    Q_EMIT countChanged(); // `empty` follows both
}

void TimelineModel::limitText(PathPage& page) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < page.messages.size(); ++i) {
        if (i >= kFewest && bytes > kPageBytes) {
            page.messages.resize(i);
            page.more = true;
            return;
        }
        for (const ContentPart& part : page.messages[i].record.message.parts) {
            if (const auto* text = std::get_if<TextPart>(&part))
                bytes += text->text.size();
            else if (const auto* reasoning = std::get_if<ReasoningPart>(&part))
                bytes += reasoning->text.size();
        }
    }
}

void TimelineModel::clear() {
    show({});
}

void TimelineModel::show(PathPage page) {
    beginResetModel();
    ++m_generation;
    m_growing.reset();
    m_lastGrowing.clear();
    m_elapsed.stop();
    m_rows.clear();
    m_messages.clear();
    m_byId.clear();
    m_toolResults.clear();
    m_folds.clear();
    m_more = page.more;
    for (auto it = page.messages.rbegin(); it != page.messages.rend(); ++it) {
        const TimelineMessage* before = m_messages.empty() ? nullptr : m_messages.back().get();
        for (TimelineRow& row : adopt(std::move(*it), true, before, !before && !m_more))
            m_rows.push_back(std::move(row));
    }
    endResetModel();
    Q_EMIT countChanged();
}

TimelineModel::Rows TimelineModel::adopt(PathMessage path, bool newest, const TimelineMessage* before, bool isStart) {
    auto made = makeTimelineMessage(std::move(path));
    TimelineMessage& message = *made;
    m_byId.insert(message.id, &message);
    takeToolResults(message, message.record);
    if (newest)
        m_messages.push_back(std::move(made));
    else
        m_messages.push_front(std::move(made));
    Rows rows;
    if (newest && message.record.status == MessageStatus::Streaming)
        beginGrowing(message);
    Rows content = makeRows(message); // of a growing one: the footer that says so
    if (!content.empty() && (isStart || (before && before->day != message.day)))
        rows.push_back(dayRow(message));
    for (TimelineRow& row : content) {
        if (const auto chosen = m_folds.constFind(row.blockId()); chosen != m_folds.constEnd())
            row.folded = *chosen;
        rows.push_back(std::move(row));
    }
    return rows;
}

void TimelineModel::append(PathMessage message) {
    const TimelineMessage* before = m_messages.empty() ? nullptr : m_messages.back().get();
    const std::size_t at = m_rows.size();
    addRows(at, adopt(std::move(message), true, before, !before));
}

void TimelineModel::prepend(PathPage page) {
    m_more = page.more;
    // Bottom up: each message puts itself above the one that was oldest so far, and that one's day in between.
    std::deque<TimelineRow> rows;
    for (PathMessage& older : page.messages) {
        TimelineMessage* oldest = m_messages.empty() ? nullptr : m_messages.front().get();
        Rows own = adopt(std::move(older), false, nullptr, false);
        if (oldest && m_messages.front()->day != oldest->day)
            rows.push_front(dayRow(*oldest));
        for (auto it = own.rbegin(); it != own.rend(); ++it)
            rows.push_front(std::move(*it));
    }
    if (!m_more && !m_messages.empty())
        rows.push_front(dayRow(*m_messages.front()));
    addRows(0, {std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end())});
}

void TimelineModel::takeToolResults(const TimelineMessage& message, const MessageRecord& record) {
    for (const ContentPart& part : record.message.parts)
        if (const auto* result = std::get_if<ToolResultPart>(&part)) {
            const QString id = toQt(result->toolCallId);
            m_toolResults.insert(id, toolResultText(*result));
            for (std::size_t i = m_rows.size(); i-- > 0;)
                if (m_rows[i].kind == RowKind::Tool && m_rows[i].toolCallId == id && m_rows[i].message != &message) {
                    changed(i, 1, {ToolResultRole});
                    break;
                }
        }
}

bool TimelineModel::sync(PathPage page) {
    if (m_messages.empty()) {
        show(std::move(page));
        return true;
    }
    std::size_t fresh = 0; // how many of the page are not shown yet
    while (fresh < page.messages.size() && !m_byId.contains(toQt(page.messages[fresh].record.id)))
        ++fresh;
    if (fresh == page.messages.size() && !page.messages.empty())
        return false;
    std::size_t kept = 0;
    if (fresh < page.messages.size()) {
        const TimelineMessage* last = m_byId.value(toQt(page.messages[fresh].record.id));
        while (m_messages[kept].get() != last)
            ++kept;
        ++kept;
    }
    truncateAfter(kept);
    for (std::size_t i = fresh; i < page.messages.size(); ++i) {
        TimelineMessage* shown = m_byId.value(toQt(page.messages[i].record.id));
        if (!shown)
            break;
        const PathMessage& now = page.messages[i];
        if (shown->growing && now.record.status != MessageStatus::Streaming) {
            finish(page.messages[i]);
        } else if (shown->versions != now.versions || shown->version != now.version) {
            shown->version = now.version;
            shown->versions = now.versions;
            for (std::size_t row = firstRowOf(shown); row < m_rows.size() && m_rows[row].message == shown; ++row)
                changed(row, 1, {VersionIndexRole, VersionCountRole});
        }
    }
    for (std::size_t i = fresh; i-- > 0;)
        append(std::move(page.messages[i]));
    return true;
}

void TimelineModel::truncateAfter(std::size_t kept) {
    if (kept >= m_messages.size())
        return;
    ++m_generation;
    for (std::size_t i = kept; i < m_messages.size(); ++i)
        m_messages[i]->gone = true;
    if (m_growing && m_growing->message->gone) {
        m_growing.reset();
        m_elapsed.stop();
    }
    std::size_t count = 0;
    while (count < m_rows.size() && m_rows[m_rows.size() - 1 - count].message->gone)
        ++count;
    dropRows(m_rows.size() - count, count);
    while (m_messages.size() > kept) {
        m_byId.remove(m_messages.back()->id);
        m_messages.pop_back();
    }
}

bool TimelineModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && m_more && !m_fetching && !m_messages.empty();
}

void TimelineModel::fetchMore(const QModelIndex& parent) {
    if (canFetchMore(parent))
        fetchOlder(kPage);
}

QCoro::Task<bool> TimelineModel::fetchOlder(int limit) {
    const std::string parent = m_messages.front()->record.parentId;
    const int generation = m_generation;
    m_fetching = true;
    auto page = co_await m_page.bridge.ask<PathPage>([parent, limit](Composition& core) -> awaitable<Result<PathPage>> {
        if (!core.history())
            co_return historyOffError();
        auto page = co_await core.history()->pathUp(parent, limit);
        if (page && limit == kPage)
            limitText(*page);
        co_return page;
    });
    m_fetching = false;
    if (generation != m_generation)
        co_return false;
    if (!page) {
        m_more = false; // or the view would ask again and again
        co_return false;
    }
    prepend(std::move(*page));
    co_return true;
}

QCoro::Task<bool> TimelineModel::loadUntil(QString messageId) {
    const int generation = m_generation;
    while (!m_byId.contains(messageId)) {
        if (generation != m_generation || !m_more || m_messages.empty())
            co_return false;
        if (m_fetching) { // the view asked for some: wait for those
            co_await m_page.bridge.ask<int>([](Composition&) -> awaitable<Result<int>> { co_return 0; });
            continue;
        }
        co_await fetchOlder(kPageOfJump);
    }
    co_return true;
}

void TimelineModel::addRows(std::size_t at, Rows rows) {
    if (rows.empty())
        return;
    // m_rows is oldest first: what goes in at `at` becomes the model's rows size-at … size-at+count-1.
    const int first = static_cast<int>(m_rows.size() - at);
    beginInsertRows({}, first, first + static_cast<int>(rows.size()) - 1);
    m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(rows.begin()),
                  std::make_move_iterator(rows.end()));
    endInsertRows();
    Q_EMIT countChanged();
}

void TimelineModel::dropRows(std::size_t at, std::size_t count) {
    if (count == 0)
        return;
    beginRemoveRows({}, modelRow(at + count - 1), modelRow(at));
    const auto begin = m_rows.begin() + static_cast<std::ptrdiff_t>(at);
    m_rows.erase(begin, begin + static_cast<std::ptrdiff_t>(count));
    endRemoveRows();
    Q_EMIT countChanged();
}

void TimelineModel::changed(std::size_t at, std::size_t count, const QList<int>& roles) {
    if (count > 0)
        Q_EMIT dataChanged(index(modelRow(at + count - 1)), index(modelRow(at)), roles);
}

void TimelineModel::changedAll(const QList<int>& roles) {
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0), index(count() - 1), roles);
}

std::size_t TimelineModel::firstRowOf(const TimelineMessage* message) const {
    std::size_t found = m_rows.size();
    for (std::size_t i = m_rows.size(); i-- > 0;) {
        if (m_rows[i].message == message && m_rows[i].kind != RowKind::Day)
            found = i;
        else if (found != m_rows.size())
            break;
    }
    return found;
}

int TimelineModel::rowOfMessage(const QString& id) const {
    const TimelineMessage* message = m_byId.value(id);
    const std::size_t at = message ? firstRowOf(message) : m_rows.size();
    return at < m_rows.size() ? modelRow(at) : -1;
}

const TimelineMessage* TimelineModel::message(const QString& id) const {
    return m_byId.value(id);
}

const TimelineMessage* TimelineModel::newest(patchbay::Role role) const {
    const auto found = std::find_if(m_messages.rbegin(), m_messages.rend(),
                                    [role](const auto& message) { return message->record.message.role == role; });
    return found == m_messages.rend() ? nullptr : found->get();
}

} // namespace patchbay
