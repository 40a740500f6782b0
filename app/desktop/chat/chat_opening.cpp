// Which chat is shown, and how its path comes from the store.
#include "app/desktop/chat/chat_controller.h"
#include "app/desktop/chat/chat_page.h"
#include "app/desktop/chat/display_text.h"

namespace patchbay {

void ChatController::newChat() {
    m_modelChosen = false;
    leaveStarting();
    m_page.composer.switchTo({}, {});
    m_page.timeline.clear();
    m_page.timeline.setLoading(false);
    if (m_conversation.id.empty())
        ++m_generation; // what is being opened is not wanted any more
    if (!m_keeps)
        m_page.replies.stop(m_starting); // nobody could come back to it
    m_memory.clear();
    m_starting.reset();
    setConversation({});
    setCost(std::nullopt);
    m_page.find.restart();
    Q_EMIT streamingChanged();
    Q_EMIT contextChanged();
    Q_EMIT focusComposer();
}

void ChatController::open(const QString& id) {
    openAt(id, {});
}

void ChatController::openAt(const QString& id, const QString& messageId) {
    if (id.isEmpty())
        newChat();
    else if (!isOpen(id) || !messageId.isEmpty())
        openNow(id, messageId);
}

awaitable<Result<ChatController::Opening>> ChatController::readChat(HistoryService& history, std::string id) {
    Opening opening;
    auto conversation = co_await history.conversation(id);
    if (!conversation)
        co_return conversation.error();
    opening.conversation = std::move(*conversation);
    if (!opening.conversation.activeLeaf.empty()) {
        auto path = co_await history.pathUp(opening.conversation.activeLeaf, TimelineModel::kPage);
        if (!path)
            co_return path.error();
        opening.path = std::move(*path);
        TimelineModel::limitText(opening.path);
    }
    co_return opening;
}

QCoro::Task<void> ChatController::openNow(QString id, QString messageId) {
    const int generation = ++m_generation;
    m_page.timeline.setLoading(!isOpen(id));
    auto opening = co_await m_page.history<Opening>(
        [id = id.toStdString()](HistoryService& history) { return readChat(history, id); });
    if (generation != m_generation)
        co_return;
    m_page.timeline.setLoading(false);
    if (!opening) {
        tell(opening.error());
        co_return;
    }
    if (!isOpen(id)) {
        leaveStarting();
        m_page.composer.switchTo(id, toQt(opening->conversation.draft));
        m_page.timeline.show(std::move(opening->path));
        setConversation(std::move(opening->conversation));
        showRunning();
        setCost(std::nullopt);
        refreshCost();
        m_page.find.restart();
        Q_EMIT contextChanged();
    }
    if (messageId.isEmpty())
        co_return;
    const int opened = m_generation;
    bool there = co_await m_page.timeline.loadUntil(messageId);
    if (!there && opened == m_generation) { // on another branch
        auto selected = co_await m_page.history<std::string>(
            [target = messageId.toStdString()](HistoryService& history) { return history.selectBranch(target); });
        if (opened != m_generation)
            co_return;
        if (!selected) {
            tell(selected.error());
            co_return;
        }
        co_await refreshPath();
        there = co_await m_page.timeline.loadUntil(messageId);
    }
    if (there && opened == m_generation)
        if (const int row = m_page.timeline.rowOfMessage(messageId); row >= 0)
            Q_EMIT jumpRequested(row);
}

void ChatController::showRunning() {
    // For the store, a reply that it refused still streams.
    if (const TimelineMessage* last = m_page.timeline.newest(patchbay::Role::Assistant); last && last->growing)
        if (const auto kept = m_unstored.constFind(last->id); kept != m_unstored.constEnd())
            m_page.timeline.finish(*kept);
    if (const auto running = m_page.replies.of(conversationId()); running && running->begun)
        m_page.timeline.grow(running->messageId, running->message());
}

QCoro::Task<void> ChatController::refreshPath(QString target) {
    const int generation = m_generation;
    auto opening = co_await m_page.history<Opening>(
        [id = m_conversation.id](HistoryService& history) { return readChat(history, id); });
    if (generation != m_generation)
        co_return;
    if (!opening) {
        tell(opening.error());
        co_return;
    }
    const bool connected = m_page.timeline.sync(std::move(opening->path));
    if (!connected) {
        auto again = co_await m_page.history<Opening>(
            [id = m_conversation.id](HistoryService& history) { return readChat(history, id); });
        if (generation != m_generation || !again)
            co_return;
        m_page.timeline.show(std::move(again->path));
    }
    setConversation(std::move(opening->conversation));
    m_page.conversations.upsert(m_conversation);
    showRunning();
    Q_EMIT contextChanged();
    if (!connected && !target.isEmpty() && co_await m_page.timeline.loadUntil(target))
        Q_EMIT jumpRequested(m_page.timeline.rowOfMessage(target));
}

} // namespace patchbay
