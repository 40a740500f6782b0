#include "app/desktop/chat/find_in_chat.h"

#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"
#include "storage/search_index.h"

namespace patchbay {
namespace {

constexpr int kDelayMs = 120;
constexpr int kPage = 200; // messages at a time, so that neither the storage nor the engine is busy for long

// Walks the path from its end upwards; the ids of the messages that contain the text.
awaitable<Result<std::vector<std::string>>> findInPath(HistoryService& history, std::string conversationId,
                                                       QString text) {
    std::vector<std::string> found;
    auto conversation = co_await history.conversation(conversationId);
    if (!conversation)
        co_return conversation.error();
    std::string from = conversation->activeLeaf;
    while (!from.empty()) {
        auto page = co_await history.pathUp(from, kPage);
        if (!page)
            co_return page.error();
        for (const PathMessage& message : page->messages)
            if (toQt(searchableText(message.record.message)).contains(text, Qt::CaseInsensitive))
                found.push_back(message.record.id);
        from = page->more ? page->messages.back().record.parentId : std::string();
    }
    co_return found;
}

} // namespace

FindInChat::FindInChat(ChatPage& page) : m_page(page) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelayMs);
    connect(&m_delay, &QTimer::timeout, this, &FindInChat::run);
}

FindInChat::~FindInChat() = default;

void FindInChat::setQuery(const QString& query) {
    if (m_query == query)
        return;
    m_query = query;
    Q_EMIT queryChanged();
    restart();
}

void FindInChat::restart() {
    ++m_generation;
    m_page.timeline.setMatch(m_query.trimmed());
    const bool wasThere = m_busy || !m_matches.isEmpty();
    m_matches.clear();
    m_position = 0;
    m_busy = !m_query.trimmed().isEmpty() && !m_page.chat.conversationId().isEmpty();
    if (m_busy)
        m_delay.start();
    else
        m_delay.stop();
    if (wasThere || m_busy)
        Q_EMIT resultChanged();
}

QCoro::Task<void> FindInChat::run() {
    const int generation = m_generation;
    const QString text = m_query.trimmed();
    auto found = co_await m_page.history<std::vector<std::string>>(
        [id = m_page.chat.conversationId().toStdString(), text](HistoryService& history) {
            return findInPath(history, id, text);
        });
    if (generation != m_generation)
        co_return;
    m_busy = false;
    if (found)
        for (const std::string& id : *found)
            m_matches += toQt(id);
    m_position = m_matches.isEmpty() ? 0 : 1;
    Q_EMIT resultChanged();
    if (m_position > 0)
        co_await jump();
}

void FindInChat::next() {
    step(1);
}

void FindInChat::previous() {
    step(-1);
}

void FindInChat::step(int by) {
    if (m_matches.isEmpty())
        return;
    m_position = (m_position - 1 + by + count()) % count() + 1;
    Q_EMIT resultChanged();
    jump();
}

QCoro::Task<void> FindInChat::jump() {
    const int generation = m_generation;
    const QString id = m_matches.at(m_position - 1);
    const QString text = m_query.trimmed();
    const bool loaded = co_await m_page.timeline.loadUntil(id);
    if (!loaded || generation != m_generation)
        co_return;
    if (const int row = m_page.timeline.rowOfMatch(id, text); row >= 0)
        Q_EMIT m_page.chat.jumpRequested(row);
}

} // namespace patchbay
